"""Sparse matrices of connections: views of synapses in compressed rows."""

import numpy as np

from brian_nb.engine import SynapseState
from brian_nb.errors import WiringError
from brian_nb.network.matrices.base import (
    ConnectionMatrix,
    fit_values,
    resolve_index,
    resolve_pair,
    to_array,
)
from brian_nb.network.matrices.vectors import SparseConnectionVector
from brian_nb.network.wiring import rows_of_matrix


class SparseConnectionMatrix(ConnectionMatrix):
    """A value for each synapse that there is.

    Parameters
    ----------
    val : sparse matrix or array_like [n_rows, n_columns]
    column_access : bool
        Accepted for old scripts: columns are looked up when they are first asked for. Of more
        than sixteen million synapses no index is made unless by `coli`; columns are searched for.

    Attributes
    ----------
    shape : (int, int)
    alldata : float64[nnz], or float32 where the connection keeps these
        All values, row after row; writing to it changes the matrix.
    rowind : int64[n_rows + 1]
        Where each row begins in `alldata`.
    allj : uint32[nnz]
        Column of each value.
    rowdata, rowj : list of array
        Values and columns of each row, parts of `alldata` and `allj`.
    coli, coldataindices : list of array
        Of each column, its rows, and where its values stand in `alldata`.
    """

    _what = "the matrix"
    """Whose values they are, for messages."""

    def __init__(self, val, column_access=True):
        rows = rows_of_matrix(val)
        self.column_access = column_access
        self._state = SynapseState(
            rows.starts, rows.targets, rows.weights, target_size=np.shape(val)[1]
        )

    @classmethod
    def view_state(cls, state, **keywords):
        """The weights of synapses: what is written here acts at once, or from the next segment on.

        Parameters
        ----------
        state : SynapseState
        **keywords
            Attributes that the constructor would take.
        """
        self = cls.__new__(cls)
        self.__dict__.update(keywords, _state=state)
        return self

    # -- the arrays ------------------------------------------------------------------------

    @property
    def shape(self):
        return self._state.source_size, self._state.target_size

    @property
    def alldata(self):
        return self._synapses.separate_weights()

    @property
    def rowind(self):
        return self._synapses.rows.copy()

    @property
    def allj(self):
        return self._synapses.columns.copy()

    @property
    def rowdata(self):
        return self._split(self.alldata)

    @property
    def rowj(self):
        return self._split(self.allj)

    @property
    def coli(self):
        starts, pre, _ = self._synapses.find_columns()
        return np.split(pre.astype(np.int64), starts[1:-1])

    @property
    def coldataindices(self):
        starts, _, places = self._synapses.find_columns()
        return np.split(places.astype(np.int64), starts[1:-1])

    # -- rows, columns, elements -----------------------------------------------------------

    def get_row(self, i):
        i = self._number(i, 0)
        own = self._row(i)
        columns, values = self._synapses.read_columns(own), self._read(own)
        if self._is_shown:
            return SparseConnectionVector(self.shape[1], columns, values)

        def write_back(vector):
            self.set_row(i, vector)

        return SparseConnectionVector(self.shape[1], columns, np.array(values), write_back)

    def get_col(self, i):
        pre, places = self._column(self._number(i, 1))
        return SparseConnectionVector(self.shape[0], pre, self._read(places))

    def set_row(self, i, val):
        i = self._number(i, 0)
        own = self._row(i)
        self._set(own, self._synapses.read_columns(own), self.shape[1], val)

    def set_col(self, i, val):
        pre, places = self._column(self._number(i, 1))
        self._set(places, pre, self.shape[0], val)

    def get_element(self, i, j):
        return float(self.get_elements(*resolve_pair((int(i), int(j)), self.shape)))

    def get_elements(self, pre, post):
        """Values of pairs, float64[...]; zero where there is no element.

        Parameters
        ----------
        pre, post : int[...]
            Rows and columns.
        """
        synapses = self._synapses
        places = synapses.find(pre.ravel(), post.ravel())
        there = places >= 0
        values = np.zeros(len(places))
        values[there] = self._read(places[there])
        return values.reshape(pre.shape)

    def set_element(self, i, j, val):
        self[int(i), int(j)] = val

    def getnnz(self):
        return self._synapses.n_synapses

    def todense(self):
        dense = np.zeros(self.shape)
        synapses = self._synapses
        pre = np.repeat(np.arange(self.shape[0]), np.diff(synapses.rows))
        dense[pre, synapses.columns] = self._read(slice(None))
        return dense

    def tocsr(self, copy=True):
        """The matrix as one of SciPy, `scipy.sparse.csr_matrix`; always a copy."""
        from scipy.sparse import csr_matrix

        parts = np.array(self._read(slice(None))), self.allj.astype(np.int64), self.rowind
        return csr_matrix(parts, shape=self.shape)

    def __array__(self, dtype=None, copy=None):
        return self.todense().astype(dtype or np.float64, copy=False)

    def __repr__(self):
        return f"<{type(self).__name__}: {self.shape[0]} x {self.shape[1]}, {self.getnnz()} values>"

    # -- what kinds of matrices differ in --------------------------------------------------

    @property
    def _is_shown(self):
        """Whether the values that are read lie where they can be written to."""
        return self._synapses.weights is not None

    def _read(self, places):
        """Values at places of the arrays."""
        return self._synapses.read_weights(places)

    def _write(self, places, values):
        self._synapses.set_weights(places, values)

    def _element(self, value):
        """One value as the user gets it."""
        return float(value)

    def _set_missing(self, pre, post, values):
        """Set elements that there are not, which the user has named one by one."""
        raise WiringError(
            f"there is no synapse from {pre[0]} to {post[0]} whose value could be set",
            hint="connect the pair first, or use structure='dynamic' and insert(i, j, x)",
        )

    # -- details ---------------------------------------------------------------------------

    @property
    def _synapses(self):
        self._state.settle()
        return self._state

    def _number(self, index, axis):
        what = ("row", "column")[axis]
        return int(resolve_index(int(index), self.shape[axis], what))

    def _row(self, i):
        rows = self._synapses.rows
        return slice(int(rows[i]), int(rows[i + 1]))

    def _column(self, j):
        return self._synapses.find_column(j)

    def _split(self, values):
        return np.split(values, self._synapses.rows[1:-1])

    def _set_all(self, val):
        self._write(slice(None), self._select(to_array(val)))

    def _get_some(self, item):
        found = self.get_elements(*resolve_pair(item, self.shape))
        return self._element(found) if found.ndim == 0 else found

    def _set_some(self, item, val):
        is_stretch = any(isinstance(index, slice) for index in item)
        self._set_pairs(*resolve_pair(item, self.shape), val, is_stretch)

    def _set(self, places, ind, n, values):
        values = SparseConnectionVector(n, ind, np.empty(len(ind))).select(values)
        if np.shape(values) not in ((), (1,), ind.shape):
            raise self._make_misfit(values, len(ind), n)
        self._write(places, values)

    def _select(self, values):
        """Of values of all pairs those of the synapses; a number, or one for each, as it is."""
        synapses = self._synapses
        if values.ndim == 2:
            pre = np.repeat(np.arange(self.shape[0]), np.diff(synapses.rows))
            return fit_values(values, self.shape, self._what)[pre, synapses.columns]
        if values.shape not in ((), (synapses.n_synapses,)):
            raise self._make_misfit(values, synapses.n_synapses, self.shape)
        return values

    def _make_misfit(self, values, n_synapses, n_pairs):
        return WiringError(
            f"{self._what}: {np.shape(values)} values for {n_synapses} synapses",
            hint=f"give one number, one for each synapse, or all {n_pairs} values",
        )

    def _set_pairs(self, pre, post, values, is_stretch):
        """Set elements; of a stretch of rows or columns, those that there are."""
        values = fit_values(to_array(values), pre.shape, self._what).ravel()
        pre, post = pre.ravel(), post.ravel()
        places = self._synapses.find(pre, post)
        there = places >= 0
        self._write(places[there], values[there])
        if not (is_stretch or there.all()):
            self._set_missing(pre[~there], post[~there], values[~there])
