"""Recorded values of state variables, and their statistics over time."""

from threading import RLock

import numpy as np

from brian_nb.recordings.chunks import Chunks
from brian_nb.recordings.recording import Recording


class StateRecording(Recording):
    """Values of one variable of chosen neurons over time.

    Parameters
    ----------
    width : int
        Number of neurons.
    """

    remade = {"_pair_lock": RLock}

    def __init__(self, width):
        self.record_bytes = 8 * (width + 1)
        self._values = Chunks(np.float64, width)
        self._times = Chunks(np.float64)
        self._pair_lock = RLock()

    def add_values(self, values, steps, epoch):
        """Take over rows float64[n_times, width] with the steps they belong to."""
        with self._pair_lock:
            self._values.append(values)
            self._times.append(epoch.origin + steps * epoch.dt)

    def __len__(self):
        self.pull()
        return len(self._times)

    @property
    def times(self):
        """Starts of the recorded steps, float64[n_times], second."""
        self.pull()
        return self._times.join()

    @property
    def values(self):
        """Values, float64[n_times, width], SI units."""
        self.pull()
        return self._values.join()

    def tail(self, n_times):
        """Times and values of at most the last `n_times` recordings."""
        self.pull()
        with self._pair_lock:
            times, values = self._times.tail(n_times), self._values.tail(n_times)
        return times[-n_times:], values[-n_times:]

    def keep_last(self, n_times):
        """Forget all but the last recordings."""
        self.pull()
        with self._pair_lock:
            self._values.keep_last(n_times)
            self._times.keep_last(n_times)

    def clear(self):
        """Forget all values."""
        self.drop()
        with self._pair_lock:
            self._values.clear()
            self._times.clear()


class StateStatistics(Recording):
    """Mean and variance over time of one variable, without keeping its values.

    Source: Chan, Golub & LeVeque 1983, The American Statistician 37:242 (pairwise update).
    """

    remade = {"_pair_lock": RLock}

    def __init__(self, width):
        self._width = width
        self.clear()

    def add_values(self, values, steps, epoch):
        """Take rows float64[n_times, width] into the statistics."""
        n_new = len(values)
        mean_new = values.mean(axis=0)
        spread_new = ((values - mean_new) ** 2).sum(axis=0)
        total = self._n + n_new
        shift = mean_new - self._mean
        self._spread += spread_new + shift**2 * self._n * n_new / total
        self._mean = self._mean + shift * n_new / total
        self._n = total

    @property
    def mean(self):
        """Mean over time, float64[width]."""
        self.pull()
        return self._mean

    @property
    def var(self):
        """Variance over time, float64[width]."""
        self.pull()
        return self._spread / max(self._n, 1)

    @property
    def std(self):
        """Standard deviation over time, float64[width]."""
        return np.sqrt(self.var)

    def clear(self):
        """Begin again."""
        self.drop()
        self._n = 0
        self._mean = np.zeros(self._width)
        self._spread = np.zeros(self._width)
