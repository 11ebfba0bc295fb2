"""Recorded values of state variables."""

import numpy as np

from brian_nb.recordings.chunks import Chunks
from brian_nb.recordings.recording import Recording
from brian_nb.recordings.step_times import StepTimes


class StateRecording(Recording):
    """Values of one variable of chosen neurons over time.

    Parameters
    ----------
    width : int
        Number of neurons.
    """

    def __init__(self, width):
        super().__init__()
        self.record_bytes = 8 * width
        self._values = Chunks(np.float64, width)
        self._times = StepTimes()

    def add_values(self, values, steps, epoch):
        """Take over rows float64[n_times, width] with the range of steps they belong to."""
        with self._lock:
            self._values.append(values)
            self._times.append(steps, epoch)

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

    def read(self):
        """Times and values of all records, of the same moment while a run goes on."""
        self.pull()
        with self._lock:
            return self._times.join(), self._values.join()

    def tail(self, n_times):
        """Times and values of at most the last `n_times` recordings."""
        self.pull()
        with self._lock:
            return self._times.tail(n_times), self._values.tail(n_times)

    def keep_last(self, n_times):
        """Forget all but the last recordings."""
        self.pull()
        with self._lock:
            self._values.keep_last(n_times)
            self._times.keep_last(n_times)

    def clear(self):
        """Forget all values."""
        self.drop()
        with self._lock:
            self._values.clear()
            self._times.clear()

    def put(self, rows, columns, value):
        """Replace values by one: those in ``rows[k]`` and ``columns[k]``."""
        self.pull()
        with self._lock:
            self._values.join()[rows, columns] = value
