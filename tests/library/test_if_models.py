"""Integrate-and-fire models: their equations, and when they fire."""

import pickle

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from brian_nb import (
    Current,
    Equations,
    MembraneEquation,
    NeuronGroup,
    Reset,
    SpikeMonitor,
    defaultclock,
    run,
)
from brian_nb.errors import UnknownNameError
from brian_nb.library.IF import (
    AdaptiveReset,
    Brette_Gerstner,
    Izhikevich,
    aEIF,
    exp_IF,
    leaky_IF,
    perfect_IF,
    quadratic_IF,
)
from brian_nb.units import ALL_UNITS

mV, ms, pF, nS, nA, pA, volt, second = (
    ALL_UNITS[name] for name in "mV ms pF nS nA pA volt second".split()
)


def drift(equations, **state):
    return float(equations.apply("vm", state))


# -- equations --------------------------------------------------------------------------------


def test_every_model_is_a_membrane_equation():
    models = [
        leaky_IF(10 * ms, -70 * mV),
        perfect_IF(10 * ms),
        quadratic_IF(200 * pF, 10 * nS / mV, -70 * mV, -50 * mV),
        exp_IF(200 * pF, 10 * nS, -70 * mV, -55 * mV, 3 * mV),
        Izhikevich(),
        Brette_Gerstner(),
    ]
    for model in models:
        assert isinstance(model, MembraneEquation)
        assert model.get_Vm() == "vm"
        model.prepare()
    assert aEIF is Brette_Gerstner


def test_a_leaky_neuron_relaxes_with_its_time_constant():
    group = NeuronGroup(1, leaky_IF(tau=10 * ms, El=-70 * mV))
    run(20 * ms)
    assert group.vm[0] == pytest.approx(-0.07 * (1 - np.exp(-2)))


def test_parameters_may_be_variables_of_each_neuron():
    eqs = leaky_IF(tau="T", El="V0 + 1*mV") + Equations("V0 : volt\nT : second")
    group = NeuronGroup(2, eqs)
    group.V0, group.T = np.array([-0.07, -0.06]), np.array([0.01, 0.02])
    run(20 * ms)
    expected = np.array([-0.069, -0.059]) * (1 - np.exp([-2.0, -1.0]))
    assert group.vm == pytest.approx(expected)


def test_a_name_that_nothing_defines_is_reported_where_the_model_uses_it():
    with pytest.raises(UnknownNameError, match="leaky_IF") as caught:
        leaky_IF(tau=10 * ms, El="V_rest").prepare()
    assert "V_rest" in str(caught.value)


def test_a_name_may_be_a_value_around_the_caller():
    V_rest = -65 * mV
    assert drift(leaky_IF(tau=10 * ms, El="V_rest"), vm=-75 * mV) == pytest.approx(1)


def test_a_perfect_integrator_adds_up_its_input():
    group = NeuronGroup(1, perfect_IF(tau=10 * ms) + Current("Im = 5*mV : volt"))
    run(20 * ms)
    assert group.vm[0] == pytest.approx(0.01)


def test_the_drifts_are_those_of_the_formulas():
    quadratic = quadratic_IF(200 * pF, 10 * nS / mV, -70 * mV, -50 * mV)
    assert drift(quadratic, vm=-40 * mV) == pytest.approx(10e-6 * 0.03 * 0.01 / 200e-12)
    exponential = exp_IF(200 * pF, 10 * nS, -70 * mV, -55 * mV, 3 * mV)
    current = 10e-9 * (-0.02) + 10e-9 * 3e-3 * np.exp(5 / 3)
    assert drift(exponential, vm=-50 * mV) == pytest.approx(current / 200e-12)
    state = {"vm": -60 * mV, "w": 2 * volt / second}
    assert drift(Izhikevich(), **state) == pytest.approx(0.04 * 3600 - 300 + 140 - 2)
    assert float(Izhikevich().apply("w", state)) == pytest.approx(20 * (200 * -0.06 - 2))
    state = {"vm": -52 * mV, "w": 0.1 * nA}
    current = 30e-9 * (-0.0186) + 30e-9 * 2e-3 * np.exp(-0.8) - 0.1e-9
    assert drift(Brette_Gerstner(), **state) == pytest.approx(current / 281e-12)
    adaptation = (4e-9 * 0.0186 - 0.1e-9) / 0.144
    assert float(Brette_Gerstner().apply("w", state)) == pytest.approx(adaptation)


