"""Firing rates of populations over the last stretch of time."""

import numpy as np

from brian_nb.widgets.views.lines import LineView
from brian_nb.widgets.views.window import read_window

N_BINS = 100
"""Bins in a window, unless a time step is longer than that."""


class Rates(LineView):
    """Spikes per neuron and second, in bins that are a hundredth of the window.

    Parameters
    ----------
    monitors : sequence of PopulationRateMonitor
    height : int
        Pixels of the figure.
    """

    def __init__(self, monitors, height=210):
        super().__init__(monitors, "rate (Hz)", height)

    def collect(self, monitor, now, window):
        dt = monitor.clock.timebase.dt
        width = max(1, round(window / N_BINS / dt))
        n_records = int(window / dt) + 2
        times, counts = read_window(monitor.recording, now - window, now, n_records)
        middles, means = bin_counts(np.rint(times / dt).astype(np.int64), counts, width)
        return middles * dt * 1e3, means[np.newaxis] / (dt * monitor.source.size)


def bin_counts(steps, counts, width):
    """Mean counts in whole bins of `width` steps; the bins do not move with the window.

    Parameters
    ----------
    steps : int64[n]
        Ascending.
    counts : int64[n]
    width : int

    Returns
    -------
    middles : float64[m], steps
    means : float64[m], counts per step
        Of the bins for all of whose steps there is a count.
    """
    if not len(steps):
        return np.empty(0), np.empty(0)
    first = steps[0] // width
    places = steps // width - first
    (whole,) = np.nonzero(np.bincount(places) == width)
    sums = np.bincount(places, counts)
    return (first + whole + 0.5) * width, sums[whole] / width
