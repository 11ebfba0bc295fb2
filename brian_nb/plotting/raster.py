"""Raster plots."""

import numpy as np

from brian_nb.errors import ModelError
from brian_nb.network.monitors import LivePlot, SpikeMonitor
from brian_nb.network.monitors.live_plot import read_window
from brian_nb.plotting.figures import find_monitors, finish_axes, open_axes
from brian_nb.plotting.style import NEURON_COLOURS

MAX_TICK_NEURONS = 200
"""Up to this many neurons a spike is a vertical tick, beyond it a dot."""

_MARGIN = 0.02
"""Free space below and above, as a share of the height of a group."""


def raster_plot(
    *monitors,
    showplot=False,
    newfigure=False,
    xlabel="Time (ms)",
    ylabel=None,
    title="",
    showgrouplines=False,
    grouplinecol="k",
    spacebetweengroups=0.0,
    refresh=None,
    showlast=None,
    redraw=True,
    **plotoptions,
):
    """Plot spikes as marks at their times, one row for each neuron.

    Parameters
    ----------
    *monitors : SpikeMonitor
        All that the caller can reach by name if none is given. With several, neuron n of the m
        neurons of monitor i stands at ``i + n/m``.
    showplot : bool
        Show all figures afterwards.
    newfigure : bool
        Draw into a new figure instead of the present axes.
    xlabel, ylabel, title : str
    showgrouplines : bool
        Draw lines between the groups.
    grouplinecol : colour
    spacebetweengroups : float
        Gap between groups, as a share of the height that a group has, from 0 to below 1.
    refresh : Quantity, second, optional
        Follow the run: redraw each time that so much biological time has passed, see `LivePlot`.
    showlast : Quantity, second, optional
        Show only so much time up to the last step.
    redraw : bool
        False for all but one of several plots that follow a run in the same figure.
    **plotoptions
        Passed on to Matplotlib's `plot`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ModelError
        There is no spike monitor to plot, the gap is not below 1, or `refresh` is not positive.
    DimensionMismatchError
        `refresh` or `showlast` is no time.
    """
    chosen = list(monitors) or _find_spike_monitors()
    if not 0 <= spacebetweengroups < 1:
        raise ModelError(
            f"spacebetweengroups must be from 0 to below 1, not {spacebetweengroups!r}"
        )
    window = read_window(showlast)
    axes = open_axes(newfigure)
    raster = _Raster(axes, chosen, spacebetweengroups, window, plotoptions)
    if showgrouplines:
        raster.draw_lines(color=grouplinecol, linewidth=0.8)
    if refresh is not None:
        chosen[0].add_live_plot(LivePlot(chosen[0], refresh, axes.figure, raster.update, redraw))
    label = "Neuron number" if len(chosen) == 1 else "Group number"
    finish_axes(axes, showplot, title, xlabel, label if ylabel is None else ylabel)
    return axes


def _find_spike_monitors():
    return find_monitors(
        "spike monitor",
        lambda item: isinstance(item, SpikeMonitor) and item.recording.keep,
        "make one before the run: M = SpikeMonitor(group)",
    )


class _Raster:
    """The marks of all monitors in one pair of axes, which can be brought up to date."""

    def __init__(self, axes, monitors, gap, window, plotoptions):
        self._axes, self._gap, self._window = axes, gap, window
        self._timebase = monitors[0].clock.timebase
        self._groups = [
            _Group(axes, monitor, place, 1 - gap if len(monitors) > 1 else None, plotoptions)
            for place, monitor in enumerate(monitors)
        ]
        axes.set_ylim(*_find_limits(monitors))
        axes.yaxis.get_major_locator().set_params(integer=True)
        if window is not None:
            self.update()

    def draw_lines(self, **style):
        """Draw lines between the groups."""
        for place in range(1, len(self._groups)):
            self._axes.axhline(place - self._gap / 2, **style)

    def update(self):
        """Show what is recorded now."""
        now = self._timebase.t - self._timebase.dt  # the last step that was done
        since = -np.inf if self._window is None else now - self._window
        for group in self._groups:
            group.update(since)
        if self._window is None:
            self._axes.relim()
            self._axes.autoscale_view(scaley=False)
        else:
            self._axes.set_xlim(since * 1e3, now * 1e3)


class _Group:
    """The marks of one monitor, in its own rows."""

    def __init__(self, axes, monitor, place, height, plotoptions):
        self._monitor, self._place, self._height = monitor, place, height
        few = monitor.source.size <= MAX_TICK_NEURONS
        marks = {"marker": "|", "markersize": 4} if few else {"marker": ".", "markersize": 2}
        colour = NEURON_COLOURS[place % len(NEURON_COLOURS)]
        style = {"linestyle": "none", "markeredgewidth": 0.8 if few else 0, "color": colour}
        times, rows = self._find_marks(-np.inf)
        (self._line,) = axes.plot(times, rows, **_override(style | marks, plotoptions))

    def update(self, since):
        """Show the spikes from some time on, in seconds."""
        self._line.set_data(*self._find_marks(since))

    def _find_marks(self, since):
        """Times in ms, and rows, of the spikes from some time on."""
        neurons, times = self._monitor.recording.read()
        first = np.searchsorted(times, since)
        neurons, times = neurons[first:], times[first:]
        if self._height is None:
            return times * 1e3, neurons
        return times * 1e3, self._place + self._height * neurons / self._monitor.source.size


def _override(style, options):
    """A style with a user's options in its place, however these are abbreviated."""
    from matplotlib.cbook import normalize_kwargs
    from matplotlib.lines import Line2D

    return style | normalize_kwargs(options, Line2D)


def _find_limits(monitors):
    if len(monitors) == 1:
        return -0.5, monitors[0].source.size - 0.5
    return -_MARGIN, len(monitors) + _MARGIN
