"""Figures of monitors, at rest and during a run."""

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402
from matplotlib.backend_bases import FigureManagerBase  # noqa: E402

from brian_nb import (  # noqa: E402
    MultiStateMonitor,
    Network,
    NeuronGroup,
    RecentStateMonitor,
    StateMonitor,
)
from brian_nb.errors import ModelError  # noqa: E402
from brian_nb.network.monitors import LivePlot, live_plot  # noqa: E402
from brian_nb.units import ALL_UNITS  # noqa: E402

mV, ms = ALL_UNITS["mV"], ALL_UNITS["ms"]


@pytest.fixture(autouse=True)
def pyplot_state():
    yield
    pyplot.ioff()
    pyplot.close("all")


@pytest.fixture
def group():
    G = NeuronGroup(3, "dv/dt = slope : volt\nslope : volt/second\nw : 1")
    G.slope = [1, 2, 3]
    return G


@pytest.fixture
def drawn(monkeypatch):
    """Figures that were drawn during runs, in their order, with what their first line ended at."""
    found = []

    def note(figure):
        found.append((figure, figure.axes[0].get_lines()[0].get_xdata()[-1]))

    monkeypatch.setattr(live_plot, "show_figure", note)
    return found


def test_lines_are_the_recorded_values_in_si_units(group):
    M = StateMonitor(group, "v", record=[0, 2])
    Network(M).run(5 * ms)
    axes = M.plot()
    first, second = axes.get_lines()
    assert np.array_equal(first.get_xdata(), M.times)
    assert np.array_equal(second.get_ydata(), M[2])
    assert [line.get_label() for line in axes.get_lines()] == ["v[0]", "v[2]"]
    assert axes.get_legend() is not None
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("Time (s)", "v (volt)")
    assert axes is pyplot.gca()


@pytest.mark.parametrize("indices", [2, [2, 0], np.array([2, 0])])
def test_some_neurons_in_colours_of_a_map(group, indices):
    M = StateMonitor(group, "v", record=True)
    Network(M).run(1 * ms)
    lines = M.plot(indices, cmap="viridis").get_lines()
    assert np.array_equal(lines[0].get_ydata(), M[2])
    assert len(lines) == np.size(indices)
    assert np.allclose(lines[0].get_color(), pyplot.get_cmap("viridis")(0.0))


def test_only_the_last_stretch_of_time(group):
    M = StateMonitor(group, "v", record=True, timestep=2)
    Network(M).run(20 * ms)
    axes = M.plot(showlast=5 * ms)
    assert axes.get_xlim() == pytest.approx((14.8e-3, 19.8e-3))
    assert axes.get_lines()[0].get_xdata()[0] <= 14.8e-3
    assert len(axes.get_lines()[0].get_xdata()) < 30


def test_recent_values_and_several_variables(group):
    recent = RecentStateMonitor(group, "v", duration=1 * ms)
    several = MultiStateMonitor(group, ("v", "w"), record=[1])
    Network(recent, several).run(3 * ms)
    assert len(recent.plot().get_lines()[1].get_xdata()) == 11
    pyplot.figure()
    axes = several.plot()
    assert [line.get_label() for line in axes.get_lines()] == ["v[1]", "w[1]"]
    assert axes.get_ylabel() == "v, w"


@pytest.mark.parametrize("kind", [StateMonitor, RecentStateMonitor])
def test_a_plot_is_drawn_anew_during_a_run(group, drawn, kind):
    M = kind(group, "v", record=True)
    network = Network(M)
    network.run(1 * ms)
    pyplot.ion()
    axes = M.plot(refresh=2 * ms, showlast=3 * ms)
    network.run(9 * ms)
    assert [figure for figure, _ in drawn] == [axes.figure] * 4
    ends = np.array([time for _, time in drawn])
    assert ends == pytest.approx([2.9e-3, 4.9e-3, 6.9e-3, 8.9e-3])
    assert axes.get_xlim() == pytest.approx((5.9e-3, 8.9e-3))
    assert np.array_equal(axes.get_lines()[1].get_ydata(), axes.get_lines()[1].get_ydata())


def test_without_interactive_mode_only_the_data_follow(group, drawn):
    M = StateMonitor(group, "v", record=True)
    axes = M.plot(refresh=2 * ms)
    Network(M).run(10 * ms)
    assert drawn == []
    assert len(axes.get_lines()[0].get_xdata()) == 100


def test_one_of_two_plots_may_leave_the_drawing_to_the_other(group, drawn):
    M, N = StateMonitor(group, "v", record=True), StateMonitor(group, "w", record=True)
    figure, (above, below) = pyplot.subplots(2)
    pyplot.ion()
    pyplot.sca(above)
    M.plot(refresh=5 * ms, redraw=False)
    pyplot.sca(below)
    N.plot(refresh=5 * ms)
    Network(M, N).run(10 * ms)
    assert [item for item, _ in drawn] == [figure] * 2
    assert len(above.get_lines()[0].get_xdata()) == 100


def test_a_plot_may_stand_in_a_part_of_a_figure(group, drawn):
    M = StateMonitor(group, "v", record=True)
    figure = pyplot.figure()
    pyplot.sca(figure.subfigures(2)[1].subplots())
    pyplot.ion()
    M.plot(refresh=5 * ms)
    Network(M).run(10 * ms)
    assert [item for item, _ in drawn] == [figure] * 2


def test_a_closed_figure_is_left_alone(group, drawn):
    M = StateMonitor(group, "v", record=True)
    pyplot.ion()
    figure = M.plot(refresh=1 * ms).figure
    network = Network(M)
    network.run(2 * ms)
    pyplot.close(figure)
    network.run(2 * ms)
    assert len(drawn) == 2


@pytest.mark.parametrize("has_window", [True, False])
def test_without_a_notebook_a_window_is_drawn_if_there_is_one(group, monkeypatch, has_window):
    class Window(FigureManagerBase):
        """A window that nobody sees."""

    M = StateMonitor(group, "v", record=True)
    pyplot.ion()
    canvas = M.plot(refresh=1 * ms).figure.canvas
    calls = []
    monkeypatch.setattr(canvas, "draw", lambda: calls.append("draw"))
    monkeypatch.setattr(canvas, "flush_events", lambda: calls.append("flush"))
    if has_window:
        canvas.manager.__class__ = Window
    Network(M).run(2 * ms)
    assert calls == ["draw", "flush"] * (2 if has_window else 0)


def test_any_monitor_may_have_figures_that_follow(make_pulses, drawn):
    from brian_nb import SpikeMonitor

    network = make_pulses([3, 14])
    M = SpikeMonitor(network.G)
    network.add(M)
    (line,) = pyplot.plot([0], [0])
    pyplot.ion()
    plot = LivePlot(M, 1 * ms, line.figure, lambda: line.set_data(M[0], M[0]))
    M.add_live_plot(plot)
    network.run(2 * ms)
    assert [time for _, time in drawn] == pytest.approx([3e-4, 14e-4])


def test_what_does_not_fit_is_refused(group):
    M = StateMonitor(group, "v", record=[0])
    with pytest.raises(IndexError, match="does not record neuron 1"):
        M.plot(1)
    with pytest.raises(ModelError, match="positive"):
        M.plot(refresh=0 * ms)
    with pytest.raises(ModelError, match="statistics only"):
        StateMonitor(group, "v").plot()
