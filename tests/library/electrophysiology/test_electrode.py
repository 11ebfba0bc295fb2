"""Electrodes obey Kirchhoff's laws."""

import numpy as np
import pytest
from scipy.linalg import expm

from brian_nb import Equations, NeuronGroup, run
from brian_nb.errors import ModelError
from brian_nb.library.electrophysiology import electrode
from brian_nb.units import ALL_UNITS

mV, ms, pF, nA, Mohm, nS, ohm = (ALL_UNITS[name] for name in "mV ms pF nA Mohm nS ohm".split())
GL, CM, RE, CE = 20 * nS, 400 * pF, 50 * Mohm, 10 * pF


def make_cell(text="dvm/dt = (-gl*vm + i_inj)/Cm : volt"):
    return Equations(text, gl=GL, Cm=CM)


def settle(equations, duration=2000 * ms, **values):
    group = NeuronGroup(1, equations)
    for name, value in values.items():
        setattr(group, name, value)
    run(duration)
    return group


def test_the_potential_at_the_electrode_is_that_of_both_resistances():
    group = settle(make_cell() + electrode(RE, CE, i_cmd=0.5 * nA))
    assert group.vm[0] == pytest.approx(0.5e-9 / 20e-9)
    assert group.v_el[0] == pytest.approx(0.5e-9 * (1 / 20e-9 + 50e6))
    assert group.i_inj[0] == pytest.approx(0.5e-9)


def test_electrode_and_membrane_charge_together():
    group = settle(make_cell() + electrode(RE, CE) + "i_cmd : amp", 3 * ms, i_cmd=0.5 * nA)
    leak, link = 20e-9, 1 / 50e6
    matrix = np.array([[-(leak + link) / 400e-12, link / 400e-12], [link / 10e-12, -link / 10e-12]])
    drive = np.array([0, 0.5e-9 / 10e-12])
    exact = np.linalg.solve(matrix, (expm(matrix * 3e-3) - np.eye(2)) @ drive)
    assert [group.vm[0], group.v_el[0]] == pytest.approx(exact)


def test_an_electrode_without_capacitance_adds_its_voltage_at_once():
    eqs = make_cell() + electrode(RE, 0 * pF) + "i_cmd : amp"
    state = {"vm": 3 * mV, "i_cmd": 0.2 * nA}
    assert float(eqs.apply("v_el", state)) == pytest.approx(0.013)
    assert float(eqs.apply("i_inj", state)) == pytest.approx(0.2e-9)


@pytest.mark.parametrize("capacitance", [CE, 0 * pF])
def test_an_electrode_that_only_records_injects_nothing(capacitance):
    group = NeuronGroup(1, make_cell() + electrode(RE, capacitance, i_cmd=None))
    group.vm = 10 * mV
    run(200 * ms)
    assert group.v_el[0] == pytest.approx(group.vm[0], abs=1e-4)
    total = group.vm[0] * 400e-12 + (group.v_el[0] * 10e-12 if capacitance > 0 * pF else 0)
    assert total < 10e-3 * 400e-12


def test_circuits_in_series_add_their_resistances():
    parts = electrode([30 * Mohm, 15 * Mohm, 5 * Mohm], [5 * pF, 3 * pF, 0 * pF], i_cmd=0.5 * nA)
    group = settle(make_cell() + parts)
    assert group.v_el[0] == pytest.approx(0.5e-9 * (1 / 20e-9 + 50e6))
    assert group.i_inj[0] == pytest.approx(0.5e-9)


def test_names_can_be_chosen():
    eqs = make_cell("dv/dt = (-gl*v + inj)/Cm : volt")
    eqs += electrode(RE, CE, v_el="rec", vm="v", i_inj="inj", i_cmd="cmd") + "cmd : amp"
    assert set(eqs.resolve().variables) == {"v", "rec", "cmd"}
    eqs.prepare()


def test_values_may_be_variables():
    eqs = make_cell() + electrode("R", "K", i_cmd=0.5 * nA) + "R : ohm\nK : farad"
    group = settle(eqs, R=40 * Mohm, K=1 * pF)
    assert group.v_el[0] - group.vm[0] == pytest.approx(0.5e-9 * 40e6)


@pytest.mark.parametrize(
    ("resistances", "capacitances"), [([RE, RE], [CE]), ([RE, RE], CE), ([], [])]
)
def test_lists_must_have_one_length(resistances, capacitances):
    with pytest.raises(ModelError, match="as many capacitances"):
        electrode(resistances, capacitances)
