"""Coincidences with target trains, counted in place by the time loop."""

import numpy as np

from brian_nb.engine import note_change
from brian_nb.engine.timebase import TOLERANCE
from brian_nb.kernels import allocate
from brian_nb.recordings.recording import Recording


class CoincidenceCounts(Recording):
    """Number of target spikes that each neuron has met.

    Parameters
    ----------
    targets : float64[n_targets], second
        All target trains, each in ascending order.
    first, last : int64[size]
        Where the train of each neuron begins in them, and before where it ends.
    shift : float64[size], second
        How much later than written each neuron's train is.
    delta : float, second
        Largest distance of two spikes that coincide.
    onset : float, second
        Earlier spikes of neurons do not count.

    Attributes
    ----------
    n_met, n_spikes : int64[size]
        Coincidences and spikes of each neuron.
    next_target, last_target : int64[size]
        First target spike that may still be met, and the one before which there is none.
    counted_steps : int
        Steps counted since time was last measured otherwise.
    """

    def __init__(self, targets, first, last, shift, delta, onset):
        super().__init__()
        size = len(first)
        self.targets = allocate(max(1, len(targets)))
        self.targets[: len(targets)] = targets
        self.shift = allocate(size)
        self.shift[:] = shift
        self._first = first
        self.next_target, self.last_target, self.n_met, self.n_spikes = (
            allocate(size, np.int64) for _ in range(4)
        )
        self.last_target[:] = last
        self.delta, self.onset = delta, onset
        self.limits = allocate(2)
        self._dt = None
        self.clear()

    def begin(self, timebase):
        """Count from the present step of a clock on; time may have been put back."""
        self._note_time()
        now = max(timebase.t, self.onset)
        tolerance = TOLERANCE * timebase.dt
        if self._dt is None:
            self._began = now
        elif now < self._reached - tolerance:
            self.next_target[:] = self._first
            self._began = min(self._began, now)
        self._reached, self._dt = now, timebase.dt
        self.limits[:] = self.delta + tolerance, self.onset - tolerance

    @property
    def duration(self):
        """Time in which spikes were counted, second."""
        with self.held():
            self._note_time()
            return self._duration

    def count_targets(self):
        """Target spikes of each neuron that could be met so far, int64[size]."""
        with self.held():
            self._note_time()
            reach = max(self.delta, self.limits[0])  # with the tolerance of the time loop
            low = self._began - reach - self.shift
            high = self._reached + reach - self.shift
        counts = np.zeros(len(self.shift), np.int64)
        for neuron, (first, last) in enumerate(zip(self._first, self.last_target, strict=True)):
            train = self.targets[first:last]
            begin, end = np.searchsorted(train, (low[neuron], high[neuron]))
            counts[neuron] = end - begin
        return counts

    def clear(self):
        """Begin again."""
        note_change()
        with self.held():
            self.n_met[:] = 0
            self.n_spikes[:] = 0
            self.next_target[:] = self._first
            self.counted_steps = 0
            self._duration = 0.0
            self._began = self._reached = self.onset
            self._dt = None

    def _note_time(self):
        if self.counted_steps:
            time = self.counted_steps * self._dt
            self._duration += time
            self._reached += time
            self.counted_steps = 0
