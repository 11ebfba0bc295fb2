"""Arrays of the state as compiled code wants them, also after pickling and copying."""

import numpy as np

from brian_nb.kernels import allocate


def copy_aligned(values, dtype):
    """A copy of values for compiled code; without values, one element that nobody reads.

    Parameters
    ----------
    values : array_like[n]
    dtype : dtype

    Returns
    -------
    dtype[max(1, n)]
        On a cache-line boundary.
    """
    values = np.asarray(values)
    array = allocate(max(1, values.size), dtype)
    array[: values.size] = values
    return array


class AlignedArrays:
    """Something whose arrays lie on cache-line boundaries.

    Pickling and deep copies make new arrays, which may lie anywhere; they are moved.
    """

    def __setstate__(self, state):
        self.__dict__.update({name: _realign(value) for name, value in state.items()})


def _realign(value):
    if isinstance(value, dict):
        for name, item in value.items():
            value[name] = _realign(item)
        return value
    if not isinstance(value, np.ndarray):
        return value
    array = allocate(value.shape, value.dtype)
    array[...] = value
    return array
