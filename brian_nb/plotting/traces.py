"""Recorded variables over time."""

import numpy as np

from brian_nb.plotting.figures import finish_axes, open_axes
from brian_nb.plotting.following import follow
from brian_nb.plotting.style import NEURON_COLOURS
from brian_nb.units import choose_unit

_MAX_LEGEND = 12
"""More lines than this cannot be told apart by a legend."""


def plot_states(monitor, indices=None, cmap=None, refresh=None, showlast=None, redraw=True):
    """Plot what a state monitor has recorded, one line for each neuron, into the present axes.

    Parameters
    ----------
    monitor : StateMonitor
    indices : int or list of int, optional
        Neurons; all that were recorded if omitted.
    cmap : str or matplotlib.colors.Colormap, optional
        Colours of the lines, from its beginning to its end.
    refresh, showlast : Quantity, second, optional
    redraw : bool
        How the figure follows a run; see `raster_plot`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    IndexError
        A neuron was not recorded.
    ModelError
        The monitor keeps statistics only.
    """
    neurons = monitor.neurons if indices is None else np.atleast_1d(indices)
    traces = [monitor[neuron] for neuron in neurons]
    unit = _choose_unit(monitor, traces)
    axes = open_axes(newfigure=False)
    lines = [
        axes.plot(monitor.times * 1e3, trace / float(unit), color=colour)[0]
        for trace, colour in zip(traces, _choose_colours(cmap, len(neurons)), strict=True)
    ]
    for neuron, line in zip(neurons, lines, strict=True):
        line.set_label(f"{monitor.variable}[{neuron}]")
    if len(lines) <= _MAX_LEGEND:
        axes.legend(loc="upper right")
    finish_axes(axes, False, "", "Time (ms)", _write_label(monitor.variable, unit))

    def update(since):
        times = monitor.times
        first = np.searchsorted(times, since)
        for neuron, line in zip(neurons, lines, strict=True):
            line.set_data(times[first:] * 1e3, monitor[neuron][first:] / float(unit))
        axes.relim()
        axes.autoscale_view(scalex=False)

    if refresh is not None:
        follow(monitor, axes, update, refresh, showlast, redraw)
    return axes


def _choose_unit(monitor, traces):
    """The unit of the largest value; before a run, of the values that the neurons have."""
    values = np.concatenate([*traces, np.ravel(getattr(monitor.source, monitor.variable))])
    size = np.max(np.abs(values), initial=0.0, where=np.isfinite(values))
    dimension = monitor.source.owner.system.dimension_of(monitor.variable)
    return 1.0 if dimension.is_dimensionless else choose_unit(dimension, float(size))


def _choose_colours(cmap, n_lines):
    if cmap is None:
        return [NEURON_COLOURS[k % len(NEURON_COLOURS)] for k in range(n_lines)]
    from matplotlib import colormaps

    return (colormaps[cmap] if isinstance(cmap, str) else cmap)(np.linspace(0, 1, n_lines))


def _write_label(name, unit):
    return f"{name} ({unit.display})" if hasattr(unit, "display") else name
