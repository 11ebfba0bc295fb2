"""Spikes of one step, on their way to a function in Python."""

import numpy as np

from brian_nb.recordings.recording import Recording


class Arrivals(Recording):
    """Spikes that somebody takes out in every step."""

    def __init__(self):
        super().__init__()
        self._arrived = []

    def add_spikes(self, neurons, steps, epoch):
        """Take over spikes."""
        self._arrived.append(neurons)

    def take(self):
        """Neurons that fired since the last call, int32[n_spikes], ascending in each step."""
        self.pull()
        arrived, self._arrived = self._arrived, []
        return np.concatenate([np.empty(0, np.int32), *arrived])

    def clear(self):
        """Forget what nobody has taken."""
        self.drop()
        self._arrived = []
