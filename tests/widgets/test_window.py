"""Which recordings belong to a window of time, and which to a future that was undone."""

import numpy as np
import pytest

from brian_nb import Network, PopulationRateMonitor, StateMonitor
from brian_nb.units import ALL_UNITS
from brian_nb.widgets.views import Raster, Rates, Traces
from brian_nb.widgets.views.rates import N_BINS, bin_counts
from brian_nb.widgets.views.window import read_window, select_course

ms, Hz = ALL_UNITS["ms"], ALL_UNITS["Hz"]
DT = 1e-4
COUNTED = 1e-9
"""Times are sums of a few products: far below a step, far above their rounding."""


class Tape:
    """A recording whose records are their own numbers."""

    def __init__(self, times):
        self.times = np.asarray(times, float)

    def tail(self, n_records):
        return self.times[-n_records:], np.arange(len(self.times))[-n_records:]


def test_in_the_usual_course_all_records_count():
    assert select_course(np.array([0.0, 1.0, 1.0, 2.0])) == slice(None)


def test_of_an_undone_future_only_what_lies_before_the_new_one_counts():
    times = np.array([0.0, 1, 2, 3, 4, 2, 3, 1, 2])
    assert np.flatnonzero(select_course(times)).tolist() == [0, 7, 8]
    assert times[select_course(times)].tolist() == [0, 1, 2]


def test_a_window_ends_before_the_present_time():
    times, records = read_window(Tape([0, 1, 2, 3, 4]), 1.0, 3.0)
    assert times.tolist() == [1, 2]
    assert records.tolist() == [1, 2]


def test_a_window_is_found_far_back_in_a_recording():
    tape = Tape(np.arange(100_000))
    times, _ = read_window(tape, 10.0, 20.0, n_records=10)
    assert times.tolist() == list(range(10, 20))


def test_older_records_than_asked_for_are_not_looked_at():
    times, _ = read_window(Tape(np.arange(100)), 0.0, 100.0, n_records=4, at_most=30)
    assert times.tolist() == list(range(70, 100))


def test_an_empty_recording_gives_nothing():
    times, records = read_window(Tape([]), 0.0, 1.0)
    assert len(times) == len(records) == 0


# -- a network that was put back -----------------------------------------------------------


@pytest.fixture
def undone(net):
    """A network that has run 100 ms and was put back to 40 ms, its recordings kept."""
    trace, rate = StateMonitor(net.G, "V", record=[0]), PopulationRateMonitor(net.G)
    network = Network(net.network.objects, trace, rate)
    network.run(40 * ms)
    stored = network.store()
    network.run(60 * ms)
    network.restore(stored)
    return net, network, trace, rate


def times_of(monitor, now, window=0.1):
    return read_window(monitor.recording, now - window, now)[0]


def test_after_a_return_no_figure_shows_the_undone_future(undone):
    net, network, trace, rate = undone
    now = float(network.clock.t)
    for monitor in (net.M, trace, rate):
        assert monitor.recording.times[-1] > 0.09
        assert 0.03 < times_of(monitor, now)[-1] < 0.04
    traces, rates = Traces([trace]), Rates([rate])
    for view in (traces, rates):
        view.draw(now, 0.1)
        (line,) = view.figure.marks
        assert 30 < line.x.max() < 40
    raster = Raster([net.M])
    raster.draw(now, 0.1)
    before = raster.figure.marks[0].image.value
    raster.draw(0.1, 0.1)
    assert raster.figure.marks[0].image.value != before


def test_the_new_future_takes_the_place_of_the_undone_one(undone):
    net, network, trace, _ = undone
    old = trace.values[0].copy()
    net.G.El = net.G.El + 5 * ALL_UNITS["mV"]
    network.run(10 * ms)
    times, values = read_window(trace.recording, 0.0, float(network.clock.t))
    assert np.allclose(times, np.arange(500) * DT, atol=COUNTED)
    assert np.array_equal(values[:400, 0], old[:400])
    assert np.array_equal(values[400:, 0], trace.values[0][-100:])
    assert not np.array_equal(values[400:, 0], old[400:500])


def test_a_figure_without_anything_to_show_shows_nothing(undone):
    _, network, trace, _ = undone
    view = Traces([trace])
    view.draw(0.1, 0.1)
    view.draw(0.0, 0.1)
    (line,) = view.figure.marks
    assert not line.x.any() and not line.y.any()


# -- rates ---------------------------------------------------------------------------------


def test_bins_are_whole_and_do_not_move_with_the_window():
    counts = np.arange(20)
    middles, means = bin_counts(np.arange(3, 20), counts[3:], 5)
    assert middles.tolist() == [7.5, 12.5, 17.5]
    assert means.tolist() == [7.0, 12.0, 17.0]


def test_bins_with_missing_steps_are_left_out():
    middles, _ = bin_counts(np.array([0, 1, 2, 3, 10, 11, 12, 13]), np.ones(8, int), 4)
    assert middles.tolist() == [2.0]
    assert bin_counts(np.empty(0, int), np.empty(0, int), 4)[0].size == 0


def test_rates_are_spikes_per_neuron_and_second(net):
    rate = PopulationRateMonitor(net.G)
    network = Network(net.network.objects, rate)
    network.run(100 * ms)
    view = Rates([rate])
    view.draw(0.1, 0.1)
    (line,) = view.figure.marks
    assert line.y.size == N_BINS
    assert line.y.mean() == pytest.approx(net.M.nspikes / (200 * 0.1), rel=1e-5)
