"""Values of the last stretch of time only."""

import numpy as np
import pytest

from brian_nb import Network, NeuronGroup, RecentStateMonitor, SpikeMonitor, StateMonitor
from brian_nb.errors import DimensionMismatchError, ModelError, SimulationError
from brian_nb.units import ALL_UNITS
from tests.network.monitors.conftest import DT, FIRST, LAST, N_STEPS

mV, ms = ALL_UNITS["mV"], ALL_UNITS["ms"]


def test_the_last_records_are_there_in_the_order_of_time(recorded):
    M = recorded.recent
    steps = np.arange(0, N_STEPS, 3)[-14:]
    assert np.allclose(M.times, steps * DT, rtol=1e-12)
    assert M.times[-1] - M.times[0] <= 4e-3
    assert np.array_equal(M.values, recorded.v.values[FIRST:LAST, steps].T)
    assert np.array_equal(M[5], M.values[:, 5])
    assert M.has_looped


def test_unsorted_values_are_the_memory_itself(recorded):
    M = recorded.recent
    assert M.unsorted_values.shape == (14, LAST - FIRST)
    n_records = len(range(0, N_STEPS, 3))
    assert M.current_time_index == n_records % 14
    order = (np.arange(14) + M.current_time_index) % 14
    assert np.array_equal(M.unsorted_times[order], M.times)
    assert np.array_equal(M.unsorted_values_[order], M.values_)
    assert np.array_equal(M.unsorted_times_, M.unsorted_times)


@pytest.fixture
def ramp():
    """Two neurons that climb by 1 and 2 in each step."""
    G = NeuronGroup(2, "dx/dt = slope/(0.1*ms) : 1\nslope : 1")
    G.slope = [1, 2]
    return G


def test_before_the_duration_is_over_all_is_there(ramp):
    M = RecentStateMonitor(ramp, "x")
    network = Network(M)
    assert len(M.times) == 0
    network.run(2 * ms)
    assert not M.has_looped
    assert M.current_time_index == 20
    assert M[1] == pytest.approx(np.arange(1, 21) * 2)
    network.run(5 * ms)
    assert M.has_looped
    assert M[0] == pytest.approx(np.arange(20, 71))
    assert float(M.duration) == 5e-3


def test_only_some_neurons(ramp):
    M = RecentStateMonitor(ramp, "x", duration=1 * ms, record=[1], when="start")
    Network(M).run(3 * ms)
    assert M.values.shape == (11, 1)
    assert M[1][-1] == pytest.approx(58)
    assert M.mean[1] == pytest.approx(48)
    with pytest.raises(IndexError):
        M[0]


def test_without_records_there_are_statistics_of_all_time(ramp):
    M = RecentStateMonitor(ramp, "x", duration=0.2 * ms, record=False)
    Network(M).run(1 * ms)
    assert M.mean == pytest.approx([5.5, 11])
    with pytest.raises(ModelError, match="statistics only"):
        _ = M.unsorted_values


def test_another_time_step_keeps_what_fits(ramp):
    M = RecentStateMonitor(ramp, "x", duration=0.4 * ms)
    network = Network(M)
    network.run(1 * ms)
    assert M[0] == pytest.approx([6, 7, 8, 9, 10])
    ramp.clock.dt = 0.2 * ms
    network.run(0.2 * ms)
    ramp.clock.dt = 0.1 * ms
    assert M[0] == pytest.approx([9, 10, 12])
    network.run(0.1 * ms)
    assert M[0] == pytest.approx([9, 10, 12, 13])
    assert len(M.unsorted_times) == 5


def test_two_networks_may_share_it(ramp):
    M = RecentStateMonitor(ramp, "x", duration=0.5 * ms)
    first, second = Network(M), Network(M, StateMonitor(ramp, "x", record=True))
    for network in (first, second, first):
        network.run(0.3 * ms)
    assert M[0] == pytest.approx(np.arange(4, 10))


def test_clearing_begins_again(ramp):
    M = RecentStateMonitor(ramp, "x", duration=0.5 * ms)
    network = Network(M)
    network.run(1 * ms)
    M.clear_recordings()
    assert len(M.times) == 0
    network.run(0.2 * ms)
    assert M[0] == pytest.approx([11, 12])


def test_a_run_that_fails_leaves_only_what_was_not_written_over():
    G = NeuronGroup(1, "dx/dt = x*x/(1*ms) : 1")
    G.x = 1
    M, whole = RecentStateMonitor(G, "x", duration=2 * ms), StateMonitor(G, "x", record=True)
    network = Network(M, whole)
    network.run(1.2 * ms)
    with pytest.raises(SimulationError):
        network.run(100 * ms)
    n_kept = len(M.times)
    assert n_kept == len(whole.times) - 12 < 20
    assert np.array_equal(M[0], whole[0][len(whole[0]) - n_kept :])
    G.x = 0.001
    network.run(0.2 * ms)
    assert np.array_equal(M[0][-2:], whole[0][-2:])
    assert np.all(np.diff(M.times) > 0)


def test_spikes_can_be_drawn_into_traces(make_pulses):
    network = make_pulses([2, 16, 18])
    M, S = RecentStateMonitor(network.G, "x", duration=0.5 * ms), SpikeMonitor(network.G)
    network.add(M, S)
    network.run(2 * ms)
    M.insert_spikes(S, 40)
    assert M[0].tolist() == [0, 0, 40, 0, 40, 0][-len(M[0]) :]


def test_wrong_durations_are_refused(ramp):
    with pytest.raises(DimensionMismatchError):
        RecentStateMonitor(ramp, "x", duration=5 * mV)
    with pytest.raises(ModelError, match="negative"):
        RecentStateMonitor(ramp, "x", duration=-5 * ms)
