"""Values after any time without events: closed forms, and what has none."""

import numpy as np
import pytest

from brian_nb import Equations
from brian_nb.equations.expressions import evaluate
from brian_nb.numerics import ELAPSED, find_event_obstacle
from brian_nb.numerics.methods import event_driven
from brian_nb.units import ALL_UNITS

mV, ms, second = (ALL_UNITS[name] for name in ("mV", "ms", "second"))
RTOL = 4e-15
"""A few roundings of float64."""

CASES = {
    "decay": ("dx/dt = -x/tau : 1", lambda x, s: x * np.exp(-s / 0.02)),
    "recovery": ("dx/dt = (1 - x)/tau : 1", lambda x, s: 1 + (x - 1) * np.exp(-s / 0.02)),
    "growth": ("dx/dt = x/tau : 1", lambda x, s: x * np.exp(s / 0.02)),
    "drift": ("dx/dt = 3/tau : 1", lambda x, s: x + 150 * s),
    "rate that is zero": ("dx/dt = zero*x/tau + 1/tau : 1", lambda x, s: x + 50 * s),
    "through a static equation": (
        "dx/dt = f : 1\nf = (0.5 - x)*2/tau : second**-1",
        lambda x, s: 0.5 + (x - 0.5) * np.exp(-s / 0.01),
    ),
    "nothing": ("dx/dt = 0*x/tau : 1", lambda x, s: x),
}


def find_flow(text, **keywords):
    system = Equations(text, tau=20 * ms, zero=0.0, **keywords).resolve()
    assert find_event_obstacle(system) == ""
    update = event_driven.build_update(system, "")
    assert update.assignments == ()
    return dict(update.flows)


@pytest.mark.parametrize(("text", "solution"), CASES.values(), ids=CASES)
def test_flows_are_the_closed_forms(text, solution):
    flows = find_flow(text)
    x = np.array([-2.0, 0.0, 0.3, 5.0])[:, None]
    elapsed = np.array([0.0, 1e-7, 1e-4, 0.02, 0.7])
    values = {"x": x, ELAPSED.name: elapsed, "tau": 0.02, "zero": 0.0}
    found = evaluate(flows["x"], values) if "x" in flows else x + 0 * elapsed
    assert np.allclose(found, solution(x, elapsed), rtol=RTOL, atol=1e-15)


def test_no_time_changes_nothing_at_all():
    flows = find_flow("dx/dt = -x/tau : 1")
    x = np.random.default_rng(1).normal(size=1000)
    assert np.array_equal(evaluate(flows["x"], {"x": x, ELAPSED.name: 0.0, "tau": 0.02}), x)


def test_two_halves_of_a_time_make_the_whole():
    flows = find_flow("dx/dt = (1 - x)/tau : 1")
    after = lambda x, s: evaluate(flows["x"], {"x": x, ELAPSED.name: s, "tau": 0.02})  # noqa: E731
    assert after(after(0.2, 0.004), 0.011) == pytest.approx(after(0.2, 0.015), rel=1e-15)


@pytest.mark.parametrize(
    ("text", "changing", "reason"),
    [
        ("dx/dt = -x**2/tau : 1", (), "dx/dt is not linear in the variables"),
        ("dx/dt = -x/tau : 1\ndy/dt = (x - y)/tau : 1", (), "depends on other variables"),
        ("dx/dt = -x*t/tau**2 : 1", (), "depends on the time t"),
        ("dx/dt = -x/tau + xi/tau**0.5 : 1", (), "noise"),
        ("dx/dt = (a - x)/tau : 1\na : 1", ("a",), "events change a, which dx/dt uses"),
    ],
)
def test_what_has_to_be_stepped_says_why(text, changing, reason):
    system = Equations(text, tau=20 * ms).resolve()
    assert reason in find_event_obstacle(system, frozenset(changing))


def test_parameters_that_nothing_changes_are_no_obstacle():
    system = Equations("dx/dt = (a - x)/T : volt\na : volt\nT : second").resolve()
    assert find_event_obstacle(system, frozenset({"x"})) == ""
