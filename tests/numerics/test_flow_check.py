"""Formulas for a step that are wrong somewhere are found out."""

import pytest

from brian_nb import Equations
from brian_nb.equations.expressions import substitute
from brian_nb.numerics.flow_check import find_disagreement
from brian_nb.numerics.terms import DT
from brian_nb.units import ALL_UNITS

ms = ALL_UNITS["ms"]


def check(drift, flow):
    """What is found against a formula, in which h is the time step."""
    tau, K = 10 * ms, 3.0  # noqa: F841
    text = f"dv/dt = ({drift})/tau : 1\nF = {flow} : 1\nh : second"
    system = Equations(text).resolve()
    step = substitute(system.statics[0].expression, {"h": DT})
    return find_disagreement(system, "v", system.differentials[0].expression, step)


@pytest.mark.parametrize(
    ("drift", "flow"),
    [
        ("K - v", "K + (v - K)*exp(-h/tau)"),
        ("v*(1 - v**2)", "v/sqrt(v**2 + (1 - v**2)*exp(-2*h/tau))"),
        ("sin(t/tau)", "v - cos((t + h)/tau) + cos(t/tau)"),
        ("-v*log(v/K)", "K*exp(log(v/K)*exp(-h/tau))"),
        ("v**2", "v/(1 - v*h/tau) if v*h/tau < 1 else 1/(0*v)"),
    ],
)
def test_a_right_formula_is_not_doubted(drift, flow):
    assert check(drift, flow) == ""


@pytest.mark.parametrize(
    ("drift", "flow", "reason"),
    [
        ("K - v", "K + (v - K)*exp(-h/(1.00001*tau))", "differs"),
        ("K - v", "v + (K - v)*h/tau", "differs"),  # right for short steps alone
        ("-v**3", "sqrt(v**2/(1 + 2*v**2*h/tau))", "differs"),  # the other branch
        ("sin(t/tau)", "v + sin(t/tau)*h/tau", "differs"),
        ("v**2", "v/(1 - v*h/tau)", "none"),  # goes on behind the pole
        ("-v", "v/v*v*exp(-h/tau)", "no number at v = 0"),
        ("K - v", "K - sqrt(K - v)**2*exp(-h/tau)", "no number"),
        ("sqrt(K)*v", "v*exp(sqrt(-K**2)*h/tau)", "no number"),
    ],
)
def test_a_wrong_formula_is_found_out(drift, flow, reason):
    assert reason in check(drift, flow)


def test_nothing_is_trusted_where_nothing_can_be_compared():
    assert "cannot be compared" in check("log(-v**2)", "v")
