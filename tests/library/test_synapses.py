"""Synapses: the course after a spike, its maximum and its area."""

import numpy as np
import pytest

from brian_nb import Current, Equations, MembraneEquation, NeuronGroup, StateMonitor, run
from brian_nb.errors import ModelError
from brian_nb.library.synapses import (
    alpha_conductance,
    alpha_current,
    alpha_synapse,
    biexp_conductance,
    biexp_current,
    biexp_synapse,
    exp_conductance,
    exp_current,
    exp_synapse,
)
from brian_nb.units import ALL_UNITS

mV, ms, pF, nS, nA, amp, siemens = (
    ALL_UNITS[name] for name in "mV ms pF nS nA amp siemens".split()
)


def respond(equations, output="x_out", duration=100 * ms, size=1.0, **values):
    """Times and values of the output after a spike of the given size at the time 0."""
    group = NeuronGroup(1, equations)
    group.x = np.array([size])
    for name, value in values.items():
        setattr(group, name, value)
    record = StateMonitor(group, output, record=True)
    run(duration)
    return np.array(record.times) + 1e-4, np.array(record[0])


def biexponential(t, tau1, tau2):
    """Difference of two exponentials with a maximum of 1."""
    peak = np.log(tau1 / tau2) * tau1 * tau2 / (tau1 - tau2)
    return (np.exp(-t / tau1) - np.exp(-t / tau2)) / (np.exp(-peak / tau1) - np.exp(-peak / tau2))


def test_an_exponential_synapse_decays():
    t, x = respond(exp_synapse(input="x", tau=10 * ms, unit=amp))
    assert x == pytest.approx(np.exp(-t / 0.01))


def test_an_alpha_synapse_has_its_maximum_of_1_at_its_time_constant():
    t, x = respond(alpha_synapse(input="x", tau=10 * ms, unit=amp), duration=200 * ms)
    assert x == pytest.approx(t / 0.01 * np.exp(1 - t / 0.01), abs=1e-12)
    assert (x.max(), t[x.argmax()]) == (pytest.approx(1), pytest.approx(0.01))
    assert x.sum() * 1e-4 == pytest.approx(np.e * 0.01, rel=1e-4)


@pytest.mark.parametrize(("tau1", "tau2"), [(10, 5), (5, 10), (1, 30)])
def test_a_biexponential_synapse_has_a_maximum_of_1(tau1, tau2):
    eqs = biexp_synapse("x", tau1=tau1 * ms, tau2=tau2 * ms, unit=siemens, output="g")
    t, g = respond(eqs, "g", duration=400 * ms)
    assert g == pytest.approx(biexponential(t, tau1 * 1e-3, tau2 * 1e-3), abs=1e-9)
    assert g.max() == pytest.approx(1, abs=1e-3)


def test_a_biexponential_synapse_of_equal_time_constants_is_an_alpha_synapse():
    t, g = respond(biexp_synapse("x", 10 * ms, 10 * ms, amp))
    assert g == pytest.approx(t / 0.01 * np.exp(1 - t / 0.01), abs=1e-12)


def test_time_constants_may_be_variables_of_each_neuron():
    eqs = biexp_synapse("x", "T1", "T2", amp) + "T1 : second\nT2 : second"
    t, g = respond(eqs, T1=8 * ms, T2=2 * ms)
    assert g == pytest.approx(biexponential(t, 8e-3, 2e-3), abs=1e-9)


def test_the_output_of_an_exponential_synapse_is_another_name_of_its_input():
    system = exp_synapse("x", 10 * ms, "nS", output="g").resolve()
    assert system.aliases == {"g": "x"}
    assert system.dimension_of("g") == siemens.dimension


CURRENTS = [
    (exp_current, {"tau": 10 * ms}, exp_synapse),
    (alpha_current, {"tau": 10 * ms}, alpha_synapse),
    (biexp_current, {"tau1": 10 * ms, "tau2": 5 * ms}, biexp_synapse),
]


