"""Raster plots show the recorded spikes, with labelled axes."""

import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.colors import to_rgb

from brian_nb import Network, NeuronGroup, SpikeMonitor, StateMonitor, raster_plot, run
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.network.monitors import live_plot
from brian_nb.units import ms, mV


@pytest.fixture
def monitors():
    groups = [
        NeuronGroup(n, "dv/dt = 1/(1*ms) : 1", threshold="v > 0.95", reset="v = 0") for n in (4, 6)
    ]
    made = [SpikeMonitor(group) for group in groups]
    Network(made).run(10 * ms)
    return made


@pytest.fixture
def spikes():
    """A monitor of four neurons that fire in every tenth step, before any run."""
    group = NeuronGroup(4, "dv/dt = 1/(1*ms) : 1", threshold="v > 0.95", reset="v = 0")
    return SpikeMonitor(group)


@pytest.fixture
def redrawn(monkeypatch):
    """The figures in the order in which they were redrawn during runs."""
    figures = []
    pyplot.ion()
    monkeypatch.setattr(live_plot, "show_figure", figures.append)
    return figures


def test_points_are_times_in_ms_and_neurons(monitors):
    axes = raster_plot(monitors[0])
    (line,) = axes.lines
    assert np.allclose(line.get_xdata(), monitors[0].recording.times * 1e3)
    assert np.array_equal(line.get_ydata(), monitors[0].recording.neurons)
    assert axes.get_xlabel() == "Time (ms)"
    assert axes.get_ylabel() == "Neuron number"
    assert axes.get_ylim() == (-0.5, 3.5)


def test_of_several_monitors_each_has_a_unit_of_height(monitors):
    axes = raster_plot(*monitors, title="both")
    rows = [line.get_ydata() for line in axes.lines]
    for place, (found, monitor) in enumerate(zip(rows, monitors, strict=True)):
        expected = place + monitor.recording.neurons / monitor.source.size
        assert np.allclose(found, expected)
    assert axes.get_ylabel() == "Group number"
    assert axes.get_title() == "both"
    low, high = axes.get_ylim()
    assert low < 0 and high >= 2


def test_groups_have_space_and_lines_between_them(monitors):
    axes = raster_plot(*monitors, showgrouplines=True, grouplinecol="r", spacebetweengroups=0.2)
    first, second, line = axes.lines
    assert first.get_ydata().max() == pytest.approx(0.8 * 3 / 4)
    assert second.get_ydata().min() == 1
    assert line.get_ydata()[0] == pytest.approx(0.9)
    assert to_rgb(line.get_color()) == (1, 0, 0)


@pytest.mark.parametrize("gap", [-0.1, 1.0])
def test_a_gap_leaves_room_for_the_groups(monitors, gap):
    with pytest.raises(ModelError, match="from 0 to below 1"):
        raster_plot(*monitors, spacebetweengroups=gap)


def test_all_reachable_monitors_are_the_default(monitors):
    M = monitors[1]
    counter = SpikeMonitor(M.source, record=False)
    del monitors
    (line,) = raster_plot().lines
    assert len(line.get_xdata()) == M.nspikes


def test_the_present_axes_are_used_unless_a_new_figure_is_wanted(monitors):
    figure, axes = pyplot.subplots()
    assert raster_plot(monitors[0]) is axes
    assert raster_plot(monitors[0], newfigure=True).figure is not figure


def test_labels_can_be_chosen(monitors):
    axes = raster_plot(monitors[0], xlabel="t", ylabel="Layer")
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("t", "Layer")


def test_options_of_plot_are_passed_on_under_all_their_names(monitors):
    (line,) = raster_plot(monitors[0], ms=7, c=(1, 0, 0), marker="o").lines
    assert (line.get_markersize(), line.get_marker()) == (7, "o")
    assert to_rgb(line.get_color()) == (1, 0, 0)


def test_figures_are_shown_on_demand(monitors, monkeypatch):
    shown = []
    monkeypatch.setattr(pyplot, "show", lambda: shown.append(True))
    raster_plot(monitors[0])
    assert not shown
    raster_plot(monitors[0], showplot=True)
    assert shown


def test_nothing_to_plot_is_said():
    with pytest.raises(ModelError, match="no spike monitor"):
        raster_plot()


def test_the_last_spikes_are_shown_at_each_refresh(spikes, redrawn):
    axes = raster_plot(spikes, refresh=10 * ms, showlast=20 * ms)
    Network(spikes).run(95 * ms)
    assert redrawn == [axes.figure] * 9  # in the last steps before 10, 20, ... 90 ms
    assert axes.get_xlim() == pytest.approx((69.9, 89.9))
    (line,) = axes.lines
    times = spikes.recording.times
    seen = times[(times > 0.0699 - 1e-9) & (times < 0.0899 + 1e-9)]
    assert np.allclose(line.get_xdata(), seen * 1e3)


def test_without_a_window_all_spikes_are_shown(spikes, redrawn):
    axes = raster_plot(spikes, refresh=25 * ms)
    Network(spikes).run(50 * ms)
    low, high = axes.get_xlim()
    assert low < 2 and 49 < high < 55
    assert len(axes.lines[0].get_xdata()) == spikes.nspikes


def test_after_a_run_the_last_spikes_alone_can_be_shown(monitors):
    axes = raster_plot(*monitors, showlast=4.5 * ms)
    assert axes.get_xlim() == pytest.approx((5.4, 9.9))
    times = monitors[1].recording.times
    assert np.allclose(axes.lines[1].get_xdata(), times[times > 0.0054] * 1e3)


def test_a_raster_follows_what_is_found_by_name(spikes, redrawn):
    raster_plot(spikes, refresh=10 * ms)
    run(20 * ms)
    run(20 * ms)
    assert len(redrawn) == 4


def test_a_raster_follows_networks_that_were_there_before_it(spikes, redrawn):
    network = Network(spikes)
    network.run(5 * ms)
    raster_plot(spikes, refresh=10 * ms)
    network.run(20 * ms)
    assert len(redrawn) == 2


def test_one_of_several_plots_redraws(spikes, redrawn):
    group = NeuronGroup(2, "dv/dt = (30*mV - v)/(10*ms) : volt")
    states = StateMonitor(group, "v", record=True)
    figure, (upper, lower) = pyplot.subplots(2)
    pyplot.sca(upper)
    raster_plot(spikes, refresh=10 * ms, showlast=20 * ms, redraw=False)
    pyplot.sca(lower)
    states.plot(refresh=10 * ms, showlast=20 * ms)
    Network(spikes, states).run(55 * ms)
    assert redrawn == [figure] * 5
    assert np.array(upper.get_xlim()) == pytest.approx(np.array(lower.get_xlim()) * 1e3)
    shown = lower.lines[1]
    assert shown.get_xdata()[-1] == pytest.approx(49.9e-3)
    rows = np.searchsorted(states.times, shown.get_xdata() - 1e-9)
    assert np.allclose(shown.get_ydata(), states[1][rows])


def test_a_closed_raster_follows_no_more(spikes, redrawn):
    axes = raster_plot(spikes, refresh=10 * ms)
    pyplot.close(axes.figure)
    Network(spikes).run(30 * ms)
    assert not redrawn


def test_times_have_units(spikes):
    with pytest.raises(DimensionMismatchError, match="refresh must be in second"):
        raster_plot(spikes, refresh=10)
    with pytest.raises(DimensionMismatchError, match="showlast must be in second"):
        raster_plot(spikes, refresh=10 * ms, showlast=3 * mV)
    with pytest.raises(ModelError, match="positive"):
        raster_plot(spikes, refresh=0 * ms)
