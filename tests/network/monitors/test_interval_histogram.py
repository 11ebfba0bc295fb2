"""Histograms of intervals between spikes, against the intervals of recorded spikes."""

import numpy as np
import pytest

from brian_nb import ISIHistogramMonitor, Network, NeuronGroup, SpikeMonitor, defaultclock
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.units import ALL_UNITS
from tests.network.monitors.conftest import BINS, DT

ms = ALL_UNITS["ms"]


def test_intervals_fall_into_their_bins(recorded, trains):
    intervals = np.concatenate([np.diff(train) for train in trains])
    edges = np.rint(np.array(BINS, float) / DT)
    expected = np.histogram(intervals, [*edges, np.inf])[0]
    assert np.array_equal(recorded.intervals.count, expected)
    assert np.all(expected > 0)
    assert np.array_equal(recorded.intervals.bins, np.array(BINS, float))


def test_an_interval_as_long_as_an_edge_belongs_above_it(make_pulses):
    network = make_pulses([0, 3, 10, 17], [5, 12])
    dt = 0.1
    M = ISIHistogramMonitor(network.G, [3 * dt * ms, 7 * dt * ms, 8 * dt * ms])
    network.add(M)
    network.run(1 * ms)
    network.run(1 * ms)
    assert M.count.tolist() == [1, 3, 0]


def test_intervals_shorter_than_the_first_bin_do_not_count(make_pulses):
    network = make_pulses([0, 3, 10])
    M = ISIHistogramMonitor(network.G, np.array([0.5e-3]))
    network.add(M)
    network.run(2 * ms)
    assert M.count.tolist() == [1]


def test_a_delay_changes_no_interval(make_pulses):
    network = make_pulses([0, 3, 10])
    M = ISIHistogramMonitor(network.G, [0 * ms, 0.5 * ms], delay=1 * ms)
    network.add(M)
    network.run(1.2 * ms)
    assert M.count.tolist() == [0, 0]
    network.run(1 * ms)
    assert M.count.tolist() == [1, 1]


def test_reinit_forgets_the_last_spikes(make_pulses):
    network = make_pulses([2, 8])
    M = ISIHistogramMonitor(network.G, [0 * ms])
    network.add(M)
    network.run(1 * ms)
    network.reinit()
    network.run(0.5 * ms)
    assert M.count.tolist() == [0]
    network.run(0.5 * ms)
    assert M.count.tolist() == [1]


def test_an_interval_across_a_change_of_the_time_step_is_right():
    G = NeuronGroup(1, "dx/dt = 1/(2.05*ms) : 1", threshold="x > 1", reset="x = 0")
    spikes = SpikeMonitor(G)
    M = ISIHistogramMonitor(G, np.arange(0, 5, 0.25) * 1e-3)
    network = Network(M, spikes)
    network.run(3 * ms)
    defaultclock.dt = 0.05 * ms
    network.run(3 * ms)
    defaultclock.dt = 0.1 * ms
    (bins,) = np.nonzero(M.count)
    intervals = np.diff(spikes[0])
    assert M.count.sum() == len(intervals) == 1
    assert M.bins[bins[0]] == pytest.approx(np.floor(intervals[0] / 0.25e-3 + 1e-6) * 0.25e-3)


@pytest.mark.parametrize("bins", [[], [1 * ms, 1 * ms], [2 * ms, 1 * ms], [[0, 1e-3]]])
def test_bins_that_do_not_ascend_are_refused(make_pulses, bins):
    with pytest.raises(ModelError, match="ascending"):
        ISIHistogramMonitor(make_pulses([1]).G, bins)


def test_bins_that_are_no_times_are_refused(make_pulses):
    with pytest.raises(DimensionMismatchError):
        ISIHistogramMonitor(make_pulses([1]).G, [0, 1 * ALL_UNITS["mV"]])
