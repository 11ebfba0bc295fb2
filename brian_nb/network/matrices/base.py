"""What all matrices of connections can do."""

from abc import ABC, abstractmethod

import numpy as np

from brian_nb.errors import WiringError
from brian_nb.network.numbers import to_subscript


class ConnectionMatrix(ABC):
    """The weights, or another value, of the synapses from sources (rows) to targets (columns).

    ``W[i, :]``, ``W[:, j]`` and ``W[i, j]`` are a row, a column and an element; so
    ``W[i, :] = 2*W[i, :]`` works whatever the structure. Values are plain floats in SI units.
    """

    @abstractmethod
    def get_row(self, i):
        """Row `i`, a view: a change of it changes the matrix."""

    @abstractmethod
    def get_col(self, i):
        """Column `i`, a copy where the structure is sparse."""

    @abstractmethod
    def set_row(self, i, val):
        """Set the elements of row `i` that there are.

        Parameters
        ----------
        i : int
        val : scalar, array_like[n_columns], array_like[k] or ConnectionVector
        """

    @abstractmethod
    def set_col(self, i, val):
        """Set the elements of column `i` that there are."""

    @abstractmethod
    def get_element(self, i, j):
        """One value; zero where there is no element."""

    @abstractmethod
    def set_element(self, i, j, val):
        """Set one value."""

    def get_rows(self, rows):
        """A list of rows."""
        return [self.get_row(i) for i in rows]

    def get_cols(self, cols):
        """A list of columns."""
        return [self.get_col(j) for j in cols]

    def insert(self, i, j, x):
        """Make a new element."""
        raise WiringError(
            f"a {type(self).__name__} has a fixed number of elements: none can be inserted",
            hint="make the connection with structure='dynamic'",
        )

    def remove(self, i, j):
        """Take an element away."""
        raise WiringError(
            f"a {type(self).__name__} has a fixed number of elements: none can be removed",
            hint="make the connection with structure='dynamic', or set the weight to zero",
        )

    @abstractmethod
    def getnnz(self):
        """Number of elements that there are; of a dense matrix, of those that are not zero."""

    @abstractmethod
    def todense(self):
        """The whole matrix as a plain array, float64[n_rows, n_columns]; a copy."""

    def __getitem__(self, item):
        """A row, a column, an element, or an array of elements."""
        kind, index = _find_kind(item)
        if kind == "row":
            return self.get_row(index)
        if kind == "column":
            return self.get_col(index)
        return self.todense() if kind == "all" else self._get_some(item)

    def __setitem__(self, item, val):
        """Set elements; of rows, columns and slices, those that there are."""
        kind, index = _find_kind(item)
        if kind == "row":
            self.set_row(index, val)
        elif kind == "column":
            self.set_col(index, val)
        elif kind == "all":
            self._set_all(val)
        else:
            self._set_some(item, val)

    @abstractmethod
    def _get_some(self, item):
        """Elements by any other index."""

    @abstractmethod
    def _set_some(self, item, val):
        """Set elements by any other index."""

    @abstractmethod
    def _set_all(self, val):
        """Set all elements that there are.

        Parameters
        ----------
        val : scalar, array_like[n_rows, n_columns], sparse matrix or array_like[nnz]
        """


def resolve_index(index, size, what):
    """Numbers of rows or columns that an index means, int64[...].

    Parameters
    ----------
    index : int, slice, list or array
    size : int
    what : str
        What is counted, for messages.

    Raises
    ------
    WiringError
        There is no such row or column.
    """
    index = to_subscript(index)
    try:
        if isinstance(index, (int, np.integer)):
            return np.asarray(range(size)[index])
        return np.arange(size)[index]
    except IndexError:
        raise WiringError(
            f"there is no {what} {index!r}", hint=f"they are numbered 0 to {size - 1}"
        ) from None


def resolve_pair(pair, shape, whats=("row", "column")):
    """Numbers of rows and columns of the elements that ``[i, j]`` means.

    Of lists, the elements stand side by side; a slice goes through all its rows or columns for each
    of the other ones.

    Parameters
    ----------
    pair : tuple
    shape : (int, int)
    whats : (str, str)

    Returns
    -------
    rows, columns : int64[...]
        Of one shape, that of the result.
    """
    try:
        row, column = pair
    except (TypeError, ValueError):
        raise WiringError(f"two indices are needed, as in [i, j], not [{pair!r}]") from None
    rows = resolve_index(row, shape[0], whats[0])
    columns = resolve_index(column, shape[1], whats[1])
    if isinstance(row, slice) or isinstance(column, slice):
        rows = rows.reshape(rows.shape + (1,) * columns.ndim)
    return np.broadcast_arrays(rows, columns)


def to_array(values):
    """Numbers, an array or any kind of matrix as an array, float64[...]."""
    return np.asarray(values.todense() if hasattr(values, "todense") else values, np.float64)


def fit_values(values, shape, what):
    """Values as an array of some shape.

    Parameters
    ----------
    values : array_like[...]
        Broadcast as NumPy does.
    shape : tuple of int
    what : str
        Whose values they are, for messages.

    Raises
    ------
    WiringError
        They have another shape.
    """
    try:
        return np.broadcast_to(values, shape)
    except ValueError:
        raise WiringError(f"{what}: {np.shape(values)} values for {shape} pairs") from None


def _find_kind(item):
    """What an index of a matrix means: a row, a column, all elements, or some."""
    if isinstance(item, slice):
        item = item, slice(None)
    if not isinstance(item, tuple) or len(item) != 2:
        return "some", None
    row, column = item
    if _is_all(row) and _is_all(column):
        return "all", None
    if _is_all(column) and _is_number(row):
        return "row", row
    if _is_all(row) and _is_number(column):
        return "column", column
    return "some", None


def _is_all(index):
    return isinstance(index, slice) and index == slice(None)


def _is_number(index):
    return not isinstance(index, slice) and np.ndim(index) == 0
