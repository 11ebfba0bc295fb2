"""Quotients ``a*x/(exp(c*x) - 1)``: their limit at 0, their values everywhere else."""

import mpmath
import numpy as np
import pytest

from brian_nb import Clock, Equations, Network, NeuronGroup
from brian_nb.diagnostics import Source
from brian_nb.equations.collecting import Collector
from brian_nb.equations.expressions import Call, evaluate, parse_expression, to_source, walk
from brian_nb.model import Population
from brian_nb.numerics import choose_update
from brian_nb.numerics.quotients import QuotientFiller
from brian_nb.units import ALL_UNITS

ms = ALL_UNITS["ms"]

NEAR = np.concatenate([10.0 ** np.arange(-300, 0, 20), 2.0**-8 * np.array([0.25, 0.999, 1.001])])
FAR = np.array([0.01, 0.1, 1.0, 7.0, 40.0, 300.0, 690.0])
POINTS = np.concatenate([NEAR, FAR, -NEAR, -FAR])
ERROR = 3.3e-13
"""Of the series where it ends; nowhere else is so much lost."""


def fill(text, *constants):
    filler = QuotientFiller(Collector(constants))
    return filler.fill(parse_expression(Source(text))), filler


def exact_quotient(points):
    return np.array([float(mpmath.mpf(x) / mpmath.expm1(x)) if x else 1.0 for x in points])


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("x/(exp(x) - 1)", 1.0),
        ("a*x/(1 - exp(x))*b", -6.0),
        ("a*x/b/((exp(x) - 1)/c)", 2 / 3 * 4),
        ("-(a*x)/(1 - exp(x))", 2.0),
    ],
)
def test_values_are_exact_and_there_is_a_limit(text, scale):
    expression, filler = fill(text, "a", "b", "c")
    assert len(filler.filled) == 1
    constants = {"a": 2.0, "b": 3.0, "c": 4.0}
    values = evaluate(expression, {"x": POINTS, **constants})
    assert np.allclose(values, scale * exact_quotient(POINTS), rtol=ERROR, atol=1e-300)
    assert evaluate(expression, {"x": 0.0, **constants}) == pytest.approx(scale, rel=1e-15)


@pytest.mark.parametrize("rate", [-3.0, 1e-3, 2e5])
def test_rate_moves_the_limit(rate):
    expression, _ = fill("(x - b)/(exp((x - b)*c) - 1)", "b", "c")
    values = evaluate(expression, {"x": POINTS / rate, "b": 0.0, "c": rate})
    assert np.allclose(values, exact_quotient(POINTS) / rate, rtol=ERROR, atol=0)
    assert evaluate(expression, {"x": 5.0, "b": 5.0, "c": rate}) == pytest.approx(1 / rate)


def test_far_away_nothing_overflows():
    expression, _ = fill("x/(exp(x) - 1)")
    values = evaluate(expression, {"x": np.array([-np.inf, -1e5, 1e5, np.nan])})
    np.testing.assert_array_equal(values, [np.inf, 1e5, 0, np.nan])


@pytest.mark.parametrize(
    "text",
    [
        "x/(exp(x) - 1 + 1e-20)",  # the user saw to it
        "x/(exp(x) - 2)",
        "x/(exp(y) - 1)",
        "(x + 3)/(exp(x) - 1)",
        "x/(exp(x*p) - 1)",  # p differs between neurons
        "1/(exp(x) - 1)",
        "x*(exp(x) - 1)",
        "x/expm1(x)",
        "y/x/(exp(1/x) - 1)",
        "rand()/(exp(rand()) - 1)",  # two draws
    ],
)
def test_others_stay(text):
    expression, filler = fill(text, "a")
    assert not filler.filled
    assert to_source(expression) == text


def test_every_quotient_of_a_product_gets_its_limit():
    expression, filler = fill("y*(x/(exp(x) - 1))*(2*y/(exp(y) - 1))")
    assert len(filler.filled) == 2
    assert evaluate(expression, {"x": 0.0, "y": 0.0}) == 0.0
    assert evaluate(expression, {"x": 0.0, "y": 1e-9}) == pytest.approx(2e-9)


@pytest.mark.parametrize("power", [-16, -3, -1, 1, 2, 10, 16])
def test_exponential_comes_from_another(power):
    """Also a negative power of it, which must not overflow where the quotient is finite."""
    slow = f"(x + 9)/{abs(power)}"
    argument = f"{'-' if power < 0 else ''}(x - 2)"
    text = f"dx/dt = y/ms : 1\ndy/dt = s/ms : 1\ns = {argument}/(exp({argument}) - 1) : 1\n"
    update = choose_update(
        Population("cells", Equations(text + f"dz/dt = 1/(1 + exp({slow}))/ms : 1").resolve())
    )
    formulas = dict((*update.temporaries, *update.assignments))
    calls = {item for value in formulas.values() for item in walk(value) if is_exponential(item)}
    assert len(calls) == 1
    points = np.concatenate([POINTS, [-1e5, 1e5]])
    base = evaluate(formulas["exp__0"], {"x": points + 2})
    found = evaluate(formulas["s"], {"x": points + 2, "exp__0": base})
    moved = (points + 2 - 2) * np.sign(power)
    assert np.allclose(found, exact_quotient(moved), rtol=3e-12, atol=1e-300)


def is_exponential(item):
    return isinstance(item, Call) and item.function == "exp"


def test_neuron_passes_the_point_where_a_rate_is_zero_by_zero():
    """With ``dn/dt = x/(1 - exp(-x))`` at ``x = 0``: a step of Euler adds dt*1."""
    group = NeuronGroup(
        2, "dn/dt = x/(1 - exp(-x))/ms : 1\nx : 1", method="Euler", clock=Clock(dt=0.1 * ms)
    )
    group.x = [0.0, 1.0]
    Network(group).run(0.1 * ms)
    assert np.allclose(group.n, [0.1, 0.1 / (1 - np.exp(-1))], rtol=1e-12)
