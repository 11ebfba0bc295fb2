"""Constant factors of products, put together; sums as they are written."""

import numpy as np
import pytest

from brian_nb.diagnostics import Source
from brian_nb.equations.collecting import Collector
from brian_nb.equations.expressions import evaluate, parse_expression, to_source


def collect(text, *constants):
    return to_source(Collector(constants).collect(parse_expression(Source(text))))


@pytest.mark.parametrize(
    ("text", "collected"),
    [
        ("a - x + b", "a - x + b"),
        ("1 - exp(x) + 1e-20", "1 - exp(x) + 1e-20"),
        ("2*x*a/b", "2*a/b*x"),
        ("a/x/b", "a/b/x"),
        ("-(x + a)*b*c", "-(b*c)*(x + a)"),
        ("a*(b - x + c)*exp(x*b*c)", "a*((b - x + c)*exp(b*c*x))"),
        ("x*y - x/y", "x*y - x/y"),
        ("x*y/(y*a*x*x)*b", "1/a*b*(x*y)/(y*x**2)"),
        ("1/(x*y)", "1/(x*y)"),
        ("x/y/z", "x/y/z"),
        ("x/(y/a)", "a*x/y"),
        ("x/(a/y/z)", "1/a*(x*y*z)"),
        ("a*x", "a*x"),
        ("x*a", "a*x"),
        ("-x*y", "-(x*y)"),
        ("-x/a*y", "-(1/a)*(x*y)"),
        ("x*x*y*x", "x**3*y"),
        ("a*(x**2*y)*b*x", "a*b*(x**3*y)"),
        ("x**12*x**5", "x**12*x**5"),
        ("x**0.5*x*x**0.5", "(x**0.5)**2*x"),
        ("(x < a)*(x < a)*x*x", "(x < a)*x**2*(x < a)"),
        ("a*b", "a*b"),
        ("x < a", "x < a"),
    ],
)
def test_constant_factors_stand_together(text, collected):
    assert collect(text, "a", "b", "c") == collected


def test_random_draws_are_no_constants():
    assert collect("a*rand()*b", "a", "b") == "a*b*rand()"
    assert collect("rand()*rand()") == "rand()*rand()"
    assert not Collector(()).is_constant(parse_expression(Source("rand()")))


def test_nothing_is_taken_out_of_a_condition():
    text = "a*x*b if a + x > b else x"
    assert collect(text, "a", "b") == "a*b*x if a + x > b else x"


@pytest.mark.parametrize(
    "text", ["a*x/(b*c)", "a - (b - x) - c", "a/(x/b)", "-(a - x) - b", "a*-x*b"]
)
def test_values_are_the_same(text):
    expression = parse_expression(Source(text))
    values = {"a": 0.3, "b": 1.7, "c": -2.5, "x": np.linspace(-3, 3, 7)}
    collected = Collector("abc").collect(expression)
    with np.errstate(all="ignore"):
        assert np.allclose(evaluate(collected, values), evaluate(expression, values), rtol=1e-14)
