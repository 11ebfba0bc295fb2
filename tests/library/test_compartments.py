"""Compartments and the currents between them."""

import numpy as np
import pytest

from brian_nb import Current, Equations, MembraneEquation, NeuronGroup, run
from brian_nb.compartments import Compartments
from brian_nb.errors import ModelError, WiringError
from brian_nb.library.ionic_currents import leak_current
from brian_nb.units import ALL_UNITS

mV, ms, pF, nS, nA, Mohm, uF, cm, mm, um, ohm, msiemens = (
    ALL_UNITS[name] for name in "mV ms pF nS nA Mohm uF cm mm um ohm msiemens".split()
)
GL, RA = 10 * nS, 100 * Mohm


def make_neuron(**leaks):
    leaks = leaks or {"soma": GL, "dendrite": GL}
    neuron = Compartments(
        {name: MembraneEquation(100 * pF) + leak_current(g, 0 * mV) for name, g in leaks.items()}
    )
    neuron.connect(*list(leaks)[:2], RA)
    return neuron


def test_variables_have_the_name_of_their_compartment():
    neuron = make_neuron() + Equations("x : 1")
    assert neuron.resolve().variables == ("vm_soma", "vm_dendrite", "x")
    assert isinstance(neuron, Compartments)
    assert isinstance(neuron, MembraneEquation)


def test_the_coupling_takes_from_one_what_it_gives_to_the_other():
    state = {"vm_soma": 20 * mV, "vm_dendrite": 5 * mV}
    neuron = make_neuron(soma=1e-9 * GL, dendrite=1e-9 * GL)
    flow = 15e-3 / 100e6
    assert float(neuron.apply("Ia_soma_dendrite", state)) == pytest.approx(flow)
    assert float(neuron.apply("vm_soma", state)) == pytest.approx(-flow / 100e-12, rel=1e-6)
    assert float(neuron.apply("vm_dendrite", state)) == pytest.approx(flow / 100e-12, rel=1e-6)


def test_two_compartments_rest_where_the_resistances_say():
    soma = MembraneEquation(100 * pF) + leak_current(GL, 0 * mV) + Current("I : amp")
    dendrite = MembraneEquation(100 * pF) + leak_current(2 * GL, 0 * mV)
    neuron = Compartments({"soma": soma, "dendrite": dendrite})
    neuron.connect("soma", "dendrite", RA)
    group = NeuronGroup(1, neuron)
    group.I_soma = 0.1 * nA
    run(500 * ms)
    # 50 Mohm to earth behind 100 Mohm, both beside 100 Mohm to earth.
    resistance = 1 / (1 / 100e6 + 1 / 150e6)
    assert group.vm_soma[0] == pytest.approx(0.1e-9 * resistance)
    assert group.vm_dendrite[0] == pytest.approx(0.1e-9 * resistance / 3)


def test_a_cable_falls_off_as_its_space_constant_says():
    n_segments, length, diameter = 12, 1 * mm, 1 * um
    step = length / n_segments
    area = np.pi * diameter * step
    leak, axial = 0.02 * msiemens / cm**2, 100 * ohm * cm
    core = axial * 4 / (np.pi * diameter**2)
    segments = {
        k: MembraneEquation(1 * uF / cm**2 * area) + leak_current(leak * area, 0 * mV)
        for k in range(n_segments)
    }
    segments[0] += Current("I : nA")
    cable = Compartments(segments)
    for k in range(n_segments - 1):
        cable.connect(k, k + 1, core * step)
    rest = cable.fixedpoint(I_0=0.05 * nA)
    space = 0.5 * float(diameter / (leak * axial)) ** 0.5
    place = (np.arange(n_segments) + 0.5) * float(step)
    # A finite cable with sealed ends (Rall 1959, Exp. Neurol. 1:491).
    input_resistance = float(core) * space / np.tanh(float(length) / space)
    exact = 0.05e-9 * input_resistance * np.cosh((float(length) - place) / space)
    exact /= np.cosh(float(length) / space)
    found = [float(rest[f"vm_{k}"]) for k in range(n_segments)]
    assert found == pytest.approx(exact, rel=0.002)


def test_compartments_may_have_values_of_their_own_and_names_in_common():
    neuron = Compartments(
        {
            "a": MembraneEquation(100 * pF) + leak_current(GL, "El"),
            "b": MembraneEquation(200 * pF, vm="V") + leak_current(2 * GL, "El"),
        }
    )
    neuron += Equations("El : volt")
    state = {"vm_a": 0 * mV, "V_b": 0 * mV, "El": 10 * mV}
    assert float(neuron.apply("vm_a", state)) == pytest.approx(1)
    assert float(neuron.apply("V_b", state)) == pytest.approx(1)


def test_a_resistance_may_be_a_variable():
    neuron = make_neuron(soma=GL, dendrite=GL, axon=GL)
    neuron.connect("dendrite", "axon", "Raxon")
    neuron += "Raxon : ohm"
    state = {"vm_dendrite": 20 * mV, "vm_axon": 0 * mV, "Raxon": 200 * Mohm}
    assert float(neuron.apply("Ia_dendrite_axon", state)) == pytest.approx(0.1e-9)


@pytest.mark.parametrize(
    ("ends", "text"),
    [
        (("soma", "dendrit"), "there is no compartment 'dendrit'"),
        (("soma", "soma"), "cannot be connected to itself"),
        (("soma", "dendrite"), "are connected already"),
        (("dendrite", "soma"), "are connected already"),
    ],
)
def test_what_cannot_be_connected(ends, text):
    with pytest.raises(WiringError, match=text):
        make_neuron().connect(*ends, RA)


def test_what_is_no_compartment():
    with pytest.raises(ModelError, match="'soma' is no membrane equation"):
        Compartments({"soma": Equations("dv/dt = -v/ms : volt")})
    with pytest.raises(ModelError, match="'basal 1' cannot be the name"):
        Compartments({"basal 1": MembraneEquation(100 * pF)})
    with pytest.raises(ModelError, match="has 2 membranes"):
        Compartments({"both": make_neuron()})


def test_a_current_belongs_to_a_compartment_before_they_are_put_together():
    with pytest.raises(ModelError, match="2 membranes"):
        make_neuron() + Current("I : amp")