def test_the_exponential_model_fires_above_the_current_of_its_saddle():
    # At rest gL*(VT - EL - DeltaT) is the least constant current that makes it fire.
    rheobase = 10e-9 * (0.015 - 0.003)
    eqs = exp_IF(200 * pF, 10 * nS, -70 * mV, -55 * mV, 3 * mV) + Current("I : amp")
    group = NeuronGroup(2, eqs, threshold=-20 * mV, reset=-70 * mV)
    group.vm, group.I = -70 * mV, rheobase * np.array([0.98, 1.02])
    spikes = SpikeMonitor(group)
    run(1 * second)
    assert len(spikes[0]) == 0
    assert len(spikes[1]) > 1


def test_the_quadratic_model_fires_with_the_period_of_its_closed_form():
    C, a, middle = 200e-12, 10e-6, -0.06
    eqs = quadratic_IF(200 * pF, 10 * nS / mV, -70 * mV, -50 * mV) + Current("I : amp")
    defaultclock.dt = 0.01 * ms
    group = NeuronGroup(1, eqs, threshold=0 * mV, reset=-70 * mV, method="RK")
    group.vm, group.I = -70 * mV, 2 * nA
    spikes = SpikeMonitor(group)
    run(60 * ms)
    # C*dx/dt = a*x**2 + I - I0, with x from the middle of both roots, I0 = a*(10 mV)**2.
    excess = 2e-9 - a * 0.01**2
    scale = np.sqrt(a * excess)
    ends = np.arctan(a * (np.array([-0.07, 0.0]) - middle) / scale)
    period = C / scale * (ends[1] - ends[0])
    # A spike is seen at a step of the clock, at most one after the crossing.
    assert np.diff(spikes[0]) == pytest.approx(period, abs=2e-5)


# -- firing patterns --------------------------------------------------------------------------


def count_exactly(field, fires, reset, start, duration):
    """Spike times of a model by an integrator with adaptive steps and event detection."""
    times, t, state = [], 0.0, np.array(start, float)
    fires.terminal, fires.direction = True, 1
    while True:
        solved = solve_ivp(field, (t, duration), state, events=fires, rtol=1e-9, atol=1e-12)
        if not solved.t_events[0].size:
            return np.array(times)
        t, state = solved.t[-1], reset(solved.y[:, -1])
        times.append(t)


PATTERNS = {
    # Izhikevich 2003, figure 2: a and b per ms, c in mV, d in mV/ms.
    "regular spiking": (0.02, 0.2, -65, 8),
    "intrinsically bursting": (0.02, 0.2, -55, 4),
    "chattering": (0.02, 0.2, -50, 2),
    "fast spiking": (0.1, 0.2, -65, 2),
}


def simulate_izhikevich(name, duration, dt):
    a, b, c, d = PATTERNS[name]
    eqs = Izhikevich(a=a / ms, b=b / ms) + Current("I = 10*mV/ms : volt/second")
    defaultclock.dt = dt
    reset = AdaptiveReset(Vr=c * mV, b=d * mV / ms)
    group = NeuronGroup(1, eqs, threshold=30 * mV, reset=reset, method="RK")
    group.vm, group.w = -70 * mV, -14 * volt / second
    spikes = SpikeMonitor(group)
    run(duration)
    return np.array(spikes[0])


@pytest.mark.parametrize("name", PATTERNS)
def test_izhikevichs_patterns_have_as_many_spikes_as_an_exact_integration(name):
    a, b, c, d = PATTERNS[name]

    def field(t, state):
        v, u = state
        return [0.04 * v * v + 5 * v + 140 - u + 10, a * (b * v - u)]

    exact = count_exactly(
        field, lambda t, s: s[0] - 30, lambda s: np.array([c, s[1] + d]), [-70, -14], 300
    )
    found = simulate_izhikevich(name, 300 * ms, 0.01 * ms)
    assert abs(len(found) - len(exact)) <= 1
    assert found[:3] == pytest.approx(exact[:3] * 1e-3, abs=1e-4)


