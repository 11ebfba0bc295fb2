"""Population rates, against the spikes that a SpikeMonitor keeps."""

import numpy as np
import pytest

from brian_nb import Network, NeuronGroup, PopulationRateMonitor, SpikeMonitor, defaultclock
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.units import ALL_UNITS
from tests.network.monitors.conftest import FIRST, LAST, N_STEPS

ms, Hz, second = ALL_UNITS["ms"], ALL_UNITS["Hz"], ALL_UNITS["second"]


def test_rates_are_spikes_per_neuron_and_time(recorded, trains):
    M = recorded.rate
    counts = np.bincount(np.concatenate(trains) // 10, minlength=N_STEPS // 10)
    assert np.allclose(M.times, np.arange(N_STEPS // 10) * 1e-3)
    assert np.allclose(M.rate, counts / (LAST - FIRST) / 1e-3, rtol=1e-12)
    assert np.array_equal(M.rate_, M.rate)
    assert np.array_equal(M.times_, M.times)
    assert float(M.bin) == 1e-3


def test_without_a_bin_each_step_is_one(make_pulses):
    network = make_pulses([2, 3], [3])
    M = PopulationRateMonitor(network.G)
    network.add(M)
    network.run(0.5 * ms)
    assert float(M.bin) == 1e-4
    assert M.rate == pytest.approx([0, 0, 0.5e4, 1e4, 0])


def test_the_bin_that_is_being_filled_is_there(make_pulses):
    network = make_pulses([12], [13])
    M = PopulationRateMonitor(network.G, bin=1 * ms)
    network.add(M)
    network.run(1.4 * ms)
    assert M.times == pytest.approx([0, 1e-3])
    assert M.rate == pytest.approx([0, 2 / 2 / 0.4e-3])
    network.run(0.6 * ms)
    assert M.rate == pytest.approx([0, 2 / 2 / 1e-3])


def test_a_bin_need_not_be_whole_steps(make_pulses):
    network = make_pulses([2, 3, 9])
    M = PopulationRateMonitor(network.G, bin=0.25 * ms)
    network.add(M)
    network.run(1 * ms)
    assert np.rint(M.times * 1e4).tolist() == [0, 3, 5, 8]
    assert M.rate == pytest.approx([1 / 3e-4, 1 / 2e-4, 0, 1 / 2e-4])


def test_rates_are_right_across_a_change_of_the_time_step():
    G = NeuronGroup(1, "x : 1", threshold="x > 0")
    G.x = 1
    M, spikes = PopulationRateMonitor(G, bin=1 * ms), SpikeMonitor(G)
    network = Network(M, spikes)
    network.run(2 * ms)
    defaultclock.dt = 0.05 * ms
    network.run(2 * ms)
    defaultclock.dt = 0.1 * ms
    assert spikes.nspikes == 60
    assert M.times == pytest.approx([0, 1e-3, 2e-3, 3e-3])
    assert M.rate == pytest.approx([1e4, 1e4, 2e4, 2e4])


def test_time_that_was_not_recorded_has_no_bins(make_pulses):
    network = make_pulses([1, 25])
    M = PopulationRateMonitor(network.G, bin=1 * ms)
    with_monitor = Network(*network.objects, M)
    with_monitor.run(1 * ms)
    network.run(1 * ms)
    with_monitor.run(1 * ms)
    assert M.times == pytest.approx([0, 2e-3])
    assert M.rate == pytest.approx([1e3, 1e3])


def test_smoothing_spreads_a_spike_and_keeps_its_area(make_pulses):
    network = make_pulses([100])
    M = PopulationRateMonitor(network.G)
    network.add(M)
    network.run(20 * ms)
    smooth = M.smooth_rate(width=1 * ms)
    assert smooth.sum() * 1e-4 == pytest.approx(1)
    expected = np.exp(-0.5 * ((M.times - 10e-3) / 1e-3) ** 2) / np.sqrt(2 * np.pi) / 1e-3
    assert np.allclose(smooth, expected, atol=1e-3 * expected.max())
    flat = M.smooth_rate(width=1 * ms, filter="flat")
    assert flat.max() == pytest.approx(1e3)
    assert np.count_nonzero(flat) == 10


def test_smoothing_of_a_short_record_keeps_its_length(make_pulses):
    network = make_pulses([3])
    M = PopulationRateMonitor(network.G)
    network.add(M)
    assert len(M.smooth_rate()) == 0
    network.run(0.8 * ms)
    smooth = M.smooth_rate(width=5 * ms)
    assert len(smooth) == 8
    assert np.argmax(smooth) == 3


def test_wrong_filters_are_refused(recorded):
    with pytest.raises(ModelError, match="no filter"):
        recorded.rate.smooth_rate(filter="round")
    with pytest.raises(ModelError, match="positive"):
        recorded.rate.smooth_rate(width=0 * ms)
    with pytest.raises(DimensionMismatchError):
        recorded.rate.smooth_rate(width=3 * Hz)


def test_trimming_leaves_the_bins_where_they_are(make_pulses):
    network = make_pulses([3, 22, 38])
    M = PopulationRateMonitor(network.G, bin=1 * ms)
    network.add(M)
    network.run(4 * ms)
    M.recording.keep_last(25)
    assert M.times == pytest.approx([1.5e-3, 2e-3, 3e-3])
    assert M.rate == pytest.approx([0, 1e3, 1e3])
