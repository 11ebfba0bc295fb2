"""Counts of spikes equal those of the spikes that a SpikeMonitor keeps."""

import numpy as np
import pytest

from brian_nb import SpikeCounter, SpikeMonitor
from brian_nb.units import ALL_UNITS
from tests.network.monitors.conftest import FIRST, LAST, N

ms = ALL_UNITS["ms"]


def test_counts_of_each_neuron(recorded):
    expected = np.bincount(recorded.spikes.recording.neurons, minlength=N)
    assert np.array_equal(recorded.counter.count, expected)
    assert recorded.counter.nspikes == recorded.spikes.nspikes
    assert recorded.counter[N - 1] == expected[-1] > 0


def test_count_of_a_subgroup(recorded, trains):
    assert recorded.population.nspikes == sum(map(len, trains)) > 500
    assert recorded.population.nspikes == recorded.part.nspikes


def test_counters_keep_no_spikes(recorded):
    assert len(recorded.population.recording) == 0
    assert recorded.counter.recording.record_bytes == 0


def test_counters_of_a_subgroup_go_on_and_begin_again(make_pulses):
    network = make_pulses([2, 12], [1, 2, 3, 14], [13])
    M, count = SpikeCounter(network.G[1:]), SpikeMonitor(network.G, record=False)
    network.add(M, count)
    network.run(1 * ms)
    assert M.count.tolist() == [3, 0]
    network.run(1 * ms)
    assert M.count.tolist() == [4, 1]
    assert (M.nspikes, count.nspikes) == (5, 7)
    M.clear_recordings()
    assert M.count.tolist() == [0, 0]
    with pytest.raises(IndexError):
        M[2]


def test_what_is_read_does_not_change_later(make_pulses):
    network = make_pulses([2, 12])
    M = SpikeCounter(network.G)
    network.add(M)
    network.run(1 * ms)
    before = M.count
    network.run(1 * ms)
    assert before.tolist() == [1]


def test_the_subgroup_of_these_tests_lies_across_threads():
    assert FIRST // 256 != (LAST - 1) // 256
