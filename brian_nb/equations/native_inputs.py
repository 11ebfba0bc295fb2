"""Numbers and arrays around a function of the user, where compiled code reads what they are now."""

import math

import numpy as np

from brian_nb.units import Unit


def is_fixed(value):
    """Whether a value is a unit or pi, which nobody changes."""
    return isinstance(value, Unit) or (type(value) is float and value == math.pi)


def find_kind(value):
    """What compiled code has to know of a value before it reads it.

    Parameters
    ----------
    value : object

    Returns
    -------
    tuple or None
        ("number", type), ("array", type, number of dimensions) or ("tuple", types and values);
        None where it cannot be read.
    """
    if isinstance(value, tuple):
        known = value and all(type(item) in (bool, int, float) for item in value)
        return ("tuple", tuple((type(item), item) for item in value)) if known else None
    if type(value) is not np.ndarray:
        return _find_number_kind(value)
    if value.ndim == 0:
        return _find_number_kind(value[()])
    is_plain = value.flags.c_contiguous and value.flags.aligned and value.dtype.isnative
    if not is_plain or value.dtype.kind not in "biuf" or value.dtype.itemsize not in (1, 4, 8):
        return None
    return "array", value.dtype.str, value.ndim


def _find_number_kind(value):
    if isinstance(value, np.bool_ | bool):
        return "number", "bool"
    if isinstance(value, np.integer | int):
        return ("number", "int64") if -(2**63) <= value < 2**63 else None
    return ("number", "float64") if isinstance(value, float | np.floating) else None


def make_input(source, path, value):
    """The `Input` for a value.

    Parameters
    ----------
    source : FunctionSource
        The function that finds it.
    path : str
        See `FunctionSource.find_value`.
    value : object
        Has a kind.
    """
    return _INPUTS[find_kind(value)[0]](source, path, value)


class Input:
    """A value that a function finds around it.

    Parameters
    ----------
    source, path, value
        See `make_input`.

    Attributes
    ----------
    kind : tuple
        See `find_kind`.
    cells : array
        Compiled code reads the value from here.
    shape : tuple of int
        Of an array; empty for what is none.
    """

    shape: tuple = ()

    def __init__(self, source, path, value):
        self._source, self.path, self.kind = source, path, find_kind(value)
        self.take(value)

    def refresh(self):
        """Take over the value of now.

        Returns
        -------
        bool
            False where it is of another kind, for which nothing is done.

        Raises
        ------
        Untranslatable
            There is no value any more.
        """
        value = self._source.find_value(self.path)
        if find_kind(value) != self.kind:
            return False
        self.take(value)
        return True

    def take(self, value):
        """Put a value of the right kind where compiled code reads it."""


class Number(Input):
    """A number; a quantity is one in SI units."""

    cells = None

    def take(self, value):
        if self.cells is None:
            self.cells = np.zeros(1, self.kind[1])
        self.cells[0] = value


class Array(Input):
    """An array; `cells` holds its address and shape."""

    _held = cells = None

    def take(self, value):
        if value is self._held and value.ctypes.data == self.cells[0]:
            return
        if self.cells is None:
            self.cells = np.zeros(1 + value.ndim, np.int64)
        self.cells[:] = value.ctypes.data, *value.shape
        self._held, self.shape = value, value.shape


class Numbers(Input):
    """A tuple of numbers, which cannot change: another one is of another kind."""

    def take(self, value):
        self.value = value


_INPUTS = {"number": Number, "array": Array, "tuple": Numbers}
