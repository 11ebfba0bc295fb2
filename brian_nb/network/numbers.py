"""Whole numbers as users give them: ``N*8/10`` is a float in Python 3."""

from operator import index


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
