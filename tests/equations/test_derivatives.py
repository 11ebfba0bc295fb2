"""Derivatives, with finite differences and SymPy as the oracles."""

import numpy as np
import pytest
import sympy

from brian_nb.equations.derivatives import differentiate
from brian_nb.equations.expressions import FUNCTIONS, Number, evaluate
from tests.equations.conftest import COBAHH, COBAHH_VALUES, parse, resolve

STEP, ACCURACY = 1e-5, 1e-7
"""A central difference of this step is off by its square and by rounding, some 1e-10 each."""

SMOOTH = [
    "3",
    "a",
    "x",
    "-x",
    "a*x - x/a + 2",
    "x*x*x/(1 + x)",
    "a**x",
    "x**a",
    "x**3",
    "x**-2",
    "(x + 1)**x",
    "x % 0.3 + a",
    "x // 0.3",
    "exp(-x**2)*sin(a*x)",
    "x if x > 0.2 else a",
    "(x*a if a > 0 else 2) + (x > 0.1)*x",
    "minimum(x, a) + maximum(x*2, a) + clip(x, 0, 1)",
    "exprel(x) + exprel(1e-6*x) + exprel(-30*x)",
]
INSIDE = {"arcsin": "0.5*x", "arccos": "0.5*x"}


@pytest.mark.parametrize("x", [0.13, 0.71])
@pytest.mark.parametrize("text", SMOOTH)
def test_the_derivative_is_the_slope(text, x):
    check_slope(text, x)


@pytest.mark.parametrize("x", [0.13, 0.71])
@pytest.mark.parametrize("name", [n for n, f in FUNCTIONS.items() if f.n_args == 1])
def test_every_function_has_a_derivative(name, x):
    check_slope(f"{name}({INSIDE.get(name, 'x + 0.05*x*x')})", x)


def check_slope(text, x):
    expression = parse(text)
    ends = [evaluate(expression, {"x": x + side, "a": 1.4}) for side in (-STEP, STEP)]
    found = evaluate(differentiate(expression, "x"), {"x": x, "a": 1.4})
    assert found == pytest.approx((ends[1] - ends[0]) / (2 * STEP), rel=ACCURACY, abs=ACCURACY)


def test_exprel_has_a_slope_of_one_half_at_zero():
    slope = differentiate(parse("exprel(x)"), "x")
    near = evaluate(slope, {"x": np.array([0.0, 1e-9, -1e-5, 9e-5, 2e-4])})
    assert np.allclose(near, 0.5, atol=1e-4)


def test_what_does_not_change_has_no_slope():
    assert differentiate(parse("a*b + exp(a)"), "x") == Number(0.0)


def test_derivatives_of_a_whole_model_are_those_of_sympy():
    system = resolve(COBAHH, COBAHH_VALUES)
    values = {name: float(value) for name, value in system.constants.items()}
    values |= {"v": -0.0613, "m": 0.1, "n": 0.3, "h": 0.6, "ge": 2e-9, "gi": 3e-9}
    for item in system.differentials:
        drift = system.inline_statics(item.expression)
        for name in system.variables:
            found = evaluate(differentiate(drift, name), values)
            assert found == pytest.approx(exact_slope(drift, name, values), rel=1e-9, abs=1e-12)


def exact_slope(drift, name, values):
    from brian_nb.equations.expressions import to_source

    symbols = {key: sympy.Symbol(key) for key in values}
    form = sympy.diff(sympy.sympify(to_source(drift), locals=symbols), symbols[name])
    return float(form.subs({symbols[key]: value for key, value in values.items()}))
