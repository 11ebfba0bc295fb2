"""The last records of a state variable, which the time loop writes over the oldest ones."""

import numpy as np

from brian_nb.kernels import allocate
from brian_nb.recordings.recording import Recording


class RecentRecording(Recording):
    """Values of one variable of chosen neurons over the last stretch of time.

    Parameters
    ----------
    width : int
        Number of neurons.
    duration : float, second
        Largest time between the first and the last record that are kept.
    interval : float, second
        Time between two records.

    Attributes
    ----------
    n_slots : int
        Records that fit.
    values : float64[n_slots*width], SI units
    times : float64[n_slots], second
    """

    def __init__(self, width, duration, interval):
        super().__init__()
        self._width, self._duration = width, duration
        self._n_seen = self._first = self.n_slots = 0
        self.times = self.values = allocate(0)
        self.fit(interval)

    @property
    def n_seen(self):
        """Records written so far; the next one comes into slot ``n_seen % n_slots``."""
        return self._n_seen

    @n_seen.setter
    def n_seen(self, n_seen):
        if n_seen < self._n_seen:  # a run that failed is put back, but what it wrote over is lost
            self._first = min(n_seen, max(self._first, self._n_seen - self.n_slots))
        self._n_seen = n_seen

    def fit(self, interval):
        """Make room for the records of the duration, where records follow at an interval."""
        n_slots = int(self._duration / interval + 1e-4) + 1
        if n_slots == self.n_slots:
            return
        times, values = self.tail(n_slots) if self._n_seen else (self.times, self.table)
        self.n_slots, self._n_seen, self._first = n_slots, len(times), 0
        self.times, self.values = allocate(n_slots), allocate(n_slots * self._width)
        self.times[: len(times)] = times
        self.table[: len(times)] = values

    @property
    def table(self):
        """The values as float64[n_slots, width], one row for each slot."""
        return self.values.reshape(self.n_slots, self._width)

    def read(self):
        """Copies of times float64[n] and values float64[n, width] in the order of recording."""
        with self.held():
            slots = self.find_slots()
            return self.times[slots], self.table[slots]

    def find_slots(self):
        """Slots of the records that are there, in their order."""
        first = max(self._first, self._n_seen - self.n_slots)
        return np.arange(first, self._n_seen) % self.n_slots

    def tail(self, n_times):
        """Times and values of at most the last `n_times` records."""
        times, values = self.read()
        return times[-n_times:], values[-n_times:]

    def put(self, rows, columns, value):
        """Replace values by one: those in ``rows[k]`` and ``columns[k]``."""
        with self.held():
            self.table[self.find_slots()[rows], columns] = value

    def __len__(self):
        return len(self.find_slots())

    def clear(self):
        """Forget all records."""
        with self.held():
            self._n_seen = self._first = 0
