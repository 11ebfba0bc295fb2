"""An empty figure with a time axis that moves on."""

import bqplot
import numpy as np
from ipywidgets import Layout

from brian_nb.widgets.limits import round_up

_MARGIN = {"top": 12, "bottom": 38, "left": 70, "right": 26}
_MS = 1e3
MAX_TICKS = 5
TICK_FORMAT = "~g"
"""As many digits as it takes to tell ticks apart, in the language of d3-format."""
TIME_FORMAT = "~f"
"""The same without powers of ten: after minutes these would hide what changes."""


class Frame:
    """Axes of a view: time in milliseconds below, something else at the left.

    Parameters
    ----------
    label : str
        What the vertical axis shows, with its unit.
    height : int
        Pixels.
    """

    def __init__(self, label, height):
        self.x = bqplot.LinearScale(min=0.0, max=1.0, allow_padding=False)
        self.y = bqplot.LinearScale(min=0.0, max=1.0, allow_padding=False)
        self._level = bqplot.Axis(
            scale=self.x,
            label="time (ms)",
            grid_lines="none",
            label_offset="30px",
            tick_format=TIME_FORMAT,
        )
        self._upright = bqplot.Axis(
            scale=self.y,
            label=label,
            orientation="vertical",
            grid_lines="none",
            label_offset="54px",
            tick_format=TICK_FORMAT,
        )
        self.figure = bqplot.Figure(
            axes=[self._level, self._upright],
            fig_margin=_MARGIN,
            padding_y=0.0,
            background_style={"fill": "none"},
            layout=Layout(width="100%", height=f"{height}px", min_width="420px"),
        )
        self.figure.add_class("brian-nb-figure")
        self.show_range(0.0, 1.0)

    @property
    def scales(self):
        """Scales for the marks of the figure."""
        return {"x": self.x, "y": self.y}

    def show_window(self, begin, end):
        """Let the time axis go from `begin` to `end`, in seconds."""
        with self.x.hold_sync():
            self.x.min, self.x.max = begin * _MS, end * _MS
        self._level.tick_values = choose_ticks(begin * _MS, end * _MS)

    def show_range(self, low, high):
        """Let the vertical axis go from `low` to `high`."""
        with self.y.hold_sync():
            self.y.min, self.y.max = float(low), float(high)
        self._upright.tick_values = choose_ticks(low, high)


def choose_ticks(low, high):
    """At most six round values within a range.

    Returns
    -------
    float64[n]
    """
    step = round_up((high - low) / MAX_TICKS)
    return np.arange(np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9) + 1) * step
