"""Counts of spikes and of intervals between them, made in place by the time loop."""

import numpy as np

from brian_nb.engine.timebase import TOLERANCE
from brian_nb.kernels import allocate
from brian_nb.model import NEVER
from brian_nb.recordings.recording import Recording


class SpikeCounts(Recording):
    """Number of spikes of each neuron, `n_spikes` int64[size]."""

    def __init__(self, size):
        super().__init__()
        self.n_spikes = allocate(size, np.int64)

    def clear(self):
        """Begin again."""
        with self.held():
            self.n_spikes[:] = 0


class IntervalHistogram(Recording):
    """Number of intervals between two spikes of a neuron in each of some bins.

    Intervals are whole steps, and so are the bins: a rounding error never moves an interval from
    one to another.

    Parameters
    ----------
    size : int
        Number of neurons.
    bins : float64[n_bins], second
        Where each bin begins, ascending; the last one has no end.

    Attributes
    ----------
    edges : int64[n_bins], steps
        Shortest interval of each bin.
    n_intervals : int64[n_bins]
    last_spike : int64[size]
        Step of the last spike of each neuron, or `NEVER`.
    """

    def __init__(self, size, bins):
        super().__init__()
        self.bins = bins
        self.edges = allocate(len(bins), np.int64)
        self.n_intervals = allocate(len(bins), np.int64)
        self.last_spike = allocate(size, np.int64)
        self.last_spike[:] = NEVER
        self._origin = self._dt = None

    def begin(self, timebase):
        """Go on with steps that begin at other times, or last another time, than before."""
        origin, dt = timebase.origin, timebase.dt
        if (origin, dt) == (self._origin, self._dt):
            return
        self.edges[:] = np.ceil(self.bins / dt - TOLERANCE)
        if self._dt is not None:
            has_fired = self.last_spike != NEVER
            fired_at = self._origin + self.last_spike[has_fired] * self._dt
            self.last_spike[has_fired] = np.rint((fired_at - origin) / dt)
        self._origin, self._dt = origin, dt

    def clear(self):
        """Begin again."""
        with self.held():
            self.n_intervals[:] = 0
            self.last_spike[:] = NEVER
