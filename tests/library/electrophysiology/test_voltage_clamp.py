"""Voltage clamp: how near the membrane comes to the command."""

import pytest

from brian_nb import Equations, NeuronGroup, run
from brian_nb.library.electrophysiology import electrode, voltage_clamp
from brian_nb.units import ALL_UNITS

mV, ms, pF, nA, Mohm, nS, ohm = (ALL_UNITS[name] for name in "mV ms pF nA Mohm nS ohm".split())
GL, CM, RE = 20 * nS, 400 * pF, 20 * Mohm


def clamp(equations, duration=300 * ms):
    cell = Equations("dvm/dt = (-gl*vm + i_inj)/Cm : volt", gl=GL, Cm=CM)
    group = NeuronGroup(1, cell + equations)
    run(duration)
    return group


@pytest.mark.parametrize("compensated", [0.0, 0.5, 0.9])
def test_the_series_resistance_that_is_left_divides_the_command(compensated):
    group = clamp(voltage_clamp(v_cmd=20 * mV, Re=RE, Rs=compensated * RE, tau_u=0.2 * ms))
    left = 20e6 * (1 - compensated)
    assert group.vm[0] == pytest.approx(0.02 / (1 + 20e-9 * left))
    assert group.i_inj[0] == pytest.approx(0.02 / (1 / 20e-9 + left))
    assert group.i_rec[0] == -group.i_inj[0]


def test_the_clamp_settles_with_the_time_constant_of_electrode_and_membrane():
    group = clamp(voltage_clamp(v_cmd=20 * mV, Re=RE), duration=1 * ms)
    rate = (20e-9 + 1 / 20e6) / 400e-12
    rest = 0.02 / (1 + 20e-9 * 20e6)
    assert group.vm[0] == pytest.approx(rest * (1 - 2.718281828459045 ** (-rate * 1e-3)))


def test_the_command_may_be_a_variable():
    group = clamp(voltage_clamp(v_cmd="goal", i_rec="ic", Re=RE) + "goal : volt", 0.1 * ms)
    group.goal = 10 * mV
    run(300 * ms)
    assert group.ic[0] == pytest.approx(-0.01 / (1 / 20e-9 + 20e6))


def test_clamp_and_electrode_can_be_chained():
    eqs = electrode(0.2 * RE, 1 * pF)
    eqs += voltage_clamp(
        vm="v_el",
        v_cmd=20 * mV,
        i_inj="i_cmd",
        i_rec="ic",
        Re=0.8 * RE,
        Rs=0.7 * RE,
        tau_u=0.2 * ms,
    )
    group = clamp(eqs)
    assert group.vm[0] == pytest.approx(0.02 / (1 + 20e-9 * 0.3 * 20e6))


def test_too_much_compensation_is_unstable():
    group = clamp(voltage_clamp(v_cmd=20 * mV, Re=RE, Rs=4 * RE, tau_u=0.2 * ms), 20 * ms)
    assert abs(group.vm[0]) > 0.1
