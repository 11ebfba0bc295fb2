"""Figures that follow a run are up to date at each refresh, and redrawn where one can see it."""

import numpy as np
import pytest
from matplotlib import pyplot

from brian_nb import Network, NeuronGroup, SpikeMonitor, raster_plot, run
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.plotting import following
from brian_nb.units import ms, mV


@pytest.fixture
def spikes():
    group = NeuronGroup(4, "dv/dt = 1/(1*ms) : 1", threshold="v > 0.95", reset="v = 0")
    return SpikeMonitor(group)


@pytest.fixture
def redrawn(monkeypatch):
    """The figures in the order in which they were redrawn."""
    figures = []
    monkeypatch.setattr(following, "redraw_figure", figures.append)
    return figures


def test_the_last_spikes_are_shown_at_each_refresh(spikes, redrawn):
    axes = raster_plot(spikes, refresh=10 * ms, showlast=20 * ms)
    Network(spikes).run(95 * ms)
    assert redrawn == [axes.figure] * 9  # at the end of the first 10, 20, ... 90 ms
    assert axes.get_xlim() == pytest.approx((70, 90))
    (line,) = axes.lines
    times = spikes.recording.times
    seen = times[(times >= 0.07 - 1e-9) & (times < 0.09 - 1e-9)]
    assert np.allclose(line.get_xdata()[: len(seen)], seen * 1e3)
    assert len(line.get_xdata()) - len(seen) in (0, 4)  # those of the step of the refresh


def test_without_a_window_all_spikes_are_shown(spikes, redrawn):
    axes = raster_plot(spikes, refresh=25 * ms)
    Network(spikes).run(50 * ms)
    low, high = axes.get_xlim()
    assert low < 2 and 49 < high < 55


def test_a_figure_follows_what_is_found_by_name(spikes, redrawn):
    raster_plot(spikes, refresh=10 * ms)
    run(20 * ms)
    run(20 * ms)
    assert len(redrawn) == 4


def test_one_of_several_plots_redraws(spikes, redrawn):
    figure, (upper, lower) = pyplot.subplots(2)
    pyplot.sca(upper)
    raster_plot(spikes, refresh=10 * ms, showlast=20 * ms, redraw=False)
    pyplot.sca(lower)
    raster_plot(spikes, refresh=10 * ms, showlast=20 * ms)
    Network(spikes).run(55 * ms)
    assert redrawn == [figure] * 5
    assert upper.get_xlim() == lower.get_xlim()


def test_a_closed_figure_follows_no_more(spikes, redrawn):
    axes = raster_plot(spikes, refresh=10 * ms)
    pyplot.close(axes.figure)
    Network(spikes).run(30 * ms)
    assert not redrawn


def test_figures_are_redrawn_where_they_are_interactive(spikes, monkeypatch):
    drawn = []
    figure, _ = pyplot.subplots()
    monkeypatch.setattr(figure.canvas, "draw_idle", lambda: drawn.append(True))
    following.redraw_figure(figure)
    assert not drawn
    pyplot.ion()
    following.redraw_figure(figure)
    assert drawn == [True]


def test_in_a_notebook_the_picture_below_the_cell_is_replaced(monkeypatch):
    from brian_nb.widgets import moving_figure

    class Handle:
        def __init__(self):
            self.updates = []
            self.update = self.updates.append

    def show(figure, display_id):
        assert display_id
        handles.append(Handle())
        return handles[-1]

    handles = []
    monkeypatch.setattr(moving_figure, "display", show)
    monkeypatch.setattr(pyplot, "get_backend", lambda: "module://matplotlib_inline.backend_inline")
    figure, _ = pyplot.subplots()
    pyplot.ion()
    for _ in range(3):
        following.redraw_figure(figure)
    (handle,) = handles
    assert handle.updates == [figure, figure]


def test_times_have_units(spikes):
    with pytest.raises(DimensionMismatchError, match="refresh must be in second"):
        raster_plot(spikes, refresh=10)
    with pytest.raises(DimensionMismatchError, match="showlast must be in second"):
        raster_plot(spikes, refresh=10 * ms, showlast=3 * mV)
    with pytest.raises(ModelError, match="positive"):
        raster_plot(spikes, refresh=0 * ms)
