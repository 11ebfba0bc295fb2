"""Arrays that grow at their end."""

import numpy as np

from brian_nb.recordings.guarded import Guarded


class Chunks(Guarded):
    """A growing array, joined when it is read.

    One thread may append while others read.

    Parameters
    ----------
    dtype : numpy dtype
    width : int, optional
        Length of the second axis; none for a one-dimensional array.
    """

    def __init__(self, dtype, width=None):
        super().__init__()
        self._shape = (0,) if width is None else (0, width)
        self._dtype = dtype
        self.clear()

    def clear(self):
        """Forget all that was appended."""
        with self._lock:
            self._parts = [np.empty(self._shape, self._dtype)]
            self._n_rows = 0

    def append(self, part):
        """Add rows at the end; the array is kept, not copied."""
        with self._lock:
            if _goes_on(self._parts[-1], part):
                part_of = self._parts.pop()
                self._parts.append(_extend(part_of, len(part)))
            else:
                self._parts.append(part)
            self._n_rows += len(part)

    def keep_last(self, n_rows):
        """Forget all but the last rows, and give their memory back."""
        with self._lock:
            self._parts = [_last(self.join(), n_rows).copy()]
            self._n_rows = len(self._parts[0])

    def __len__(self):
        return self._n_rows

    def join(self):
        """The whole array; chunks are joined once, not at every reading."""
        with self._lock:
            filled = [part for part in self._parts if len(part)] or self._parts[:1]
            self._parts = [np.concatenate(filled)] if len(filled) > 1 else filled
            return self._parts[0]

    def tail(self, n_rows):
        """The last rows, or all if there are fewer, without joining the older ones."""
        taken, found = [], 0
        for part in reversed(list(self._parts)):
            taken.append(part)
            found += len(part)
            if found >= n_rows:
                break
        return _last(np.concatenate(taken[::-1]), n_rows)


def _last(rows, n_rows):
    return rows[max(0, len(rows) - n_rows) :]


def _goes_on(part, other):
    """Whether the rows of another array follow in the same memory."""
    if part.base is None or part.base is not other.base or not part.flags.c_contiguous:
        return False
    return other.ctypes.data == part.ctypes.data + part.nbytes


def _extend(part, n_rows):
    """The same array with so many more rows that follow in memory."""
    owner = part.base
    shape = (len(part) + n_rows, *part.shape[1:])
    return np.ndarray(shape, part.dtype, owner, part.ctypes.data - owner.ctypes.data)
