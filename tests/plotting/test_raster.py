"""Raster plots show the recorded spikes, with labelled axes."""

import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.colors import to_rgb

from brian_nb import Network, NeuronGroup, SpikeMonitor, raster_plot
from brian_nb.errors import ModelError
from brian_nb.units import ms


@pytest.fixture
def monitors():
    groups = [
        NeuronGroup(n, "dv/dt = 1/(1*ms) : 1", threshold="v > 0.95", reset="v = 0") for n in (4, 6)
    ]
    made = [SpikeMonitor(group) for group in groups]
    Network(made).run(10 * ms)
    return made


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
