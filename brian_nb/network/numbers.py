"""Whole numbers as users give them: ``N*8/10`` is a float in Python 3."""

from operator import index

import numpy as np


def to_index(value):
    """A whole number as an int.

    Parameters
    ----------
    value : int, or float with a whole value

    Raises
    ------
    TypeError
        It is no whole number.
    """
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return index(value)


def to_slice(item):
    """A slice whose ends may be floats with a whole value."""
    ends = (item.start, item.stop, item.step)
    return slice(*(None if end is None else to_index(end) for end in ends))


def to_subscript(item):
    """What may stand in the brackets of an array, with floats of a whole value as ints.

    Parameters
    ----------
    item : int, float, slice, list or array of them, or tuple of all these

    Anything else is given back as it is, for the array to refuse.

    Raises
    ------
    TypeError
        The end of a slice is no whole number.
    """
    if isinstance(item, tuple):
        return tuple(map(to_subscript, item))
    if isinstance(item, slice):
        return to_slice(item)
    numbers = np.asarray(item)
    if numbers.dtype.kind != "f" or np.any(numbers != np.floor(numbers)):
        return item
    return numbers.astype(np.int64) if numbers.ndim else int(numbers)
