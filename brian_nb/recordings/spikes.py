"""Recorded spikes."""

from threading import RLock

import numpy as np

from brian_nb.recordings.chunks import Chunks


class SpikeRecording:
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
        self._pair_lock = RLock()
        self.count = 0

    @property
    def neurons(self):
        """Neurons that fired, int32[n_spikes]."""
        return self._neurons.join()

    @property
    def times(self):
        """Times of the spikes, float64[n_spikes], in seconds: the starts of their steps."""
        return self._times.join()

    def read(self):
        """Neurons and times of all spikes, of the same moment while a run goes on."""
        with self._pair_lock:
            return self.neurons, self.times

    def since(self, time, at_most):
        """Neurons and times of the last spikes from a time on, `at_most` many."""
        with self._pair_lock:
            neurons, times = self._neurons.tail(at_most), self._times.tail(at_most)
        neurons, times = neurons[-at_most:], times[-at_most:]
        first = np.searchsorted(times, time)
        return neurons[first:], times[first:]

    def add_spikes(self, neurons, steps, timebase):
        """Take over a chunk of spikes."""
        with self._pair_lock:
            self.count += len(neurons)
            if self.keep:
                self._neurons.append(neurons)
                self._times.append(timebase.origin + steps * timebase.dt)

    def clear(self):
        """Forget all spikes."""
        with self._pair_lock:
            self._neurons.clear()
            self._times.clear()
            self.count = 0
