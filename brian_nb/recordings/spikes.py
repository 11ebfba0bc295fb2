"""Recorded spikes."""

from threading import RLock

import numpy as np

from brian_nb.recordings.chunks import Chunks
from brian_nb.recordings.recording import Recording


class SpikeRecording(Recording):
    """Spikes in the order of time, and of neurons within a step.

    Parameters
    ----------
    keep : bool
        Whether to keep each spike or only to count them.
    """

    def __init__(self, keep=True):
        self.keep = keep
        self._neurons = Chunks(np.int32)
        self._times = Chunks(np.float64)
        self._lock = RLock()
        self._arrived = []
        self._count = 0

    @property
    def count(self):
        """Number of spikes."""
        self.pull()
        return self._count

    @property
    def neurons(self):
        """Neurons that fired, int32[n_spikes]."""
        return self.read()[0]

    @property
    def times(self):
        """Times of the spikes, float64[n_spikes], in seconds: the starts of their steps."""
        return self.read()[1]

    def read(self):
        """Neurons and times of all spikes, of the same moment while a run goes on."""
        self.pull()
        with self._lock:
            self._take_in()
            return self._neurons.join(), self._times.join()

    def since(self, time, at_most):
        """Neurons and times of the last spikes from a time on, `at_most` many."""
        self.pull()
        with self._lock:
            self._take_in()
            neurons, times = self._neurons.tail(at_most), self._times.tail(at_most)
        neurons, times = neurons[-at_most:], times[-at_most:]
        first = np.searchsorted(times, time)
        return neurons[first:], times[first:]

    def add_spikes(self, neurons, steps, epoch):
        """Take over a chunk of spikes; times are computed when somebody reads them."""
        self._count += len(neurons)
        if self.keep:
            self._arrived.append((neurons, steps, epoch.origin, epoch.dt))

    def clear(self):
        """Forget all spikes."""
        self.drop()
        with self._lock:
            self._arrived.clear()
            self._neurons.clear()
            self._times.clear()
            self._count = 0

    def _take_in(self):
        while self._arrived:
            neurons, steps, origin, dt = self._arrived.pop(0)
            self._neurons.append(neurons)
            self._times.append(origin + steps * dt)
