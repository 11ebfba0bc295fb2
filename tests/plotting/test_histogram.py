"""Histograms show the counts of their monitor, without the bin that has no end."""

import numpy as np
import pytest
from matplotlib import pyplot

from brian_nb import NeuronGroup, hist_plot
from brian_nb.errors import ModelError
from brian_nb.network.monitors import Monitor
from brian_nb.units import ms


class Histogram(Monitor):
    """A monitor that has counted already."""

    bins = [0 * ms, 10 * ms, 25 * ms, 30 * ms]
    count = np.array([3, 5, 2, 9])


@pytest.fixture
def monitor():
    return Histogram(NeuronGroup(2, "dv/dt = -v/(10*ms) : 1", threshold=1))


def test_bars_stand_on_their_bins(monitor):
    axes = hist_plot(monitor)
    bars = axes.patches
    assert [bar.get_height() for bar in bars] == [3, 5, 2]
    assert np.allclose([bar.get_x() for bar in bars], [0, 10, 25])
    assert np.allclose([bar.get_width() for bar in bars], [10, 15, 5])
    assert axes.get_xlabel() == "Interval (ms)" and axes.get_ylabel() == "Count"


def test_a_new_figure_is_made_unless_the_present_one_is_wanted(monitor):
    _, axes = pyplot.subplots()
    assert hist_plot(monitor) is not axes
    assert hist_plot(monitor, newfigure=False) is not axes  # the newest is the present one
    assert len(pyplot.get_fignums()) == 2


def test_labels_and_options_of_bar(monitor):
    axes = hist_plot(monitor, title="ISI", xlabel="x", ylabel="y", width=1.0, color="r")
    assert (axes.get_title(), axes.get_xlabel(), axes.get_ylabel()) == ("ISI", "x", "y")
    assert {bar.get_width() for bar in axes.patches} == {1.0}
    assert axes.patches[0].get_facecolor() == (1, 0, 0, 1)


def test_the_reachable_monitor_is_the_default(monitor):
    assert len(hist_plot().patches) == 3
    other = Histogram(monitor.source)
    with pytest.raises(ModelError, match="there are 2 histogram monitors"):
        hist_plot()


def test_nothing_to_plot_is_said():
    with pytest.raises(ModelError, match="no histogram monitor"):
        hist_plot()
