"""Traces of a recorded variable over the last stretch of time."""

import numpy as np

from brian_nb.widgets.parameters import choose_display_unit
from brian_nb.widgets.views.lines import FARTHEST, LineView
from brian_nb.widgets.views.window import read_window

MAX_POINTS = 1000
"""Points of a line: more than there are pixels, few enough for the page."""

MAX_LINES = 5


class Traces(LineView):
    """Lines of the first few neurons of monitors of one variable.

    Parameters
    ----------
    monitors : sequence of StateMonitor
        Of variables of one dimension.
    height : int
        Pixels of the figure.
    """

    def __init__(self, monitors, height=210):
        self._unit = choose_display_unit(_dimension_of(monitors[0]), 0.0)
        super().__init__(monitors, _write_label(monitors, self._unit), height)

    def collect(self, monitor, now, window):
        dt = monitor.clock.timebase.dt * monitor.timestep
        n_records = int(window / dt) + 2
        times, values = read_window(monitor.recording, now - window, now, n_records)
        shown = np.clip(values[:, :MAX_LINES].T / float(self._unit), -FARTHEST, FARTHEST)
        return decimate(times * 1e3, shown)


def decimate(times, values, max_points=MAX_POINTS):
    """Reduce lines to the smallest and the largest value of each stretch.

    Parameters
    ----------
    times : float64[n]
    values : float64[n_lines, n]

    Returns
    -------
    times : float64[m]
    values : float64[n_lines, m]
        With ``m <= max_points``; no peak is lost.
    """
    n = len(times)
    if n <= max_points:
        return times, values
    stretch = -(-n // (max_points // 2))
    starts = np.arange(0, n, stretch)
    low = np.minimum.reduceat(values, starts, axis=1)
    high = np.maximum.reduceat(values, starts, axis=1)
    both = np.stack([low, high], axis=2).reshape(len(values), -1)
    middles = np.minimum(starts + stretch // 2, n - 1)
    return np.stack([times[starts], times[middles]], axis=1).ravel(), both


def _dimension_of(monitor):
    return monitor.source.owner.system.dimension_of(monitor.variable)


def _write_label(monitors, unit):
    names = ", ".join(dict.fromkeys(monitor.variable for monitor in monitors))
    written = getattr(unit, "display", "")
    return f"{names} ({written})" if written else names
