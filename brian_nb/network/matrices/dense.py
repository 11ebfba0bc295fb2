"""Dense matrices of connections: arrays."""

import numpy as np

from brian_nb.network.matrices.base import ConnectionMatrix
from brian_nb.network.matrices.vectors import DenseConnectionVector
from brian_nb.network.numbers import to_subscript


class DenseConnectionMatrix(ConnectionMatrix, np.ndarray):
    """A value for every pair: a two-dimensional array.

    Parameters
    ----------
    val : array_like or sparse matrix [n_rows, n_columns]
        Copied.
    """

    def __new__(cls, val, **kws):
        dense = val.toarray() if hasattr(val, "toarray") else val
        return np.array(dense, np.float64, ndmin=2).view(cls)

    @classmethod
    def view_state(cls, state):
        """The weights of dense synapses: what is written here acts at once.

        Parameters
        ----------
        state : SynapseState
        """
        weights = state.weights[: state.n_synapses]
        return weights.reshape(state.source_size, state.target_size).view(cls)

    def get_row(self, i):
        return np.asarray(self)[i].view(DenseConnectionVector)

    def get_col(self, i):
        return np.asarray(self)[:, i].view(DenseConnectionVector)

    def set_row(self, i, val):
        np.asarray(self)[i] = _all_elements(val)

    def set_col(self, i, val):
        np.asarray(self)[:, i] = _all_elements(val)

    def get_element(self, i, j):
        return float(np.asarray(self)[i, j])

    def set_element(self, i, j, val):
        np.asarray(self)[i, j] = val

    def getnnz(self):
        return int(np.count_nonzero(self))

    def todense(self):
        return np.array(self)

    def __getitem__(self, index):
        found = np.asarray(self)[to_subscript(index)]
        if found.ndim == 0:
            return float(found)
        return found.view(DenseConnectionVector) if found.ndim == 1 else found

    def __setitem__(self, index, val):
        np.asarray(self)[to_subscript(index)] = _all_elements(val)


def _all_elements(values):
    return values.todense() if hasattr(values, "todense") else values
