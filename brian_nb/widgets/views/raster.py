"""Raster of the last spikes: a picture on axes, redrawn in a few milliseconds."""

import bqplot
import numpy as np
from ipywidgets import Image

from brian_nb.widgets.views.frame import Frame
from brian_nb.widgets.views.palette import LIVE_COLOURS
from brian_nb.widgets.views.png import encode_png
from brian_nb.widgets.views.window import read_window

WIDTH, HEIGHT = 520, 260
"""Pixels of the picture: about those of the screen, so that a spike stays one crisp dot."""

FEW_SPIKES, MANY_SPIKES = 6_000, 9_000
"""Spikes in a window below which dots become two pixels wide and high, and above which one pixel;
in between they stay as they are, so that the picture does not flicker."""

MAX_SPIKES = 400_000
"""More spikes than this in a window are not looked at; the picture would be full anyway."""

_EMPTY = encode_png(np.zeros((1, 1), np.uint8), LIVE_COLOURS)


class Raster:
    """Spikes of some monitors over time, stacked, with a colour for each band of neurons.

    Parameters
    ----------
    monitors : sequence of SpikeMonitor
    bands : dict of SpikeMonitor to list of int, optional
        First neurons of bands within a monitor that get colours of their own.
    height : int
        Pixels of the figure.
    """

    def __init__(self, monitors, bands=None, height=300):
        self.monitors = tuple(monitors)
        self._stack = _stack(self.monitors, bands or {})
        self._dot = 2
        self.n_rows = sum(monitor.source.size for monitor in self.monitors)
        self.frame = Frame("neuron", height)
        self._pictures = [Image(value=_EMPTY, format="png") for _ in range(2)]
        self._mark = bqplot.Image(
            image=self._pictures[0],
            pixelated=False,
            scales=self.frame.scales,
            x=[0.0, 1.0],
            y=[-0.5, self.n_rows - 0.5],
        )
        self.frame.show_range(-0.5, self.n_rows - 0.5)
        self.frame.figure.marks = [self._mark]

    @property
    def figure(self):
        """The bqplot figure."""
        return self.frame.figure

    def draw(self, now, window):
        """Show the spikes of the last `window` seconds before `now`."""
        begin, end = align_window(now, window, WIDTH)
        spikes = self._collect(begin, now)
        n_spikes = len(spikes[0])
        if not FEW_SPIKES <= n_spikes <= MANY_SPIKES:
            self._dot = 2 if n_spikes < FEW_SPIKES else 1
        pixels = paint_spikes(*spikes, begin, end, self.n_rows, self._dot)
        self._show(encode_png(pixels, LIVE_COLOURS), begin, end)

    def _show(self, png, begin, end):
        """Put a picture in place; the mark looks at it only when it is given another widget.

        The axis comes first: should the page paint in between, the old picture is still in place.
        """
        self._pictures.reverse()
        self._pictures[0].value = png
        self.frame.show_window(begin, end)
        with self._mark.hold_sync():
            self._mark.x = np.array([begin, end]) * 1e3
            self._mark.image = self._pictures[0]

    def _collect(self, begin, now):
        """Rows, times and colours of all spikes from a time until now."""
        rows, times, colours = [], [], []
        for monitor, first, edges, colour in self._stack:
            when, neurons = read_window(monitor.recording, begin, now, at_most=MAX_SPIKES)
            rows.append(neurons + first)
            times.append(when)
            colours.append(colour + np.searchsorted(edges, neurons, "right"))
        return np.concatenate(rows), np.concatenate(times), np.concatenate(colours)


def align_window(now, window, width):
    """Begin and end of a window of `width` columns that ends no earlier than `now`.

    Both lie on the grid of the columns, so that a spike keeps its column while the window moves.
    """
    column = window / width
    last = np.ceil(now / column - 1e-9) * column
    end = max(float(last), window)
    return end - window, end


def paint_spikes(rows, times, colours, begin, end, n_rows, dot=1):
    """Paint spikes as dots, or as upright ticks where neurons have room for them.

    Parameters
    ----------
    rows : int[n]
        From 0 at the bottom.
    times : float64[n], second
    colours : int[n]
        Numbers from 1.
    begin, end : float, second
    n_rows : int
    dot : int
        Pixels of the width of a spike, and of its height where neurons have no more room.

    Returns
    -------
    uint8[height, WIDTH]
        Row 0 is the top.
    """
    per_neuron = max(1, HEIGHT // n_rows)
    height = n_rows * per_neuron if per_neuron > 1 else min(n_rows, HEIGHT)
    pixels = np.zeros((height, WIDTH), np.uint8)
    x = ((times - begin) * (WIDTH / (end - begin))).astype(np.int64)
    top = height - 1 - (rows.astype(np.int64) * height) // n_rows
    x, top, colours = (part[(x >= 0) & (x < WIDTH)] for part in (x, top, colours))
    tall = max(dot, per_neuron - per_neuron // 4)
    for dx in range(dot):
        column = np.minimum(x + dx, WIDTH - 1)
        for dy in range(tall):
            pixels[np.maximum(top - dy, 0), column] = colours
    return pixels


def _stack(monitors, bands):
    """Each monitor with its first row, the edges of its bands and its first colour."""
    stacked, first, colour = [], 0, 1
    for monitor in monitors:
        edges = np.asarray(bands.get(monitor, ()), np.int64)
        stacked.append((monitor, first, edges, colour))
        first += monitor.source.size
        colour = (colour + len(edges)) % len(LIVE_COLOURS) + 1
    return stacked
