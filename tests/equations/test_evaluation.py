"""Values of expressions, against Python's own arithmetic."""

import math

import numpy as np
import pytest
from hypothesis import given, settings

from brian_nb.equations.expressions import FUNCTIONS, evaluate, to_source
from brian_nb.errors import UnknownNameError
from brian_nb.units import ALL_UNITS
from tests.equations.conftest import parse
from tests.equations.strategies import grow

VALUES = {"a": 0.75, "b": -2.5, "x": 3.0, "y": 0.125}
PYTHON = {"exp": math.exp, "abs": abs, "sin": math.sin, "floor": math.floor}
ROUNDING = 1e-9
"""NumPy's and Python's functions may differ in the last bits, which deep expressions magnify."""


@given(grow(["+", "-", "*", "/"], ["abs", "sin", "exp"]))
@settings(max_examples=200, deadline=None)
def test_values_are_those_of_python(expression):
    try:
        expected = eval(to_source(expression), {"__builtins__": {}}, PYTHON | VALUES)
    except (ArithmeticError, ValueError):
        return
    if isinstance(expected, complex) or not abs(expected) < 1e100:
        return
    assert evaluate(expression, VALUES) == pytest.approx(expected, rel=ROUNDING, abs=ROUNDING)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7 // 2", 3.0),
        ("-7 // 2", -4.0),
        ("-7 % 3", 2.0),
        ("1/2", 0.5),
        ("2**-1", 0.5),
        ("2**10", 1024.0),
        ("sqrt(2)**2", 2.0),
        ("log10(1000)", 3.0),
        ("clip(5, 0, 1)", 1.0),
        ("clip(-5, 0, 1)", 0.0),
        ("minimum(1, 2) + maximum(1, 2)", 3.0),
        ("sign(-3)", -1.0),
        ("ceil(1.2) + floor(1.8)", 3.0),
        ("expm1(0) + log1p(0)", 0.0),
        ("arcsin(1) + arccos(1) + arctan(0)", math.pi / 2),
        ("sinh(0) + cosh(0) + tanh(0)", 1.0),
        ("(a > b)*3 + (b > a)*5", 3.0),
        ("(a > b) + (x > y)", 2.0),
        ("-(a > b)", -1.0),
        ("1 if a > b else 2", 1.0),
        ("1 if not a > b else 2", 2.0),
        ("1 if a > b and b > a else 2", 2.0),
        ("1 if a > b or b > a else 2", 1.0),
        ("1 if b < a < x else 2", 1.0),
    ],
)
def test_text_has_this_value(text, expected):
    value = evaluate(parse(text), VALUES)
    assert isinstance(value, float)
    assert value == pytest.approx(expected, rel=ROUNDING)


def test_exprel_has_its_limit_at_zero_and_no_cancellation_near_it():
    x = np.array([0.0, 1e-12, -1e-12, 1e-300, 2.0, -40.0])
    expected = [1.0, 1 + 5e-13, 1 - 5e-13, 1.0, (math.exp(2) - 1) / 2, (1 - math.exp(-40)) / 40]
    assert evaluate(parse("exprel(x)"), {"x": x}) == pytest.approx(expected, rel=1e-15)
    assert evaluate(parse("exprel(0)"), {}) == 1.0


def test_arrays_broadcast_and_choices_are_made_element_by_element():
    v = np.array([-1.0, 0.0, 4.0])
    result = evaluate(parse("sqrt(v) if v > 0 else -a"), {"v": v, "a": 2.0})
    assert np.array_equal(result, [-2.0, -2.0, 2.0])


def test_conditions_give_truth_values():
    assert evaluate(parse("a > b"), VALUES) is True
    assert np.array_equal(evaluate(parse("v > 0"), {"v": np.array([-1, 1])}), [False, True])


def test_division_by_zero_and_overflow_follow_floating_point():
    assert evaluate(parse("1/(a - a)"), VALUES) == math.inf
    assert math.isnan(evaluate(parse("(a - a)/(a - a)"), VALUES))
    assert evaluate(parse("9**9**9**9"), {}) == math.inf
    assert evaluate(parse("exp(1000)"), {}) == math.inf


def test_quantities_and_integers_count_as_plain_numbers():
    assert evaluate(parse("a + b"), {"a": 3 * ALL_UNITS["mV"], "b": 2}) == 2.003
    assert evaluate(parse("a**-1"), {"a": np.array([2, 4])}).tolist() == [0.5, 0.25]


def test_what_has_no_value_is_named():
    with pytest.raises(UnknownNameError, match="w has no value"):
        evaluate(parse("v + w"), {"v": 1.0})
    with pytest.raises(UnknownNameError, match="rand"):
        evaluate(parse("rand()"), {})


def test_every_function_has_a_value_or_draws_at_random():
    for name, function in FUNCTIONS.items():
        text = f"{name}({', '.join(['0.5'] * function.n_args)})"
        if not function.is_random:
            assert math.isfinite(evaluate(parse(text), {}))
