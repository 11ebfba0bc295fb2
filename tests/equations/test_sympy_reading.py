"""Formulas of SymPy come back as expressions with the same values."""

import numpy as np
import pytest
import sympy

from brian_nb import Equations
from brian_nb.equations.expressions import evaluate
from brian_nb.equations.sympy_form import Algebra
from brian_nb.equations.sympy_reading import read_form

VALUES = {"x": 0.3, "t": 0.7}


@pytest.mark.parametrize(
    "text",
    [
        "-x + t**2/(3*second**2) - 1.5",
        "x**-2 + 2.5**-x + x**0.5 + x**1.7 + x**-0.5",
        "exp(-x) + log(x) + exp(1)",
        "sin(x)*cos(t/second)/tan(x) + sinh(x) + cosh(x) + tanh(x)",
        "arcsin(x) + arccos(x) + arctan(x) + abs(-x)",
        "log10(x) + expm1(x) + log1p(x)",
        "x*(20*mV/ms)/(3*mV/second)",
    ],
)
def test_there_and_back_the_value_is_the_same(text):
    system = Equations(f"dx/dt = 0*Hz : 1\ny = {text} : 1").resolve()
    expression = system.statics[0].expression
    back = read_form(Algebra(system).convert(expression))
    assert evaluate(back, VALUES) == pytest.approx(evaluate(expression, VALUES), rel=1e-14)


def test_what_equations_cannot_say_is_refused():
    x = sympy.Symbol("x", real=True)
    for form in (sympy.gamma(x), sympy.I * x, sympy.Integral(sympy.exp(x**3), x)):
        with pytest.raises(ValueError, match="no equation can have"):
            read_form(form)


def test_an_exponential_that_vanishes_does_not_become_one_that_overflows():
    x = sympy.Symbol("x", real=True)
    form = read_form((x + 1) * sympy.exp(-x) / (3 * x**2))
    assert evaluate(form, {"x": 1000.0}) == 0


def test_a_fraction_keeps_its_digits():
    assert read_form(sympy.Rational(1, 3)).value == np.float64(1) / 3
