"""Raster plots show the recorded spikes, with labelled axes."""

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

from brian_nb import Network, NeuronGroup, SpikeMonitor, raster_plot  # noqa: E402
from brian_nb.errors import ModelError  # noqa: E402
from brian_nb.units import ALL_UNITS  # noqa: E402

ms = ALL_UNITS["ms"]


@pytest.fixture
def monitors():
    groups = [
        NeuronGroup(n, "dv/dt = 1/(1*ms) : 1", threshold="v > 0.95", reset="v = 0") for n in (4, 6)
    ]
    made = [SpikeMonitor(group) for group in groups]
    Network(made).run(10 * ms)
    yield made
    pyplot.close("all")


def test_points_are_times_in_ms_and_neurons(monitors):
    axes = raster_plot(monitors[0])
    (line,) = axes.lines
    assert np.allclose(line.get_xdata(), monitors[0].recording.times * 1e3)
    assert np.array_equal(line.get_ydata(), monitors[0].recording.neurons)
    assert axes.get_xlabel() == "Time (ms)"
    assert axes.get_ylabel() == "Neuron number"


def test_several_monitors_are_stacked(monitors):
    axes = raster_plot(*monitors, showgrouplines=True, title="both")
    assert axes.lines[1].get_ydata().min() == 4
    assert axes.get_ylim() == (-0.5, 9.5)
    assert axes.get_title() == "both"
    assert len(axes.lines) == 3


def test_all_reachable_monitors_are_the_default(monitors):
    M = monitors[1]
    del monitors
    assert len(raster_plot().lines[0].get_xdata()) == M.nspikes


def test_present_axes_can_be_used(monitors):
    figure, axes = pyplot.subplots()
    assert raster_plot(monitors[0], newfigure=False) is axes


def test_nothing_to_plot_is_said():
    with pytest.raises(ModelError, match="no spike monitor"):
        raster_plot()
