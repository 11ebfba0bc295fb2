"""Recorded numbers of spikes per step."""

import numpy as np

from brian_nb.recordings.chunks import Chunks
from brian_nb.recordings.recording import Recording


class RateRecording(Recording):
    """Number of spikes of a population in each step."""

    def __init__(self):
        self._counts = Chunks(np.int64)
        self._times = Chunks(np.float64)
        self.dt = 0.0

    def add_counts(self, spikes_in_step, first_step, epoch):
        """Take over the counts of consecutive steps."""
        steps = first_step + np.arange(len(spikes_in_step))
        self.dt = epoch.dt
        self._counts.append(spikes_in_step)
        self._times.append(epoch.origin + steps * epoch.dt)

    @property
    def counts(self):
        """Spikes in each step, int64[n_steps]."""
        self.pull()
        return self._counts.join()

    @property
    def times(self):
        """Start of each step, float64[n_steps], second."""
        self.pull()
        return self._times.join()

    def binned(self, n_steps):
        """Starts of bins of `n_steps` steps, the spikes in each, and the steps each holds.

        The last bin may hold fewer steps than the others.
        """
        times = self.times  # appended last, so the counts reach at least as far
        counts = self.counts[: len(times)]
        starts = np.arange(0, len(counts), n_steps)
        if not len(starts):
            return np.empty(0), np.empty(0, np.int64), np.empty(0, np.int64)
        lengths = np.diff(np.append(starts, len(counts)))
        return times[starts], np.add.reduceat(counts, starts), lengths

    def clear(self):
        """Forget all counts."""
        self.drop()
        self._counts.clear()
        self._times.clear()
