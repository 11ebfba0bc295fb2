"""A copy of the spikes in a ring, made again and again: of those that there are."""

import numpy as np

LARGE = 1 << 16
"""Bytes from which on a ring is looked through; a smaller one is copied as a whole more quickly."""


class RingCopy:
    """The spikes of a population and where they are put aside.

    A ring has room for all neurons in each of its slots, and holds few spikes.

    Parameters
    ----------
    population : PopulationState
        Whose ring is not replaced as long as this is used.
    """

    def __init__(self, population):
        self._spikes, self._counts = population.spikes, population.counts
        self._kept, self._kept_counts = np.empty_like(self._spikes), self._counts.copy()
        self._begins = None
        if self._spikes.nbytes >= LARGE:
            slots = np.arange(population.ring)[:, np.newaxis] * population.size
            self._begins = (slots + population.shares()).ravel()

    def save(self):
        """Put the spikes of now aside."""
        np.copyto(self._kept_counts, self._counts)
        self._copy(self._spikes, self._kept)

    def put_back(self):
        """Return to those of the last `save`."""
        np.copyto(self._counts, self._kept_counts)
        self._copy(self._kept, self._spikes)

    def _copy(self, source, target):
        if self._begins is None:
            np.copyto(target, source)
            return
        used = np.flatnonzero(self._counts)
        ends = self._begins[used] + self._counts[used]
        for begin, end in zip(self._begins[used].tolist(), ends.tolist(), strict=True):
            target[begin:end] = source[begin:end]
