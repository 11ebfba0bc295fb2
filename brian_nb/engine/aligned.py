"""Arrays of the state as compiled code wants them."""

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
