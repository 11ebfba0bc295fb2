"""Rows and columns of matrices of connections."""

import numpy as np


class ConnectionVector:
    """A row or a column of a `ConnectionMatrix`; ``2*v`` is a vector of the same kind."""


class DenseConnectionVector(ConnectionVector, np.ndarray):
    """A row or a column with all its elements: an array.

    Parameters
    ----------
    values : array_like[n]
        Not copied where it is an array.
    """

    def __new__(cls, values):
        return np.asarray(values).view(cls)

    def todense(self):
        """The vector as a plain array."""
        return np.asarray(self)


class SparseConnectionVector(ConnectionVector, np.ndarray):
    """The elements of a row or a column that there are.

    As an array it holds the values alone. Arithmetic acts on these: with a vector of all `n`
    elements it takes those that stand at `ind`, the others are ignored, as are the elements of
    another sparse vector that this one has not.

    Parameters
    ----------
    n : int
        Length with all elements.
    ind : int[k]
        Where the values stand, ascending.
    data : array_like[k]
        The values; not copied where they are an array.
    write_back : callable, optional
        Gets the vector after each change in place.

    Examples
    --------
    >>> v = SparseConnectionVector(4, [1, 3], [10.0, 30.0])
    >>> (2*v).todense()
    array([ 0., 20.,  0., 60.])
    >>> (v + [1, 2, 3, 4]).todense()
    array([ 0., 12.,  0., 34.])
    """

    def __new__(cls, n, ind, data, write_back=None):
        self = np.asarray(data).view(cls)
        self.n, self.ind, self._write_back = int(n), np.asarray(ind), write_back
        return self

    def __array_finalize__(self, source):
        self.n, self.ind = getattr(source, "n", None), getattr(source, "ind", None)
        self._write_back = None

    def todense(self):
        """All elements, float64[n]."""
        dense = np.zeros(self.n, self.dtype)
        dense[self.ind] = np.asarray(self)
        return dense

    def __array_ufunc__(self, ufunc, method, *inputs, out=(), **keywords):
        like = next(x for x in (*inputs, *out) if isinstance(x, SparseConnectionVector))
        if method == "__call__":
            inputs = [like.select(item) for item in inputs]
        else:
            inputs = [_plain(item) for item in inputs]
        if out:
            keywords["out"] = tuple(_plain(item) for item in out)
        result = getattr(ufunc, method)(*inputs, **keywords)
        if out:
            for item in out:
                _write_back(item)
            return out[0] if len(out) == 1 else out
        if method != "__call__":
            return result
        if isinstance(result, tuple):
            return tuple(like._wrap(item) for item in result)
        return like._wrap(result)

    def select(self, values):
        """Of a vector of `n` elements, those that this vector has; anything else as it is.

        Parameters
        ----------
        values : scalar, array_like[n], array_like[k] or SparseConnectionVector
        """
        if isinstance(values, SparseConnectionVector):
            same = values.ind is self.ind or np.array_equal(values.ind, self.ind)
            return _plain(values) if same else values.todense()[self.ind]
        if np.ndim(values) == 0:
            return np.float64(values)
        values = np.asarray(values)
        return values[self.ind] if values.shape == (self.n,) else values

    def __getitem__(self, index):
        return np.asarray(self)[index]

    def __setitem__(self, index, values):
        np.asarray(self)[index] = values
        _write_back(self)

    def __reduce__(self):
        return SparseConnectionVector, (self.n, self.ind, np.asarray(self))

    def __repr__(self):
        return f"SparseConnectionVector({self.n}, {self.ind!r}, {np.asarray(self)!r})"

    def _wrap(self, result):
        if np.shape(result) != self.ind.shape:
            return result
        return SparseConnectionVector(self.n, self.ind, result)


def _plain(values):
    return np.asarray(values) if isinstance(values, SparseConnectionVector) else values


def _write_back(vector):
    if isinstance(vector, SparseConnectionVector) and vector._write_back:
        vector._write_back(vector)
