"""Histograms of what monitors have counted."""

import numpy as np

from brian_nb.errors import ModelError
from brian_nb.plotting.figures import find_monitors, finish_axes, open_axes
from brian_nb.plotting.style import NEURON_COLOURS
from brian_nb.units import qarray


def hist_plot(
    histmon=None,
    showplot=False,
    newfigure=True,
    xlabel="Interval (ms)",
    ylabel="Count",
    title="",
    **plotoptions,
):
    """Plot a histogram of times as bars.

    The last count is left out: its bin has no upper end.

    Parameters
    ----------
    histmon : ISIHistogramMonitor, optional
        A monitor with the lower bounds of its bins, in seconds, in ``bins``, and as many numbers
        in ``count``; the one that the caller can reach by name if omitted.
    showplot : bool
        Show all figures afterwards.
    newfigure : bool
        False draws into the present axes.
    xlabel, ylabel, title : str
    **plotoptions
        Passed on to Matplotlib's `bar`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ModelError
        There is no histogram monitor to plot, or there are several.
    """
    monitor = _find_histogram() if histmon is None else histmon
    bounds, counts = qarray(monitor.bins) * 1e3, np.asarray(monitor.count)
    axes = open_axes(newfigure)
    style = {"align": "edge", "width": np.diff(bounds), "color": NEURON_COLOURS[0]}
    axes.bar(bounds[:-1], counts[:-1], **{**style, **plotoptions})
    finish_axes(axes, showplot, title, xlabel, ylabel)
    return axes


def _find_histogram():
    found = find_monitors(
        "histogram monitor",
        lambda item: hasattr(item, "bins") and hasattr(item, "count"),
        "make one before the run: H = ISIHistogramMonitor(group, bins)",
    )
    if len(found) > 1:
        raise ModelError(
            f"there are {len(found)} histogram monitors", hint="say which one: hist_plot(H)"
        )
    return found[0]
