"""Dynamic matrices of connections: synapses come and go."""

import numpy as np

from brian_nb.engine import Pairs
from brian_nb.network.matrices.base import resolve_pair
from brian_nb.network.matrices.sparse import SparseConnectionMatrix


class DynamicConnectionMatrix(SparseConnectionMatrix):
    """A sparse matrix whose elements can be inserted and removed, during a run too.

    All that was inserted and removed since is brought into the rows when the matrix or the
    simulation needs them next, at the cost of copying all synapses once.

    Parameters
    ----------
    val : sparse matrix or array_like [n_rows, n_columns]
    nnzmax, dynamic_array_const
        Accepted for old scripts: the arrays are as long as need be.

    Attributes
    ----------
    alldata : float64[nnz]
        Another array after each insertion or removal.
    rowdataind, coldataind : list of int64[...]
        Where the values of each row and column stand in `alldata`.
    """

    def __init__(self, val, nnzmax=None, dynamic_array_const=2, **kws):
        super().__init__(val)
        self.dynamic_array_const, self._nnzmax = dynamic_array_const, nnzmax

    def insert(self, i, j, x):
        """Make a new element, or set the one that is there.

        Parameters
        ----------
        i, j : int
        x : float
            In SI units.
        """
        self._change(i, j, weights=float(x))

    def remove(self, i, j):
        """Take an element away, if it is there."""
        self._change(i, j, removed=True)

    @property
    def nnzmax(self):
        """Elements for which there is room without further memory."""
        return max(self._nnzmax or 0, self.getnnz())

    @property
    def rowdataind(self):
        return self._split(np.arange(self.getnnz()))

    @property
    def coldataind(self):
        return self.coldataindices

    def _set_missing(self, pre, post, values):
        self._state.change(Pairs(pre, post, values))

    def _change(self, i, j, **what):
        pre, post = resolve_pair((int(i), int(j)), self.shape)
        self._state.change(Pairs(pre.ravel(), post.ravel(), **what))
