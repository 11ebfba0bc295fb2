"""Recorded spikes, each with values of its neuron."""

import numpy as np

from brian_nb.recordings.chunks import Chunks
from brian_nb.recordings.spikes import SpikeRecording


class SpikeStateRecording(SpikeRecording):
    """Spikes with values of `width` variables of the neuron that fired."""

    def __init__(self, width):
        super().__init__()
        self.record_bytes = SpikeRecording.record_bytes + 8 * width
        self._values = Chunks(np.float64, width)

    def add_spikes(self, neurons, steps, epoch, values):
        """Take over a chunk of spikes, with values float64[n_spikes, width]."""
        with self._lock:
            super().add_spikes(neurons, steps, epoch)
            self._values.append(values)

    def read_all(self):
        """Neurons, times and values of all spikes, of the same moment while a run goes on."""
        self.pull()
        with self._lock:
            return *self.read(), self._values.join()

    def keep_last(self, n_spikes):
        with self._lock:
            super().keep_last(n_spikes)
            self._values.keep_last(n_spikes)

    def _forget(self):
        super()._forget()
        self._values.clear()
