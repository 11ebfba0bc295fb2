"""Figures that follow a run."""

import threading

from brian_nb.network.clock import EventClock
from brian_nb.network.display import show_figure
from brian_nb.network.quantities import to_si
from brian_nb.units import ALL_UNITS, get_dimension

_SECOND = ALL_UNITS["second"]
_TIME = get_dimension(_SECOND)


class LivePlot:
    """A figure that is brought up to date now and then, while a network runs.

    `Monitor.add_live_plot` lets all networks with the monitor do so. The time loop is left for it,
    and waits until the figure is drawn; what it shows ends with the step that is being done. The
    figure is drawn if pyplot is in interactive mode, see ``ion()``: in its window or widget, or in
    the output of the cell that runs. A run in another thread than the main one, such as that of
    ``live()``, brings only the data up to date: no window may be drawn from there.

    Parameters
    ----------
    monitor : Monitor
        What the figure shows; the first refresh is one period after the present time of its clock.
    refresh : Quantity, second
        Biological time between two refreshes.
    figure : matplotlib.figure.Figure
        Made by pyplot.
    update : callable
        Brings the data of the figure up to date, without arguments.
    redraw : bool
        Whether to draw the figure then; one of several plots in a figure is enough.

    Attributes
    ----------
    clock : EventClock

    Raises
    ------
    DimensionMismatchError, ModelError
        `refresh` is no time, or not positive.
    """

    def __init__(self, monitor, refresh, figure, update, redraw=True):
        period = float(to_si(refresh, _TIME, "refresh"))
        timebase = monitor.clock.timebase
        wait = max(0.0, period - timebase.dt)  # in the last step of a period, not after it
        self.clock = EventClock(dt=period * _SECOND, t=(timebase.t + wait) * _SECOND)
        self._figure = figure.canvas.figure  # that of a subfigure is the whole one
        self._update, self._redraw = update, redraw

    def refresh(self):
        """Bring the figure up to date, unless it was closed."""
        from matplotlib import pyplot

        if not pyplot.fignum_exists(self._figure.number):
            return
        self._update()
        is_main = threading.current_thread() is threading.main_thread()
        if self._redraw and is_main and pyplot.isinteractive():
            show_figure(self._figure)


def read_window(showlast):
    """How much of the last time a figure shows, in seconds; None for all.

    Raises
    ------
    DimensionMismatchError
        It is no time.
    """
    return None if showlast is None else float(to_si(showlast, _TIME, "showlast"))
