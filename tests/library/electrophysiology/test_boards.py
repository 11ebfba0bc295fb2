"""Boards that read from neurons and send commands to them while a network runs."""

import numpy as np
import pytest

from brian_nb import (
    Clock,
    Equations,
    EventClock,
    Network,
    NeuronGroup,
    StateMonitor,
    defaultclock,
    run,
    seed,
)
from brian_nb.errors import DimensionMismatchError, ModelError, UnknownNameError
from brian_nb.library.electrophysiology import (
    AEC,
    DCC,
    SEVC,
    AcquisitionBoard,
    current_clamp,
    electrode,
)
from brian_nb.units import ALL_UNITS

mV, ms, pF, nA, Mohm, nS, kHz, amp, volt, second = (
    ALL_UNITS[name] for name in "mV ms pF nA Mohm nS kHz amp volt second".split()
)
CELL = "dvm/dt = (-gl*vm + i_inj)/Cm : volt\nI : amp"
RE = 50 * Mohm


def make_cell(n=1, tau_e=0.1 * ms, clock=None):
    eqs = Equations(CELL, gl=20 * nS, Cm=400 * pF)
    return NeuronGroup(n, eqs + current_clamp(i_cmd="I", Re=RE, Ce=tau_e / RE), clock=clock)


# -- the plain board --------------------------------------------------------------------------


def test_a_board_reads_what_the_step_gives_and_sets_what_the_next_step_takes():
    cell = NeuronGroup(2, "dv/dt = I/(10*pF) : volt\nI : amp")
    board = AcquisitionBoard(cell, "v", "I")
    board.command = np.array([1e-9, 2e-9])
    read = []
    for _ in range(3):
        run(0.1 * ms)
        read.append(board.record.copy())
    assert np.array(read) == pytest.approx(np.array([[0, 0], [0.01, 0.02], [0.02, 0.04]]))
    assert cell.I == pytest.approx([1e-9, 2e-9])


def test_a_board_works_at_its_own_times():
    cell = NeuronGroup(1, "v = t/second : 1\nI : amp")
    board = AcquisitionBoard(P=cell, V="v", I="I", clock=EventClock(dt=2 * ms))
    record = StateMonitor(board, "record", record=True, clock=EventClock(dt=1 * ms))
    run(6 * ms)
    assert record[0] == pytest.approx([0, 0, 2e-3, 2e-3, 4e-3, 4e-3], abs=1.1e-4)


def test_a_board_may_serve_a_part_of_a_group():
    cell = NeuronGroup(5, "v : volt\nI : amp")
    cell.v = np.arange(5) * 1e-3
    board = AcquisitionBoard(cell[2:4], "v", "I")
    board.command = 3 * nA
    Network(board).run(0.2 * ms)
    assert board.record == pytest.approx([2e-3, 3e-3])
    assert cell.I == pytest.approx([0, 0, 3e-9, 3e-9, 0])


def test_a_network_of_the_board_takes_its_neurons_along():
    cell = make_cell()
    network = Network(AcquisitionBoard(cell, "v_rec", "I"))
    assert cell in network.groups


def test_a_board_needs_a_variable_to_read_and_a_parameter_to_set():
    cell = make_cell()
    with pytest.raises(UnknownNameError, match="did you mean v_rec"):
        AcquisitionBoard(cell, "vrec", "I")
    with pytest.raises(ModelError, match="vm is none"):
        AcquisitionBoard(cell, "v_rec", "vm")
    board = AcquisitionBoard(cell, "v_rec", "I")
    with pytest.raises(DimensionMismatchError):
        board.command = 3 * mV


# -- discontinuous clamps ---------------------------------------------------------------------


def test_a_discontinuous_clamp_sees_the_membrane_without_the_electrode():
    defaultclock.dt = 0.01 * ms
    cell = make_cell()
    board = DCC(cell, "v_rec", "I", frequency=1 * kHz)
    soma = StateMonitor(cell, "vm", record=True)
    board.command = 0.5 * nA
    run(150 * ms)
    # The mean current is the command; read 0.67 ms after the pulse, the electrode is discharged.
    period = np.array(soma[0])[-100:]
    assert period.mean() == pytest.approx(0.5e-9 / 20e-9, rel=0.02)
    assert board.record[0] == pytest.approx(period.min(), rel=0.01)


