"""Lines over the last stretch of time, on an axis that follows their values."""

from abc import ABC, abstractmethod

import bqplot
import numpy as np

from brian_nb.widgets.views.frame import Frame
from brian_nb.widgets.views.palette import LIVE_COLOURS

FARTHEST = 1e30
"""Values of a run that diverges are cut here, so that an axis can still be drawn."""

_MARGIN = 0.06
_SHRINK = 0.5
"""The vertical axis follows inwards only when it is twice as long as needed."""


class LineView(ABC):
    """A figure with lines; what they show is said by `collect` of the classes made from it.

    Parameters
    ----------
    monitors : sequence of monitors
        One mark each.
    label : str
        What the vertical axis shows, with its unit.
    height : int
        Pixels.
    """

    def __init__(self, monitors, label, height):
        self.monitors = tuple(monitors)
        self.frame = Frame(label, height)
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

    @abstractmethod
    def collect(self, monitor, now, window):
        """What to draw of a monitor, of the last `window` seconds before `now`.

        Returns
        -------
        x : float64[n], millisecond
        y : float64[n_lines, n], in the unit of the axis
        """

    def draw(self, now, window):
        """Show the last `window` seconds before `now`."""
        drawn = [self.collect(monitor, now, window) for monitor in self.monitors]
        self._fit([y for _, y in drawn if y.size])
        self.frame.show_window(max(0.0, now - window), max(now, window))
        for line, (x, y) in zip(self._lines, drawn, strict=True):
            with line.hold_sync():
                line.x, line.y = (part.astype(np.float32) for part in _or_nothing(x, y))

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


def _or_nothing(x, y):
    """Lines, or where there are no points, lines without length: the page takes no empty ones."""
    return (x, y) if y.size else (np.zeros(2), np.zeros((max(1, len(y)), 2)))
