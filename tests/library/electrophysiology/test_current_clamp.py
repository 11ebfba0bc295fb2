"""Current clamp: what the recording shows with and without compensation."""

import numpy as np
import pytest

from brian_nb import Equations, NeuronGroup, StateMonitor, run
from brian_nb.library.electrophysiology import current_clamp, electrode
from brian_nb.units import ALL_UNITS

mV, ms, pF, nA, Mohm, nS = (ALL_UNITS[name] for name in "mV ms pF nA Mohm nS".split())
GL, CM, RE, CE = 20 * nS, 400 * pF, 50 * Mohm, 10 * pF
CELL = "dvm/dt = (-gl*vm + i_inj)/Cm : volt\nI : amp"


def make_setup(n=1, cell=CELL, **amplifier):
    eqs = Equations(cell, gl=GL, Cm=CM)
    eqs += current_clamp(**{"i_cmd": "I", "Re": RE, "Ce": CE} | amplifier)
    return NeuronGroup(n, eqs)


def test_without_compensation_the_electrode_adds_its_voltage():
    group = make_setup()
    group.I = 0.5 * nA
    run(1000 * ms)
    assert group.v_rec[0] == pytest.approx(0.5e-9 * (1 / 20e-9 + 50e6))
    assert group.vm[0] == pytest.approx(0.5e-9 / 20e-9)


def test_with_a_full_bridge_the_steady_recording_is_the_membrane_potential():
    group = make_setup(bridge=RE)
    group.I = 0.5 * nA
    run(1000 * ms)
    assert group.v_rec[0] == pytest.approx(group.vm[0])


def test_with_bridge_and_neutralization_the_recording_is_always_the_membrane_potential():
    group = make_setup(bridge=RE, capa_comp=CE)
    recording = StateMonitor(group, "v_rec", record=True)
    soma = StateMonitor(group, "vm", record=True)
    group.I = 0.5 * nA
    run(5 * ms)
    assert np.array(recording[0]) == pytest.approx(np.array(soma[0]))


def test_neutralization_makes_the_electrode_faster():
    group = make_setup(capa_comp=8 * pF)
    group.I = 0.5 * nA
    run(0.1 * ms)
    # 2 pF are left: a time constant of 0.1 ms, the membrane's being 20 ms.
    assert group.v_rec[0] == pytest.approx(0.5e-9 * 50e6 * (1 - np.exp(-1)), rel=0.01)


def test_compensation_may_be_a_variable_up_to_the_whole_capacitance():
    group = make_setup(
        5, cell=CELL + "\nCC : farad\nRbridge : ohm", bridge="Rbridge", capa_comp="CC"
    )
    group.CC = np.linspace(0, 10e-12, 5)
    group.Rbridge = np.linspace(0, 50e6, 5)
    group.I = 0.5 * nA
    run(0.1 * ms)
    assert group.integrator == "linear"
    free = 10e-12 - group.CC[:4]
    charged = 0.5e-9 * 50e6 * (1 - np.exp(-1e-4 / (50e6 * free)))
    # The membrane takes part of the charge; it has 40 times the capacitance or more.
    assert group.v_rec[:4] + 0.5e-9 * group.Rbridge[:4] == pytest.approx(charged, rel=0.03)
    assert group.v_rec[4] == pytest.approx(group.vm[4], rel=1e-4)


def test_too_much_neutralization_is_unstable():
    group = make_setup(capa_comp=12 * pF)
    group.I = 0.5 * nA
    run(2 * ms)
    assert abs(group.v_rec[0]) > 1


def test_an_amplifier_can_have_an_electrode_of_several_circuits():
    eqs = Equations("dvm/dt = (-gl*vm + i_inj)/Cm : volt\nI : amp", gl=GL, Cm=CM)
    eqs += electrode(0.6 * RE, CE)
    eqs += current_clamp(vm="v_el", i_inj="i_cmd", i_cmd="I", Re=0.4 * RE, Ce=CE)
    group = NeuronGroup(1, eqs)
    group.I = 0.5 * nA
    run(1000 * ms)
    assert group.v_rec[0] - group.vm[0] == pytest.approx(0.5e-9 * 50e6)


def test_an_amplifier_may_only_record():
    group = make_setup(i_cmd=None, cell="dvm/dt = (-gl*vm + i_inj)/Cm : volt")
    group.vm = 10 * mV
    run(100 * ms)
    assert group.v_rec[0] == pytest.approx(group.vm[0], rel=0.05)
