"""Arrays as kernels want them: zeroed, C-contiguous, on a cache-line boundary."""

import math
import mmap

import numpy as np

ALIGNMENT = 64
"""Bytes. One cache line and one AVX-512 register; a 16-byte offset costs 38 % on CUBA."""

LANES = ALIGNMENT // 8
"""Numbers of 8 bytes in a line of so many bytes."""

LEAST_AHEAD, LARGE_PAGES_FROM = 1 << 16, 1 << 22
"""Bytes. NumPy asks for large pages by itself from there on."""

PAGES_AHEAD = (
    mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE
    if hasattr(mmap, "MAP_POPULATE")
    else None
)
"""How memory is asked for with all its pages; None where the system cannot."""


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


def allocate_fresh(n):
    """Make an array for numbers that are about to be written and then kept.

    Memory that a process has not had before comes page by page, at the first touch of each: some
    microsecond for 512 numbers, as long as it takes to compute those of a single neuron. Where the
    system can, it gives them all at once, in half the time. Longer arrays lie in large pages.

    Parameters
    ----------
    n : int

    Returns
    -------
    float64[n]
        On a 64-byte boundary; the numbers are anything.
    """
    n_bytes = 8 * n
    if PAGES_AHEAD is None or not LEAST_AHEAD <= n_bytes < LARGE_PAGES_FROM:
        return allocate(n, zeroed=False)
    try:
        return np.frombuffer(mmap.mmap(-1, n_bytes, flags=PAGES_AHEAD), np.float64)
    except OSError:
        return allocate(n, zeroed=False)


def align(values):
    """Copy an array to where compiled code can use it, as `allocate` makes them."""
    array = allocate(values.shape, values.dtype)
    array[...] = values
    return array


def is_aligned(array):
    """Whether the data of an array begins on a 64-byte boundary; without data it does."""
    return not array.size or array.ctypes.data % ALIGNMENT == 0
