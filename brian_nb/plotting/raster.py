"""Raster plots."""

import numpy as np

from brian_nb.errors import ModelError
from brian_nb.network.monitors import SpikeMonitor
from brian_nb.network.scope import find_reachable
from brian_nb.plotting.style import NEURON_COLOURS

MAX_TICK_NEURONS = 200
"""Up to this many neurons a spike is a vertical tick, beyond it a dot."""


def raster_plot(
    *monitors,
    newfigure=True,
    showgrouplines=False,
    grouplinecol="k",
    spacebetweengroups=0.0,
    title="",
    xlabel="Time (ms)",
    ylabel=None,
    **options,
):
    """Plot spikes as marks at their times, one row for each neuron.

    Parameters
    ----------
    *monitors : SpikeMonitor
        All that the caller can reach by name if none is given; several are stacked.
    newfigure : bool
        False draws into the present axes.
    showgrouplines : bool
        Draw lines between the groups.
    grouplinecol : colour
    spacebetweengroups : float
        Gap between groups, as a share of one group's height, from 0 to 1.
    title, xlabel, ylabel : str
    **options
        Passed on to Matplotlib's `plot`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ModelError
        There is no spike monitor to plot.
    """
    from matplotlib import pyplot

    chosen = list(monitors) or list(find_reachable(SpikeMonitor))
    if not chosen:
        raise ModelError(
            "there is no spike monitor to plot",
            hint="make one before the run: M = SpikeMonitor(group)",
        )
    axes = pyplot.figure().gca() if newfigure else pyplot.gca()
    edges = _stack(chosen, spacebetweengroups)
    for monitor, bottom, colour in zip(chosen, edges, NEURON_COLOURS * len(chosen), strict=False):
        _draw(axes, monitor, bottom, {"color": colour, **options})
    if showgrouplines:
        for edge in edges[1:]:
            axes.axhline(edge - 0.5, color=grouplinecol, linewidth=0.8)
    top = edges[-1] + chosen[-1].source.size
    axes.set(title=title, xlabel=xlabel, ylabel=ylabel or _neuron_label(chosen))
    axes.set_ylim(-0.5, top - 0.5)
    return axes


def _stack(monitors, gap):
    """Row at which each monitor's neuron 0 stands."""
    sizes = [monitor.source.size for monitor in monitors]
    steps = [size * (1 + gap) for size in sizes[:-1]]
    return np.concatenate([[0.0], np.cumsum(steps)])


def _draw(axes, monitor, bottom, options):
    neurons, times = monitor.recording.read()
    few = monitor.source.size <= MAX_TICK_NEURONS
    marks = {"marker": "|", "markersize": 4} if few else {"marker": ".", "markersize": 2}
    style = {"linestyle": "none", "markeredgewidth": 0.8 if few else 0, **marks, **options}
    axes.plot(times * 1e3, neurons + bottom, **style)


def _neuron_label(monitors):
    if len(monitors) == 1:
        return "Neuron number"
    return "Neuron number, group by group"