def test_the_current_flows_in_one_third_of_the_sampling_step():
    cell = make_cell()
    board = DCC(cell, "v_rec", "I", frequency=1 / (1.5 * ms))
    current = StateMonitor(cell, "I", record=True)
    board.command = 1 * nA
    run(4.5 * ms)
    on = np.tile([True] * 5 + [False] * 10, 3)
    # The board has its turn after the step in which the monitor looks.
    assert np.array(current[0])[1:] == pytest.approx(np.where(on, 3e-9, 0)[:-1])


def test_the_sampling_frequency_can_be_changed():
    board = DCC(make_cell(), "v_rec", "I", frequency=1 * kHz)
    run(3 * ms)
    board.set_frequency(2 * kHz)
    assert board.clock.dt == pytest.approx(1 / 6 * ms)
    with pytest.raises(DimensionMismatchError):
        board.set_frequency(2 * ms)


@pytest.mark.parametrize("gain2", [0, 50])
def test_the_feedback_holds_the_potential(gain2):
    defaultclock.dt = 0.01 * ms
    cell = make_cell()
    board = SEVC(cell, "v_rec", "I", frequency=1 * kHz, gain=250 * nS, gain2=gain2 * nS / ms)
    soma = StateMonitor(cell, "vm", record=True)
    board.command = 20 * mV
    run(300 * ms)
    held = np.array(soma[0])[-100:].mean()
    if gain2:
        # The integral controller brings the potential that is read to the command.
        assert board.record[0] == pytest.approx(held * 20e-9, rel=0.02)
        assert cell.v_rec[0] == pytest.approx(0.02, rel=0.01)
    else:
        assert held == pytest.approx(0.02 * 250 / 270, rel=0.01)
        assert board.record[0] == pytest.approx(250e-9 * (0.02 - held), rel=0.1)


def test_gains_have_units():
    with pytest.raises(DimensionMismatchError, match="second gain"):
        SEVC(make_cell(), "v_rec", "I", gain2=50 * nS)


# -- active electrode compensation ------------------------------------------------------------


def make_recording(n=1):
    clock, sampling = Clock(dt=0.1 * ms), EventClock(dt=0.1 * ms)
    eqs = Equations(CELL, gl=20 * nS, Cm=400 * pF)
    eqs += electrode(0.6 * RE, 0.1 * ms / RE)
    eqs += current_clamp(vm="v_el", i_inj="i_cmd", i_cmd="I", Re=0.4 * RE, Ce=0.1 * ms / RE)
    cell = NeuronGroup(n, eqs, clock=clock)
    return cell, AEC(cell, "v_rec", "I", sampling)


def estimate(network, board, **options):
    seed(5)
    board.start_injection(amp=0.5 * nA)
    network.run(1 * second)
    board.stop_injection()
    network.run(30 * ms)
    board.estimate(**options)


def test_the_electrode_is_found_and_taken_off_while_the_recording_goes_on():
    cell, board = make_recording()
    network = Network(cell, board)
    estimate(network, board)
    assert np.sum(board.Ke) == pytest.approx(50e6, rel=0.03)
    board.switch_on()
    board.command = 0.5 * nA
    network.run(200 * ms)
    assert board.record[0] == pytest.approx(cell.vm[0], abs=0.03 * 0.5e-9 * 50e6)
    board.switch_off()
    network.run(0.1 * ms)
    assert board.record[0] == pytest.approx(cell.vm[0] + 0.5e-9 * 50e6, rel=1e-3)


def test_several_neurons_have_a_kernel_each():
    cell, board = make_recording(2)
    network = Network(cell, board)
    estimate(network, board, ksize=120, ktail=40)
    assert board.Ke.shape == (2, 40)
    assert board.Ke.sum(axis=1) == pytest.approx([50e6, 50e6], rel=0.04)
    board.switch_on()
    network.run(10 * ms)
    assert np.isfinite(board.record).all()


def test_noise_replaces_the_command_until_the_estimate():
    cell, board = make_recording()
    network = Network(cell, board)
    board.command = 0.1 * nA
    board.start_injection(amp=0.2 * nA, DC=1 * nA)
    network.run(5 * ms)
    assert 0.8e-9 <= cell.I[0] <= 1.2e-9
    board.stop_injection()
    network.run(0.1 * ms)
    assert cell.I[0] == 0
    board.start_injection()
    network.run(100 * ms)
    board.estimate(ksize=50, ktail=20, dendritic=True)
    network.run(0.1 * ms)
    assert cell.I[0] == pytest.approx(0.1e-9)


def test_the_steps_of_the_compensation_have_an_order():
    _, board = make_recording()
    with pytest.raises(ModelError, match=r"call estimate\(\)"):
        board.switch_on()
    with pytest.raises(ModelError, match=r"call start_injection\(\)"):
        board.estimate()
