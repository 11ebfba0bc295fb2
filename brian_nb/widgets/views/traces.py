"""Traces of a recorded variable over the last stretch of time."""

import bqplot
import numpy as np

from brian_nb.widgets.parameters import choose_display_unit
from brian_nb.widgets.views.frame import Frame
from brian_nb.widgets.views.palette import LIVE_COLOURS

MAX_POINTS = 1000
"""Points of a line: more than there are pixels, few enough for the page."""

MAX_LINES = 5
_FARTHEST = 1e30
"""Values of a run that diverges are cut here, so that an axis can still be drawn."""
_MARGIN = 0.06
_SHRINK = 0.5
"""The vertical axis follows inwards only when it is twice as long as needed."""


class Traces:
    """Lines of the first few neurons of monitors of one variable.

    Parameters
    ----------
    monitors : sequence of StateMonitor
        Of variables of one dimension.
    height : int
        Pixels of the figure.
    """

    def __init__(self, monitors, height=210):
        self.monitors = tuple(monitors)
        self._dimension = _dimension_of(self.monitors[0])
        self._unit = choose_display_unit(self._dimension, 0.0)
        self.frame = Frame(self._write_label(), height)
        self._lines = [
            bqplot.Lines(
                x=np.zeros(2, np.float32),
                y=np.zeros((1, 2), np.float32),
                scales=self.frame.scales,
                colors=LIVE_COLOURS[k:] + LIVE_COLOURS[:k],
                stroke_width=1.3,
            )
            for k in range(len(self.monitors))
        ]
        self._range = None
        self.frame.figure.marks = self._lines

    @property
    def figure(self):
        """The bqplot figure."""
        return self.frame.figure

    def draw(self, now, window):
        """Show the last `window` seconds before `now`."""
        begin, end = max(0.0, now - window), max(now, window)
        drawn = [self._collect(monitor, begin) for monitor in self.monitors]
        self._fit([y for _, y in drawn if y.size])
        self.frame.show_window(begin, end)
        for line, (x, y) in zip(self._lines, drawn, strict=True):
            if y.size:
                with line.hold_sync():
                    line.x, line.y = x, y

    def _collect(self, monitor, begin):
        dt = monitor.source.owner.clock.timebase.dt * monitor.timestep
        now = monitor.source.owner.clock.timebase.t
        n_rows = int((now - begin) / dt) + 2
        times, values = monitor.recording.tail(n_rows)
        first = np.searchsorted(times, begin)
        shown = np.clip(values[first:, :MAX_LINES].T / float(self._unit), -_FARTHEST, _FARTHEST)
        x, y = decimate(times[first:] * 1e3, shown)
        return x.astype(np.float32), y.astype(np.float32)

    def _fit(self, lines):
        if not lines:
            return
        low = min(float(y.min()) for y in lines)
        high = max(float(y.max()) for y in lines)
        margin = _MARGIN * (high - low) or 0.5 * abs(high) or 1.0
        low, high = low - margin, high + margin
        if self._range is None or not self._holds(low, high, margin):
            self._range = low, high
            self.frame.show_range(low, high)

    def _holds(self, low, high, margin):
        bottom, top = self._range
        inside = bottom <= low + margin and top >= high - margin
        return inside and high - low > _SHRINK * (top - bottom)

    def _write_label(self):
        names = ", ".join(dict.fromkeys(monitor.variable for monitor in self.monitors))
        unit = getattr(self._unit, "display", "")
        return f"{names} ({unit})" if unit else names


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
