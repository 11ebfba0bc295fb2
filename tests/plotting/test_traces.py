"""Traces show what a state monitor has recorded, in a unit that suits it."""

import numpy as np
import pytest
from matplotlib import colormaps

from brian_nb import Network, NeuronGroup, StateMonitor
from brian_nb.errors import ModelError
from brian_nb.plotting import plot_states
from brian_nb.units import ms, mV


@pytest.fixture
def monitor():
    group = NeuronGroup(5, "dv/dt = (30*mV - v)/(10*ms) : volt")
    group.v = np.arange(5) * mV
    made = StateMonitor(group, "v", record=[1, 3])
    Network(made).run(20 * ms)
    return made


def test_lines_are_times_in_ms_and_values_in_a_fitting_unit(monitor):
    axes = plot_states(monitor)
    first, second = axes.lines
    assert np.allclose(first.get_xdata(), monitor.times * 1e3)
    assert np.allclose(second.get_ydata(), monitor[3] * 1e3)
    assert axes.get_ylabel() == "v (mV)" and axes.get_xlabel() == "Time (ms)"
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["v[1]", "v[3]"]


@pytest.mark.parametrize("indices", [3, [3]])
def test_neurons_can_be_chosen(monitor, indices):
    (line,) = plot_states(monitor, indices).lines
    assert np.allclose(line.get_ydata(), monitor[3] * 1e3)
    with pytest.raises(IndexError):
        plot_states(monitor, 0)


@pytest.mark.parametrize("cmap", ["viridis", colormaps["viridis"]])
def test_colours_come_from_a_map(monitor, cmap):
    first, last = plot_states(monitor, cmap=cmap).lines
    assert first.get_color() == pytest.approx(colormaps["viridis"](0.0))
    assert last.get_color() == pytest.approx(colormaps["viridis"](1.0))


def test_statistics_are_no_traces(monitor):
    statistics = StateMonitor(monitor.source, "v")
    with pytest.raises(ModelError, match="keeps statistics only"):
        plot_states(statistics)
