"""Recorded spikes."""

import numpy as np

from brian_nb.recordings.chunks import Chunks
from brian_nb.recordings.recording import Recording


class SpikeRecording(Recording):
    """Spikes in the order of time, and of neurons within a step.

    Parameters
    ----------
    keep : bool
        Whether to keep each spike or only to count them.

    Attributes
    ----------
    total : int
        Number of spikes taken over so far.
    """

    record_bytes = 12

    def __init__(self, keep=True):
        super().__init__()
        self.keep = keep
        self._neurons = Chunks(np.int32)
        self._times = Chunks(np.float64)
        self._arrived = []
        self.total = 0

    @property
    def count(self):
        """Number of spikes."""
        self.pull()
        return self.total

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

    def __len__(self):
        """Number of spikes that are kept."""
        return len(self.read()[1])

    def tail(self, n_spikes):
        """Times and neurons of at most the last `n_spikes` spikes."""
        self.pull()
        with self._lock:
            self._take_in()
            times, neurons = self._times.tail(n_spikes), self._neurons.tail(n_spikes)
        return times[-n_spikes:], neurons[-n_spikes:]

    def keep_last(self, n_spikes):
        """Forget all but the last spikes; their count stays what it is."""
        self.pull()
        with self._lock:
            self._take_in()
            self._neurons.keep_last(n_spikes)
            self._times.keep_last(n_spikes)

    def add_spikes(self, neurons, steps, epoch):
        """Take over a chunk of spikes; times are computed when somebody reads them."""
        self.total += len(neurons)
        if self.keep:
            self._arrived.append((neurons, steps, epoch.origin, epoch.dt))

    def clear(self):
        """Forget all spikes."""
        self.drop()
        with self._lock:
            self._forget()

    def _forget(self):
        self._arrived.clear()
        self._neurons.clear()
        self._times.clear()
        self.total = 0

    def _take_in(self):
        while self._arrived:
            neurons, steps, origin, dt = self._arrived.pop(0)
            self._neurons.append(neurons)
            self._times.append(origin + steps * dt)
