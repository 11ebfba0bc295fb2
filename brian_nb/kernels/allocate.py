"""Arrays as kernels want them: zeroed, C-contiguous, on a cache-line boundary."""

import math
import mmap
import sys
from contextlib import suppress

import numpy as np

ALIGNMENT = 64
"""Bytes. One cache line and one AVX-512 register; a 16-byte offset costs 38 % on CUBA."""

LANES = ALIGNMENT // 8
"""Numbers of 8 bytes in a line of so many bytes."""

LEAST_FRESH, LARGE_PAGES_FROM = 1 << 17, 1 << 22
"""Bytes. Smaller arrays lie in memory that a process has had before; larger ones in large pages,
for which NumPy asks by itself."""

POPULATE_WRITE = 23 if sys.platform == "linux" else None
"""What the system is told to give pages that are about to be written (Linux 5.14); None where it
cannot be told."""


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
    """Make an array for numbers that are written one after the other and then kept.

    Its memory need not be there before it is written, see `get_pages`.

    Parameters
    ----------
    n : int

    Returns
    -------
    float64[n]
        On a 64-byte boundary; the numbers are anything.
    """
    n_bytes = 8 * n
    if POPULATE_WRITE is None or not LEAST_FRESH <= n_bytes < LARGE_PAGES_FROM:
        return allocate(n, zeroed=False)
    try:
        memory = mmap.mmap(-1, n_bytes, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    except OSError:
        return allocate(n, zeroed=False)
    return np.frombuffer(memory, np.float64)


def get_pages(array, start, stop):
    """Let the system give the memory of ``array[start:stop]``, which is about to be written.

    Otherwise memory that a process has not had before comes page by page, at the first touch of
    each: half a microsecond to two for 512 numbers, as long as it takes to compute those of a
    single neuron. All at once they come in two thirds of the time.

    Parameters
    ----------
    array : float64[n]
        As `allocate_fresh` gives it.
    start, stop : int
    """
    memory = getattr(array.base, "obj", None)
    if isinstance(memory, mmap.mmap):
        first = 8 * start // mmap.PAGESIZE * mmap.PAGESIZE
        with suppress(OSError):
            memory.madvise(POPULATE_WRITE, first, 8 * stop - first)


def align(values):
    """Copy an array to where compiled code can use it, as `allocate` makes them."""
    array = allocate(values.shape, values.dtype)
    array[...] = values
    return array


def is_aligned(array):
    """Whether the data of an array begins on a 64-byte boundary; without data it does."""
    return not array.size or array.ctypes.data % ALIGNMENT == 0
