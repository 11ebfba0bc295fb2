"""Ionic currents, and the squid's axon that they make."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from brian_nb import (
    Current,
    EmpiricalThreshold,
    MembraneEquation,
    NeuronGroup,
    SpikeMonitor,
    defaultclock,
    run,
)
from brian_nb.library.ionic_currents import K_current_HH, Na_current_HH, leak_current
from brian_nb.units import ALL_UNITS

mV, ms, pF, nS, uF, uA, msiemens = (
    ALL_UNITS[name] for name in "mV ms pF nS uF uA msiemens".split()
)


def make_axon():
    eqs = MembraneEquation(1 * uF) + leak_current(0.3 * msiemens, 10.6 * mV)
    eqs += K_current_HH(36 * msiemens, -12 * mV) + Na_current_HH(120 * msiemens, 120 * mV)
    return eqs + Current("I : amp")


def squid(t, state, current):
    """Hodgkin & Huxley 1952 in ms, mV, uA; written from the paper, depolarization positive."""
    v, m, h, n = state
    am = 0.1 * (25 - v) / (np.exp(0.1 * (25 - v)) - 1)
    an = 0.01 * (10 - v) / (np.exp(0.1 * (10 - v)) - 1)
    ionic = 0.3 * (10.6 - v) + 36 * n**4 * (-12 - v) + 120 * m**3 * h * (120 - v)
    return [
        ionic + current,
        am * (1 - m) - 4 * np.exp(-v / 18) * m,
        0.07 * np.exp(-v / 20) * (1 - h) - h / (np.exp(0.1 * (30 - v)) + 1),
        an * (1 - n) - 0.125 * np.exp(-v / 80) * n,
    ]


def test_a_leak_flows_in_below_its_reversal_potential():
    eqs = MembraneEquation(200 * pF) + leak_current(gl=10 * nS, El=-70 * mV, current_name="I")
    assert float(eqs.apply("I", {"vm": -80 * mV})) == pytest.approx(1e-10)
    assert float(eqs.apply("vm", {"vm": -80 * mV})) == pytest.approx(0.5)


def test_currents_without_a_name_get_one_of_their_own():
    eqs = make_axon()
    assert [term.name for term in eqs.currents] == ["_I_leak", "_I_K", "_I_Na", "I"]
    twice = MembraneEquation(200 * pF) + leak_current(5 * nS, -70 * mV)
    twice += leak_current(5 * nS, -60 * mV)
    assert float(twice.apply("vm", {"vm": -65 * mV})) == pytest.approx(0)


def test_names_of_currents_can_be_chosen():
    eqs = K_current_HH(36 * msiemens, -12 * mV, current_name="IK")
    eqs += Na_current_HH(120 * msiemens, 120 * mV, current_name="INa")
    assert [term.name for term in eqs.currents] == ["IK", "INa"]


@pytest.mark.parametrize("v", [-20.0, 0.0, 10.0, 25.0, 60.0])
def test_the_rates_are_those_of_the_paper_also_where_the_paper_divides_by_zero(v):
    eqs = make_axon()
    gates = {"m": 0.3, "h": 0.4, "n": 0.5}
    state = {"vm": v * mV, "I": 7 * uA, **gates}
    # The formulas of the paper have a hole at 10 and 25 mV; next to it they are as good.
    expected = squid(0, [v + 1e-6, *gates.values()], 7)
    found = [float(eqs.apply(name, state)) for name in ("vm", "m", "h", "n")]
    assert found == pytest.approx([expected[0], *(1e3 * rate for rate in expected[1:])], rel=1e-5)


def test_the_axon_fires_as_often_as_an_exact_integration_of_the_paper():
    course = solve_ivp(
        squid, (0, 100), [0, 0.0529, 0.5961, 0.3177], args=(10,), rtol=1e-9, atol=1e-9, max_step=0.1
    )
    above = course.y[0] > 40
    expected = np.count_nonzero(above[1:] & ~above[:-1])
    defaultclock.dt = 0.01 * ms
    threshold = EmpiricalThreshold(threshold=40 * mV, refractory=3 * ms)
    group = NeuronGroup(1, make_axon(), threshold=threshold, implicit=True)
    group.I, group.m, group.h, group.n = 10 * uA, 0.0529, 0.5961, 0.3177
    spikes = SpikeMonitor(group)
    run(100 * ms)
    assert group.integrator == "exponential_Euler"
    assert expected >= 5
    assert spikes.nspikes == expected
