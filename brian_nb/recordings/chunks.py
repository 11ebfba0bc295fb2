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
        """Add rows at the end."""
        with self._lock:
            self._parts.append(part)
            self._n_rows += len(part)

    def keep_last(self, n_rows):
        """Forget all but the last rows, and give their memory back."""
        with self._lock:
            self._parts = [self.join()[-n_rows:].copy()]
            self._n_rows = len(self._parts[0])

    def __len__(self):
        return self._n_rows

    def join(self):
        """The whole array; chunks are joined once, not at every reading."""
        with self._lock:
            if len(self._parts) > 1:
                self._parts = [np.concatenate(self._parts)]
            return self._parts[0]

    def tail(self, n_rows):
        """At least the last rows, without joining the older ones."""
        taken, found = [], 0
        for part in reversed(list(self._parts)):
            taken.append(part)
            found += len(part)
            if found >= n_rows:
                break
        return np.concatenate(taken[::-1])
