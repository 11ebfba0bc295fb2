"""Synapses in compressed rows: where pairs of neurons stand, and what they have."""

import numpy as np

from brian_nb.engine.aligned import copy_aligned
from brian_nb.engine.copying import Remade
from brian_nb.engine.rows import Rows, find_places

MOST_INDEXED = 1 << 24
"""Up to so many synapses, a look at one column makes an index of all, of 8 bytes each."""
MOST_NUMBERED = 1 << 32
"""Up to so many synapses, their places are numbered in 32 bits."""
SEARCHED_AT_ONCE = 1 << 20
"""Synapses that are searched for one target at a time."""


def choose_place_dtype(n_synapses):
    """The integers that number so many synapses."""
    return np.uint32 if n_synapses <= MOST_NUMBERED else np.int64


class SynapseTable(Remade):
    """The arrays of a `SynapseState`, as they are read."""

    @property
    def n_synapses(self):
        return int(self.rows[self.source_size])

    @property
    def targets(self):
        if self._targets is None:
            own = np.arange(self.target_first, self.target_first + self.target_size)
            self._targets = copy_aligned(np.tile(own, self.source_size), np.uint32)
        return self._targets

    def read_columns(self, places):
        """The `columns` at some places."""
        targets = self.targets[: self.n_synapses][places]
        return targets - np.uint32(self.target_first) if self.target_first else targets

    @property
    def columns(self):
        """Targets counted within their range, uint32[n_synapses]; not to be written to."""
        return self.read_columns(slice(None))

    def as_rows(self):
        """The synapses as `Rows`, whose arrays are not to be written to."""
        n = self.n_synapses
        weights = self.shared_weight if self.weights is None else self.weights[:n]
        delays = None if self.delays is None else self.delays[:n]
        return Rows(0, self.rows, self.columns, weights, delays)

    def find(self, pre, post):
        """Where pairs stand in the arrays, int64[n]; -1 where there is no synapse.

        Parameters
        ----------
        pre, post : int[n]
            Counted within the ranges of sources and targets.
        """
        if self.is_dense:
            return np.multiply(pre, self.target_size, dtype=np.int64) + post
        post = np.add(post, self.target_first)
        places, found = find_places(self.rows, self.targets, np.asarray(pre), post)
        return np.where(found, places, -1)

    def find_column(self, post):
        """The synapses of one target; of very many, they are searched for it.

        Returns
        -------
        pre, places : int64[n]
            As `find_columns` has them.
        """
        is_indexed = self._columns is not None and self._columns[0] is self.rows
        if is_indexed or self.n_synapses <= MOST_INDEXED:
            starts, pre, places = self.find_columns()
            own = slice(int(starts[post]), int(starts[post + 1]))
            return pre[own].astype(np.int64), places[own].astype(np.int64)
        targets, found = self.targets[: self.n_synapses], []
        for first in range(0, len(targets), SEARCHED_AT_ONCE):
            part = targets[first : first + SEARCHED_AT_ONCE]
            found.append(np.flatnonzero(part == np.uint32(post + self.target_first)) + first)
        places = np.concatenate(found)
        return np.searchsorted(self.rows, places, side="right") - 1, places

    def find_columns(self):
        """The synapses of each target; compiled code reads the same arrays.

        Returns
        -------
        starts : int64[target_size + 1]
        pre : uint32[n_synapses]
            Ascending for each target.
        places : uint32[n_synapses]
            Where the synapses stand in `weights`; int64 where there are more than `MOST_NUMBERED`.
        """
        n, (starts, pre, places) = self.n_synapses, self._column_index
        return starts, pre[:n], places[:n]

    @property
    def _column_index(self):
        if self._columns is None or self._columns[0] is not self.rows:
            self._columns = self.rows, self._sort_columns()
        return self._columns[1]

    def _sort_columns(self):
        columns = self.columns
        order = np.argsort(columns, kind="stable")
        pre = np.repeat(np.arange(self.source_size, dtype=np.uint32), np.diff(self.rows))
        counts = np.bincount(columns, minlength=self.target_size)
        starts = np.concatenate([[0], np.cumsum(counts)])
        return (
            copy_aligned(starts, np.int64),
            copy_aligned(pre[order], np.uint32),
            copy_aligned(order, choose_place_dtype(self.n_synapses)),
        )

    # Each array of the index, as compiled code asks for it.

    @property
    def column_starts(self):
        return self._column_index[0]

    @property
    def column_sources(self):
        return self._column_index[1]

    @property
    def column_places(self):
        return self._column_index[2]

    def round_weights(self, weights):
        """Weights as they would be kept, float64[...]; infinite where they are too large for it."""
        with np.errstate(over="ignore"):
            rounded = np.asarray(weights, self.weight_dtype).astype(np.float64, copy=False)
        return rounded if rounded.ndim else float(rounded)

    def read_weights(self, places=slice(None)):
        """Weights without the gain, float[n]; not to be written to."""
        if self.weights is None:
            return np.broadcast_to(self.shared_weight, self.n_synapses)[places]
        return self.weights[: self.n_synapses][places]
