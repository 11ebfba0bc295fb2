"""Lines of recorded values in Matplotlib axes."""

import numpy as np

from brian_nb.network.monitors.live_plot import read_window
from brian_nb.network.numbers import to_index
from brian_nb.units import name_dimension

_MAX_LEGEND = 10
"""With more lines than this there is no legend: it would hide them."""


class TracePlot:
    """Values of neurons over time, which can be brought up to date.

    Parameters
    ----------
    monitor : StateMonitor
        It keeps values.
    indices : int, list of int or None
        Neurons; all that are recorded if None.
    cmap : str, Colormap or None
    showlast : Quantity, second, or None
        Show only so much time up to the last record.

    Attributes
    ----------
    axes : matplotlib.axes.Axes
        The present ones of pyplot.
    """

    def __init__(self, monitor, indices, cmap, showlast):
        from matplotlib import pyplot

        self._monitor, self._window = monitor, read_window(showlast)
        neurons = _choose_neurons(monitor, indices)
        self._columns = [_find_column(monitor, neuron) for neuron in neurons]
        colours = [{}] * len(neurons)
        if cmap is not None:
            shades = pyplot.get_cmap(cmap)(np.linspace(0, 1, len(neurons)))
            colours = [{"color": shade} for shade in shades]
        self.axes = pyplot.gca()
        self._lines = list(self._draw_lines(neurons, colours))
        self._label_axes()
        self.update()

    @property
    def figure(self):
        """The figure of the axes."""
        return self.axes.figure

    def update(self):
        """Show what is recorded now."""
        times, records = self._read()
        for line, column in zip(self._lines, self._columns, strict=True):
            line.set_data(times, records[:, column])
        self.axes.relim()
        self.axes.autoscale_view()
        if self._window is not None and len(times):
            self.axes.set_xlim(times[-1] - self._window, times[-1])

    def _read(self):
        recording = self._monitor.recording
        if self._window is None:
            return recording.read()
        interval = self._monitor.clock.timebase.dt * self._monitor.timestep
        return recording.tail(int(self._window / interval) + 2)

    def _draw_lines(self, neurons, colours):
        for neuron, colour in zip(neurons, colours, strict=True):
            label = f"{self._monitor.variable}[{neuron}]"
            yield from self.axes.plot([], [], label=label, **colour)

    def _label_axes(self):
        variable = self._monitor.variable
        dimension = self._monitor.source.owner.system.dimension_of(variable)
        unit = "" if dimension.is_dimensionless else f" ({name_dimension(dimension)})"
        self.axes.set(xlabel="Time (s)", ylabel=variable + unit)
        if len(self.axes.get_lines()) <= _MAX_LEGEND:
            self.axes.legend()


def _choose_neurons(monitor, indices):
    if indices is None:
        return monitor.neurons.tolist()
    return [to_index(neuron) for neuron in np.atleast_1d(np.asarray(indices))]


def _find_column(monitor, neuron):
    (columns,) = np.nonzero(monitor.neurons == neuron)
    if not len(columns):
        raise IndexError(f"{monitor.describe()} does not record neuron {neuron}")
    return columns[0]