@pytest.mark.parametrize(("make", "times", "synapse"), CURRENTS)
def test_a_synaptic_current_charges_the_membrane(make, times, synapse):
    eqs = MembraneEquation(200 * pF) + make(input="x", **times)
    assert [term.name for term in eqs.currents] == ["x_current"]
    t, v = respond(eqs, "vm", duration=300 * ms, size=1e-9)
    _, x = respond(synapse(input="x", unit=amp, **times), duration=300 * ms)
    charge = x.sum() * 1e-4 * 1e-9
    assert v[-1] == pytest.approx(charge / 200e-12, rel=0.01)


CONDUCTANCES = [
    (exp_conductance, {"tau": 10 * ms}),
    (alpha_conductance, {"tau": 10 * ms}),
    (biexp_conductance, {"tau1": 10 * ms, "tau2": 5 * ms}),
]


@pytest.mark.parametrize(("make", "times"), CONDUCTANCES)
def test_a_conductance_pulls_the_potential_to_its_reversal_potential(make, times):
    eqs = MembraneEquation(200 * pF) + make(input="x", E=-80 * mV, **times)
    state = {name: 0.0 for name in eqs.resolve().variables}
    output = "x" if make is exp_conductance else "x_conductance"
    state |= {"vm": -60 * mV, output: 5 * nS}
    assert float(eqs.apply("x_current", state)) == pytest.approx(5e-9 * -0.02)
    assert float(eqs.apply("vm", state)) == pytest.approx(-0.5)


def test_synapses_of_one_kind_stand_side_by_side():
    eqs = MembraneEquation(200 * pF) + Current("I = 10*nS*(-70*mV - vm) : amp")
    eqs += exp_conductance("ge", 0 * mV, 5 * ms) + exp_conductance("gi", -80 * mV, 10 * ms)
    state = {"vm": -70 * mV, "ge": 4 * nS, "gi": 1 * nS}
    assert float(eqs.apply("vm", state)) == pytest.approx((0.28e-9 - 0.01e-9) / 200e-12)
    assert float(eqs.apply("ge", state)) == pytest.approx(-4e-9 / 5e-3)
    assert float(eqs.apply("gi", state)) == pytest.approx(-1e-9 / 10e-3)


def test_a_synapse_can_feed_a_current_of_another_name():
    eqs = MembraneEquation(200 * pF) + Current("I = ge*(0*mV - vm) : amp")
    eqs += alpha_synapse(input="ge_in", tau=10 * ms, unit=siemens, output="ge")
    assert eqs.resolve().variables[0] == "vm"
    assert set(eqs.resolve().variables) == {"vm", "ge", "ge_in"}


def test_currents_of_a_model_in_volt_say_so():
    eqs = MembraneEquation(10 * ms) + exp_current("x", 5 * ms, unit="volt")
    assert float(eqs.apply("vm", {"x": 2 * mV})) == pytest.approx(0.2)


def test_names_of_the_result_can_be_chosen():
    eqs = alpha_conductance("x", 0 * mV, 5 * ms, conductance_name="g", current_name="I")
    assert set(eqs.assembly.defined) == {"x", "g", "I"}
    assert [term.name for term in eqs.currents] == ["I"]
    assert "I" in alpha_current("x", 5 * ms, current_name="I").assembly.defined


def test_a_variable_called_like_a_parameter_of_the_library_does_no_harm():
    eqs = exp_synapse("tau", 10 * ms, amp) + Equations("E : volt")
    eqs += MembraneEquation(200 * pF) + exp_conductance("E2", -80 * mV, 5 * ms)
    assert float(eqs.apply("tau", {"tau": 1 * nA})) == pytest.approx(-1e-7)
    assert float(eqs.apply("vm", {"vm": 0 * mV, "E2": 1 * nS})) == pytest.approx(-0.4)


def test_what_is_no_input_or_no_unit():
    with pytest.raises(ModelError, match="name of a variable"):
        exp_synapse(3, 10 * ms, amp)
    with pytest.raises(ModelError, match="unit of alpha_synapse"):
        alpha_synapse("x", 10 * ms, "ampere_hours")
