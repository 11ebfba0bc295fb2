"""Arrays of the state as compiled code wants them."""

import numpy as np

from brian_nb.kernels import allocate, is_aligned


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
    array = allocate(max(1, values.size), dtype, zeroed=not values.size)
    array[: values.size] = values
    return array


def take_aligned(values, dtype):
    """Values that nobody else holds, for compiled code: themselves where they are fit for it."""
    is_fit = (
        isinstance(values, np.ndarray)
        and values.dtype == dtype
        and values.size
        and values.flags.c_contiguous
        and values.flags.writeable
        and is_aligned(values)
    )
    return values if is_fit else copy_aligned(values, dtype)
