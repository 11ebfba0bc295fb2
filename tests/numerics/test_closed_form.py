"""Steps by a solution that is known as a formula, against that formula over the whole run."""

import subprocess
import sys

import numpy as np
import pytest

from brian_nb import Network, NeuronGroup, defaultclock
from brian_nb.errors import EquationError, SimulationError
from brian_nb.network.describe import group_to_html
from brian_nb.numerics.methods import closed_form
from brian_nb.units import ALL_UNITS

mV, ms = ALL_UNITS["mV"], ALL_UNITS["ms"]
ROUNDING = 1e-12
START = np.linspace(0.1, 5, 40)
DURATION = 0.02
TAU, W, K = 0.01, 1000.0, 3.0
MU = 1 + (TAU * W) ** 2


def logistic(v, t):
    return K / (1 + (K / v - 1) * np.exp(-t / TAU))


def driven(v, t):
    """``dv/dt = (sin(W*t) - v)/TAU`` from time 0."""
    wave = (np.sin(W * t) - TAU * W * np.cos(W * t)) / MU
    return wave + (v + TAU * W / MU) * np.exp(-t / TAU)


def alpha_driven(v, t):
    """``dv/dt = (s*exp(-s) - v)/TAU`` with ``s = t/(3 ms)``."""
    fast, slow = 1 / 3e-3, 1 / TAU
    slope = slow * fast / (slow - fast)
    start = -slope / (slow - fast)
    return (v - start) * np.exp(-slow * t) + (slope * t + start) * np.exp(-fast * t)


CASES = {
    "v*(1 - v/K)/tau": logistic,
    "-v**2/(10*ms)": lambda v, t: v / (1 + v * t / TAU),
    "(sin(t/ms) - v)/(10*ms)": driven,
    "(t/(3*ms)*exp(-t/(3*ms)) - v)/tau": alpha_driven,
    "(v**2 + 0.001)/(1000*ms)": lambda v, t: (
        np.sqrt(0.001) * np.tan(np.arctan(v / np.sqrt(0.001)) + np.sqrt(0.001) * t)
    ),
    "(1 - v**2)/tau": lambda v, t: (v + np.tanh(t / TAU)) / (1 + v * np.tanh(t / TAU)),
    "-v**3/tau": lambda v, t: v / np.sqrt(1 + 2 * v**2 * t / TAU),
    "-v*log(v/K)/tau": lambda v, t: K * (v / K) ** np.exp(-t / TAU),
    "exp(-v/K)/tau": lambda v, t: K * np.log(np.exp(v / K) + t / (K * TAU)),
    "-v*(1 + cos(t/tau))/tau": lambda v, t: v * np.exp(-t / TAU - np.sin(t / TAU)),
}


@pytest.mark.parametrize("reference", [False, True])
@pytest.mark.parametrize("drift", CASES)
def test_a_run_gives_the_closed_form(drift, reference):
    tau, K = 10 * ms, 3.0  # noqa: F841
    group = NeuronGroup(40, f"dv/dt = {drift} : 1", method="exact")
    group.v = START
    network = Network(group)
    network._reference = reference
    network.run(10 * ms)
    defaultclock.dt = 0.5 * ms
    network.run(10 * ms)
    np.testing.assert_allclose(group.v_, CASES[drift](START, DURATION), rtol=ROUNDING)
    assert group.integrator == "exact"


def test_each_equation_may_have_a_solution_of_its_own_and_parameters():
    model = """
    dv/dt = -v**2/(tau*mV) : volt
    dn/dt = rate*n*(1 - n) : 1
    dw/dt = -w/tau : 1
    rate = 2/tau : Hz
    tau : second
    """
    group = NeuronGroup(20, model, method="exact")
    tau = np.linspace(5e-3, 20e-3, 20)
    group.tau, group.v, group.n, group.w = tau, 2 * mV, 0.25, 3
    Network(group).run(8 * ms)
    t = 8e-3
    np.testing.assert_allclose(group.v_, 2e-3 / (1 + 2 * t / tau), rtol=ROUNDING)
    np.testing.assert_allclose(group.n_, 1 / (1 + 3 * np.exp(-2 * t / tau)), rtol=ROUNDING)
    np.testing.assert_allclose(group.w_, 3 * np.exp(-t / tau), rtol=ROUNDING)


def test_linear_equations_are_stepped_as_without_a_name():
    group = NeuronGroup(3, "dv/dt = (w - v)/(10*ms) : 1\ndw/dt = -w/(5*ms) : 1", method="exact")
    assert group.integrator == "linear"


def test_the_formula_is_shown_with_the_method():
    group = NeuronGroup(3, "dv/dt = -v**2/(10*ms) : 1", method="exact")
    assert group.reason.endswith("SymPy solves it: v(t + dt) = 10*ms*v/(dt*v + 10*ms)")
    assert "v(t + dt) = 10*ms*v" in group_to_html(group)


@pytest.mark.parametrize("reference", [False, True])
@pytest.mark.parametrize(("sign", "start"), [(1, 150.0), (-1, -150.0)])
def test_a_pole_within_a_step_is_no_way_to_the_other_side(sign, start, reference):
    group = NeuronGroup(1, f"dv/dt = {sign}*v**2/(10*ms) : 1", method="exact")
    group.v = start
    network = Network(group)
    network._reference = reference
    with pytest.raises(SimulationError, match="v of `group` became"):
        network.run(1 * ms)


@pytest.mark.parametrize(
    ("model", "problem"),
    [
        ("dv/dt = (-v**2 + xi*ms**0.5)/ms : 1", "it has noise in it"),
        ("dv/dt = (w - v**2)/ms : 1\ndw/dt = -w/ms : 1", "it depends on w"),
        ("dv/dt = (1 if v > 0 else v**2)/ms : 1", "it has a condition in it"),
        ("dv/dt = -abs(v)*v/ms : 1", r"abs\(\) is not smooth"),
        ("dv/dt = -(v**2 % 2)/ms : 1", "% is not smooth"),
        ("dv/dt = (exp(v) - v)/ms : 1", "SymPy knows no solution"),
        ("dv/dt = -sqrt(v)/ms : 1", "cannot be trusted: it "),
        ("dv/dt = tan(v)/ms : 1", "cannot be trusted: it "),
        ("dv/dt = (exp(-t/ms) - v)/tau : 1", "cannot be trusted: it gives no number"),
    ],
)
def test_what_is_not_known_or_in_doubt_is_refused(model, problem):
    tau = 1 * ms  # noqa: F841
    with pytest.raises(EquationError, match=f"for dv/dt: .*{problem}") as caught:
        NeuronGroup(3, model, method="exact")
    assert "method='RK4'" in str(caught.value)


def test_a_search_that_takes_too_long_is_given_up(monkeypatch):
    def search_for_ever(*_):
        while True:
            pass

    monkeypatch.setattr(closed_form, "_search", search_for_ever)
    monkeypatch.setattr(closed_form, "PATIENCE", 0.05)
    with pytest.raises(EquationError, match="no solution was found in 0.05 s"):
        NeuronGroup(3, "dv/dt = -v**2/ms : 1", method="exact")


def test_nothing_is_solved_unless_it_is_asked_for():
    text = (
        "import sys\nfrom brian_nb import *\n"
        "group = NeuronGroup(3, 'dv/dt = -v**2/(10*ms) : 1')\nrun(1*ms)\n"
        "assert group.integrator == 'Euler' and 'sympy' not in sys.modules\n"
        "group = NeuronGroup(3, 'dv/dt = -v/(10*ms) : 1', method='exact')\n"
        "assert 'sympy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", text], check=True)
