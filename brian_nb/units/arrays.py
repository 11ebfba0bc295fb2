"""Arrays with a unit: NumPy arrays of SI values that carry one dimension for all elements."""

from itertools import repeat
from typing import Any

import numpy as np

from brian_nb.errors import DimensionMismatchError
from brian_nb.units.dimension import DIMENSIONLESS, Dimension, get_dimension, is_array
from brian_nb.units.formatting import format_array, format_html, format_latex
from brian_nb.units.functions import call_function, find_dimension, flatten, strip_units
from brian_nb.units.mismatch import require_same
from brian_nb.units.naming import name_dimension
from brian_nb.units.quantity import wrap_scalar
from brian_nb.units.ufuncs import combine_dimensions, reduce_dimension

_DELEGATED = (
    "all any argmax argmin argsort clip cumsum diagonal dot max mean min nonzero prod ptp repeat "
    "round searchsorted std sum trace var"
)


class QuantityArray(np.ndarray):
    """An array with units and their whole algebra.

    Parameters
    ----------
    values : array_like, SI
        Copied. Quantities in a list bring their own dimension.
    dimension : Dimension, optional
        That of `values` if it is not given.

    Raises
    ------
    DimensionMismatchError
        `values` has elements of different dimensions.

    Notes
    -----
    Results without dimension are plain arrays. ``numpy.asarray(a)`` gives the SI values.

    Examples
    --------
    >>> from brian_nb.units import mV, ms
    >>> v = QuantityArray([-70*mV, -60*mV, -50*mV])
    >>> v + 10*mV
    [-60. -50. -40.] mV
    >>> v.mean() / ms
    -60. mV/ms
    """

    dimension: Dimension

    def __new__(cls, values: Any, dimension: Dimension | None = None):
        self = np.array(strip_units(values), dtype=float).view(cls)
        self.dimension = _find_common_dimension(values) if dimension is None else dimension
        return self

    def __array_finalize__(self, source):
        self.dimension = get_dimension(source)

    def __array_ufunc__(self, ufunc, method, *inputs, out=(), **keywords):
        if method in ("__call__", "outer"):
            dimension = combine_dimensions(ufunc, inputs)
        elif method == "at":
            dimension = combine_dimensions(ufunc, (inputs[0], *inputs[2:]))
            _check_target(f"{ufunc.__name__}.at", inputs[0], dimension)
        else:
            dimension = reduce_dimension(ufunc, inputs[0])
        for target in out:
            _check_target(ufunc.__name__, target, dimension)
        if out:
            keywords["out"] = tuple(map(strip_units, out))
        results = getattr(ufunc, method)(*map(strip_units, inputs), **keywords)
        return out[0] if len(out) == 1 else _wrap(results, dimension)

    def __array_function__(self, function, types, args, keywords):
        dimension = find_dimension(function, args, keywords)
        target = keywords.get("out")
        if target is not None:
            _check_target(function.__name__, target, dimension)
        results = call_function(function, args, keywords)
        return _wrap(results, dimension) if target is None else target

    def __getitem__(self, index):
        return _wrap(strip_units(self)[index], self.dimension)

    def __setitem__(self, index, value):
        same = QuantityArray(value) if isinstance(value, (list, tuple)) else value
        require_same("=", self, same)
        strip_units(self)[index] = strip_units(same)

    def __iter__(self):
        return (_wrap(item, self.dimension) for item in strip_units(self))

    def item(self, *index):
        """One element as a quantity."""
        return wrap_scalar(strip_units(self).item(*index), self.dimension)

    def tolist(self):
        """Nested lists of quantities."""
        return [item.tolist() if is_array(item) else item for item in self]

    def fill(self, value):
        """Set all elements to one quantity."""
        self[...] = value

    def __repr__(self):
        return format_array(strip_units(self), self.dimension)

    def __str__(self):
        return repr(self)

    def __format__(self, spec):
        return format(repr(self), spec)

    def _repr_html_(self):
        return format_html(strip_units(self), self.dimension)

    def _repr_latex_(self):
        return format_latex(strip_units(self), self.dimension)

    def __reduce__(self):
        return QuantityArray, (strip_units(self), self.dimension)


def qarray(values: Any) -> np.ndarray:
    """A plain array of SI values, as all arrays of the manual are.

    Parameters
    ----------
    values : array_like of float or Quantity

    Returns
    -------
    float64[...], SI

    Raises
    ------
    DimensionMismatchError
        The values are in different units.

    Examples
    --------
    >>> from brian_nb.units import ms
    >>> times = qarray([10*ms, 12*ms, 50*ms])
    >>> times[abs(times - 11*ms) < 5*ms]
    array([0.01 , 0.012])
    """
    _find_common_dimension(values)
    return np.array(strip_units(values), dtype=float)


def _find_common_dimension(values):
    if isinstance(values, (list, tuple)) and values:
        return require_same("array", *flatten(values))
    return get_dimension(values)


def _check_target(name, target, dimension):
    """Refuse to write a result into an array of another dimension."""
    if get_dimension(target) != dimension:
        raise DimensionMismatchError(
            f"{name}: the result is in {name_dimension(dimension)} and does not fit into an "
            f"array in {name_dimension(get_dimension(target))}",
            hint="write a = a*b instead of a *= b: it makes a new array",
        )


def _wrap(results, dimension):
    """Give results their dimensions; what has none comes back as it is."""
    if isinstance(results, (tuple, list)):
        dimensions = dimension if isinstance(dimension, tuple) else repeat(dimension)
        return type(results)(map(_wrap, results, dimensions))
    if isinstance(dimension, tuple):
        dimension = dimension[0]
    if results is None or dimension == DIMENSIONLESS:
        return results
    if not is_array(results):
        return wrap_scalar(results, dimension)
    array = results.view(QuantityArray)
    array.dimension = dimension
    return array


def _delegate(name):
    """Method that is the NumPy function of its name, so that its rule is written once."""

    def method(self, *args, **keywords):
        return getattr(np, name)(self, *args, **keywords)

    method.__name__ = name
    method.__doc__ = f"See `numpy.{name}`."
    return method


for _name in _DELEGATED.split():
    setattr(QuantityArray, _name, _delegate(_name))
