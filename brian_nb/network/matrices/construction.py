"""Construction matrices: for building a matrix element by element, before it is used."""

from abc import ABC, abstractmethod

import numpy as np

from brian_nb.network.matrices.dense import DenseConnectionMatrix
from brian_nb.network.matrices.dynamic import DynamicConnectionMatrix
from brian_nb.network.matrices.sparse import SparseConnectionMatrix


class ConstructionMatrix(ABC):
    """A matrix that is easy to build; `connection_matrix` makes one that is quick to use."""

    @abstractmethod
    def connection_matrix(self, *args, **kws):
        """The `ConnectionMatrix` with the same elements.

        Parameters
        ----------
        *args, **kws
            As the class of the result takes them, after the matrix; they go before those that the
            construction matrix was made with.
        """


class DenseConstructionMatrix(ConstructionMatrix, np.ndarray):
    """An array whose elements can also be set from a sparse matrix.

    Parameters
    ----------
    val : (int, int) or array_like or sparse matrix [n_rows, n_columns]
        A shape makes zeros.
    **kws
        For the connection matrix.
    """

    def __new__(cls, val, **kws):
        dense = np.zeros(val) if _is_shape(val) else _to_array(val)
        self = np.array(dense, np.float64).view(cls)
        self.init_kws = kws
        return self

    def __array_finalize__(self, source):
        self.init_kws = getattr(source, "init_kws", {})

    def __setitem__(self, index, val):
        np.ndarray.__setitem__(self, index, _to_array(val))

    def connection_matrix(self, *args, **kws):
        return DenseConnectionMatrix(self, *args, **self.init_kws | kws)

    def todense(self):
        """The matrix as a plain array; a copy."""
        return np.array(self)


class SparseConstructionMatrix(ConstructionMatrix):
    """A matrix as lists of rows: a `scipy.sparse.lil_matrix`, with all its methods.

    Parameters
    ----------
    arg : (int, int) or array_like or sparse matrix [n_rows, n_columns]
        A shape makes an empty matrix.
    **kws
        For the connection matrix.

    Attributes
    ----------
    matrix : scipy.sparse.lil_matrix
    """

    _connection_class: type = SparseConnectionMatrix

    def __init__(self, arg, **kws):
        from scipy.sparse import lil_matrix

        self.matrix = lil_matrix(arg, dtype=np.float64)
        self.init_kws = kws

    def connection_matrix(self, *args, **kws):
        return self._connection_class(self.matrix, *args, **self.init_kws | kws)

    def todense(self):
        """The matrix as a plain array; a copy."""
        return self.matrix.toarray()

    def __getitem__(self, index):
        return self.matrix[index]

    def __setitem__(self, index, val):
        self.matrix[index] = val

    def __getattr__(self, name):
        if name.startswith("__") or name == "matrix":
            raise AttributeError(name)
        return getattr(self.matrix, name)

    def __repr__(self):
        return f"<{type(self).__name__}: {self.shape[0]} x {self.shape[1]}, {self.nnz} values>"


class DynamicConstructionMatrix(SparseConstructionMatrix):
    """The same, for a matrix whose elements come and go."""

    _connection_class = DynamicConnectionMatrix


def _is_shape(value):
    return isinstance(value, tuple) and all(np.ndim(item) == 0 for item in value)


def _to_array(value):
    return value.toarray() if hasattr(value, "toarray") else value
