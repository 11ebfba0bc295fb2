"""Raster plots."""

import numpy as np

from brian_nb.errors import ModelError
from brian_nb.network.monitors import SpikeMonitor
from brian_nb.plotting.figures import find_monitors, finish_axes, open_axes
from brian_nb.plotting.following import follow
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
        Follow the run: redraw each time that so much biological time has passed. The figure is
        seen to move where pyplot is interactive (`ion`), or in a notebook.
    showlast : Quantity, second, optional
        How much of the last time is shown while the figure follows a run.
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
        There is no spike monitor to plot, or the gap is not below 1.
    """
    chosen = list(monitors) or _find_spike_monitors()
    if not 0 <= spacebetweengroups < 1:
        raise ModelError(
            f"spacebetweengroups must be from 0 to below 1, not {spacebetweengroups!r}"
        )
    axes = open_axes(newfigure)
    groups = [_Group(axes, place, len(chosen), spacebetweengroups) for place in range(len(chosen))]
    for group, monitor in zip(groups, chosen, strict=True):
        group.draw(monitor, plotoptions)
    if showgrouplines:
        for place in range(1, len(chosen)):
            axes.axhline(place - spacebetweengroups / 2, color=grouplinecol, linewidth=0.8)
    axes.set_ylim(*_find_limits(chosen))
    axes.yaxis.get_major_locator().set_params(integer=True)
    if refresh is not None:
        follow(chosen[0], axes, lambda since: _update(groups, since), refresh, showlast, redraw)
    label = "Neuron number" if len(chosen) == 1 else "Group number"
    finish_axes(axes, showplot, title, xlabel, label if ylabel is None else ylabel)
    return axes


def _find_spike_monitors():
    return find_monitors(
        "spike monitor",
        lambda item: isinstance(item, SpikeMonitor) and item.recording.keep,
        "make one before the run: M = SpikeMonitor(group)",
    )


class _Group:
    """The marks of one monitor, in its own rows."""

    def __init__(self, axes, place, n_groups, gap):
        self._axes = axes
        self._place = place
        self._height = 1 - gap if n_groups > 1 else None

    def draw(self, monitor, plotoptions):
        self._monitor = monitor
        few = monitor.source.size <= MAX_TICK_NEURONS
        marks = {"marker": "|", "markersize": 4} if few else {"marker": ".", "markersize": 2}
        colour = NEURON_COLOURS[self._place % len(NEURON_COLOURS)]
        style = {"linestyle": "none", "markeredgewidth": 0.8 if few else 0, "color": colour}
        times, rows = self._find_marks(-np.inf)
        (self._line,) = self._axes.plot(times, rows, **_override(style | marks, plotoptions))

    def update(self, since):
        self._line.set_data(*self._find_marks(since))

    def _find_marks(self, since):
        """Times in ms, and rows, of the spikes from some time on."""
        neurons, times = self._monitor.recording.read()
        first = np.searchsorted(times, since)
        neurons, times = neurons[first:], times[first:]
        if self._height is None:
            return times * 1e3, neurons
        return times * 1e3, self._place + self._height * neurons / self._monitor.source.size


def _update(groups, since):
    for group in groups:
        group.update(since)


def _override(style, options):
    """A style with a user's options in its place, however these are abbreviated."""
    from matplotlib.cbook import normalize_kwargs
    from matplotlib.lines import Line2D

    return style | normalize_kwargs(options, Line2D)


def _find_limits(monitors):
    if len(monitors) == 1:
        return -0.5, monitors[0].source.size - 0.5
    return -_MARGIN, len(monitors) + _MARGIN
