"""Recorded numbers of spikes per step."""

from threading import RLock

import numpy as np

from brian_nb.recordings.chunks import Chunks
from brian_nb.recordings.recording import Recording


class RateRecording(Recording):
    """Number of spikes of a population in each step."""

    record_bytes = 16

    remade = {"_pair_lock": RLock}

    def __init__(self):
        self._counts = Chunks(np.int64)
        self._times = Chunks(np.float64)
        self._pair_lock = RLock()
        self.dt = 0.0

    def add_counts(self, spikes_in_step, first_step, epoch):
        """Take over the counts of consecutive steps."""
        steps = first_step + np.arange(len(spikes_in_step))
        with self._pair_lock:
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
        self.pull()
        with self._pair_lock:
            times, counts = self._times.join(), self._counts.join()
        starts = np.arange(0, len(counts), n_steps)
        if not len(starts):
            return np.empty(0), np.empty(0, np.int64), np.empty(0, np.int64)
        lengths = np.diff(np.append(starts, len(counts)))
        return times[starts], np.add.reduceat(counts, starts), lengths

    def tail(self, n_steps):
        """Times and counts of at most the last `n_steps` steps."""
        self.pull()
        with self._pair_lock:
            times, counts = self._times.tail(n_steps), self._counts.tail(n_steps)
        return times[-n_steps:], counts[-n_steps:]

    def __len__(self):
        self.pull()
        return len(self._times)

    def keep_last(self, n_steps):
        """Forget all but the last counts."""
        self.pull()
        with self._pair_lock:
            self._times.keep_last(n_steps)
            self._counts.keep_last(n_steps)

    def clear(self):
        """Forget all counts."""
        self.drop()
        with self._pair_lock:
            self._counts.clear()
            self._times.clear()