def test_the_patterns_look_as_their_names_say():
    intervals = {name: np.diff(simulate_izhikevich(name, 400 * ms, 0.02 * ms)) for name in PATTERNS}
    regular, bursting = intervals["regular spiking"], intervals["intrinsically bursting"]
    assert regular[-1] > 1.5 * regular[0]
    assert bursting[0] < 0.5 * bursting[-1]
    assert intervals["chattering"].max() > 4 * intervals["chattering"].min()
    assert intervals["fast spiking"].max() < regular.max() / 2


def test_the_adaptive_model_fires_as_often_as_an_exact_integration():
    C, gL, EL, VT, D, tauw, a, b = 281e-12, 30e-9, -0.0706, -0.0504, 2e-3, 0.144, 4e-9, 0.0805e-9
    current = 1e-9

    def field(t, state):
        v, w = state
        spike = gL * D * np.exp(min((v - VT) / D, 50))
        return [(gL * (EL - v) + spike - w + current) / C, (a * (v - EL) - w) / tauw]

    exact = count_exactly(
        field, lambda t, s: s[0] + 0.02, lambda s: np.array([EL, s[1] + b]), [EL, 0], 0.5
    )
    defaultclock.dt = 0.02 * ms
    eqs = Brette_Gerstner() + Current("I : amp")
    group = NeuronGroup(1, eqs, threshold=-20 * mV, reset=AdaptiveReset())
    group.vm, group.I = -70.6 * mV, 1 * nA
    spikes = SpikeMonitor(group)
    run(500 * ms)
    assert abs(len(spikes[0]) - len(exact)) <= 1
    assert spikes[0][:5] == pytest.approx(exact[:5], rel=0.01)
    intervals = np.diff(spikes[0])
    assert np.all(np.diff(intervals[:6]) > 0)
    assert intervals[-1] > 1.5 * intervals[0]


def test_an_adaptive_reset_changes_both_variables_in_the_step_of_the_spike():
    group = NeuronGroup(
        2,
        "vm : volt\nw : amp",
        threshold=-20 * mV,
        reset=AdaptiveReset(Vr=-60 * mV, b=50 * pA),
    )
    group.vm, group.w = np.array([0.0, -0.03]), 10 * pA
    run(0.1 * ms)
    assert group.vm == pytest.approx([-0.06, -0.03])
    assert group.w == pytest.approx([60e-12, 10e-12])
    assert (AdaptiveReset().Vr, AdaptiveReset().b) == (-70.6 * mV, 0.0805 * nA)


def test_an_adaptive_reset_is_a_reset_whose_values_can_be_changed():
    reset = AdaptiveReset(Vr=-60 * mV, b=50 * pA)
    assert isinstance(reset, Reset) and repr(reset) == "AdaptiveReset(Vr=-60. mV, b=50. pA)"
    group = NeuronGroup(1, "vm : volt\nw : amp", threshold=-20 * mV, reset=reset)
    group.set_constant("Vr", -65 * mV)
    group.vm = 0 * mV
    run(0.1 * ms)
    assert (group.vm[0], group.w[0]) == pytest.approx((-0.065, 50e-12))
    group.vm = 0 * mV
    group.update()
    AdaptiveReset(b=1 * pA)(group)
    assert (group.vm[0], group.w[0]) == pytest.approx((-0.0706, 51e-12))


def test_an_adaptive_reset_goes_through_pickle():
    again = pickle.loads(pickle.dumps(AdaptiveReset(Vr=-60 * mV)))
    group = NeuronGroup(1, "vm : volt\nw : amp", threshold=-20 * mV, reset=again)
    group.vm = 0 * mV
    run(0.1 * ms)
    assert (group.vm[0], group.w[0]) == pytest.approx((-0.06, 0.0805e-9))


def test_an_adaptive_reset_takes_names_too():
    Vr = -55 * mV
    group = NeuronGroup(
        1, "vm : volt\nw : 1\njump : 1", threshold=-20 * mV, reset=AdaptiveReset("Vr", "jump")
    )
    group.vm, group.jump = 0 * mV, 3.0
    run(0.1 * ms)
    assert (group.vm[0], group.w[0]) == (-0.055, 3.0)
