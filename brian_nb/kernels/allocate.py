"""Arrays as kernels want them: zeroed, C-contiguous, on a cache-line boundary."""

import math

import numpy as np

ALIGNMENT = 64
"""Bytes. One cache line and one AVX-512 register; a 16-byte offset costs 38 % on CUBA."""

LANES = ALIGNMENT // 8
"""Neurons that the update of a population takes at a time, those behind its last one included."""


def allocate(shape, dtype=np.float64, zeroed=True):
    """Make an array of zeros whose data begins on a 64-byte boundary.

    Its memory also ends on one: a kernel may work on whole lines.

    Parameters
    ----------
    shape : int or tuple of int
        As for `numpy.zeros`.
    dtype : dtype
        As for `numpy.zeros`.
    zeroed : bool
        False where all is written before it is read; large arrays may then lie in large pages,
        whose first use is several times cheaper.

    Returns
    -------
    dtype[shape]
        Writable and C-contiguous.
    """
    dtype = np.dtype(dtype)
    n_bytes = math.prod(np.atleast_1d(shape).tolist()) * dtype.itemsize
    n_whole = -(-n_bytes // ALIGNMENT) * ALIGNMENT
    raw = (np.zeros if zeroed else np.empty)(n_whole + ALIGNMENT, np.uint8)
    start = -raw.ctypes.data % ALIGNMENT
    return raw[start : start + n_bytes].view(dtype).reshape(shape)


def align(values):
    """Copy an array to where compiled code can use it, as `allocate` makes them."""
    array = allocate(values.shape, values.dtype)
    array[...] = values
    return array


def is_aligned(array):
    """Whether the data of an array begins on a 64-byte boundary; without data it does."""
    return not array.size or array.ctypes.data % ALIGNMENT == 0
