"""Recorded numbers of spikes per step."""

import numpy as np

from brian_nb.engine.timebase import TOLERANCE
from brian_nb.recordings.chunks import Chunks
from brian_nb.recordings.recording import Recording


class RateRecording(Recording):
    """Number of spikes of a population in each step."""

    record_bytes = 16

    def __init__(self):
        super().__init__()
        self._counts = Chunks(np.int64)
        self._times = Chunks(np.float64)
        self._forget()

    def _forget(self):
        self._counts.clear()
        self._times.clear()
        self._lengths = []  # pairs of a row and the length of the steps from there on
        self._start = None

    def add_counts(self, spikes_in_step, first_step, epoch):
        """Take over the counts of consecutive steps."""
        times = epoch.origin + (first_step + np.arange(len(spikes_in_step))) * epoch.dt
        with self._lock:
            if not self._lengths or self._lengths[-1][1] != epoch.dt:
                self._lengths.append((len(self._counts), epoch.dt))
            if self._start is None:
                self._start = times[0]
            self._counts.append(spikes_in_step)
            self._times.append(times)

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

    def binned(self, width=None):
        """Spikes in bins of equal width, the first of which begins with the first record.

        Bins without a recorded step are left out; the last one may still be filled.

        Parameters
        ----------
        width : float, second
            One step if omitted.

        Returns
        -------
        times : float64[n_bins], second
            Start of the first step of each bin.
        counts : int64[n_bins]
        durations : float64[n_bins], second
            Time that was recorded in each bin.
        """
        self.pull()
        with self._lock:
            times, counts = self._times.join(), self._counts.join()
            lengths, start = self._step_lengths(), self._start
        if width is None or not len(times):
            return times, counts, lengths
        places = np.floor((times - start + TOLERANCE * lengths) / width)
        firsts = np.flatnonzero(np.append(True, places[1:] != places[:-1]))
        return times[firsts], np.add.reduceat(counts, firsts), np.add.reduceat(lengths, firsts)

    def tail(self, n_steps):
        """Times and counts of at most the last `n_steps` steps."""
        self.pull()
        with self._lock:
            times, counts = self._times.tail(n_steps), self._counts.tail(n_steps)
        return times[-n_steps:], counts[-n_steps:]

    def __len__(self):
        self.pull()
        return len(self._times)

    def keep_last(self, n_steps):
        """Forget all but the last counts."""
        self.pull()
        with self._lock:
            n_lost = max(0, len(self._times) - n_steps)
            self._lengths = [(max(0, row - n_lost), length) for row, length in self._lengths]
            self._times.keep_last(n_steps)
            self._counts.keep_last(n_steps)

    def clear(self):
        """Forget all counts."""
        self.drop()
        with self._lock:
            self._forget()

    def _step_lengths(self):
        """Length of each recorded step, float64[n_steps], second."""
        rows = [row for row, _ in self._lengths]
        repeats = np.diff([*rows, len(self._times)])
        return np.repeat([length for _, length in self._lengths], repeats)
