"""Expressions as SymPy has them."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings

from brian_nb.equations.expressions import evaluate, names_in, walk
from brian_nb.equations.sympy_form import Algebra
from tests.equations.conftest import parse, resolve
from tests.equations.strategies import grow

VALUES = {"a": 0.3, "b": 2.0, "x": 0.7, "y": 1.25}
SOLID = grow(["+", "-", "*"], ["abs", "sin", "floor", "expm1"])
"""Expressions without holes and without powers that overflow."""

TEXTS = [
    "a**b/x % y // 2",
    "log(x) + log10(x) + log1p(x) + sqrt(x) + sign(a)",
    "sin(a) + cos(a) + tan(a) + sinh(a) + cosh(a) + tanh(a)",
    "arcsin(a) + arccos(a) + arctan(a) + ceil(b + 0.1) + floor(b)",
    "minimum(a, b) + maximum(x, y) + clip(x, 0, a)",
    "(a if x > y or not b >= 2 else b)*(x < y and x != y)",
]


def number(expression):
    algebra = Algebra(resolve(""))
    form = algebra.convert(expression)
    values = {algebra.symbol(name): VALUES[name] for name in names_in(expression)}
    return float(form.subs(values))


@pytest.mark.parametrize("text", TEXTS)
def test_a_form_has_the_value_of_its_expression(text):
    assert number(parse(text)) == pytest.approx(evaluate(parse(text), VALUES))


@settings(max_examples=60, deadline=None)
@given(SOLID)
def test_any_form_has_the_value_of_its_expression(expression):
    # the last digit of a large number decides on its sine
    with np.errstate(all="ignore"):
        parts = [float(evaluate(part, VALUES)) for part in walk(expression)]
    if np.isfinite(parts).all() and max(map(abs, parts)) < 1e6:
        assert number(expression) == pytest.approx(parts[0], rel=1e-6, abs=1e-6)


def test_units_keep_their_names_and_decimal_numbers_are_exact():
    system = resolve("x = 0.1*mV + 49*mV : volt")
    algebra = Algebra(system)
    form = algebra.convert(system.statics[0].expression)
    assert algebra.write(form) == "491*mV/10"
    assert algebra.write_latex(form) == r"\frac{491 \mathrm{mV}}{10}"


def test_formulas_are_written_as_equations_and_set_as_their_names():
    system = resolve("x = exp(1)*tau_m/g_e0 : 1\ntau_m : 1\ng_e0 : 1")
    algebra = Algebra(system)
    form = algebra.convert(system.statics[0].expression)
    assert algebra.write(form) == "exp(1)*tau_m/g_e0"
    assert algebra.write_latex(form) == r"\frac{e \tau_{m}}{g_{\mathrm{e0}}}"


def test_sympy_is_imported_only_when_it_is_needed():
    code = (
        "import sys, brian_nb.network, brian_nb.equations.analysis; print('sympy' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout == "False\n"
