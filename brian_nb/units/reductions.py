"""Sums and tests: those of NumPy for arrays, those of Python for what can only be gone through.

Scripts in the manual's language have NumPy's by these names, and use them on arrays with axes;
notebooks of today also use Python's, on generators. Lists of numbers and arrays in one are for
Python's, too: NumPy makes no array of them.
"""

import builtins

import numpy as np

from brian_nb.units.quantity import Quantity


def sum(values, *arguments, **keywords):
    """Sum of an array, or along an axis of it, or of what is gone through, units included."""
    function = _choose("sum", values, arguments, keywords)
    if function is builtins.sum and not arguments and not keywords:
        items = iter(values)
        return builtins.sum(items, next(items, 0))  # 0 has no unit
    return function(values, *arguments, **keywords)


def any(values, *arguments, **keywords):
    """Whether something is true: in an array, along an axis of it, or of what is gone through."""
    return _choose("any", values, arguments, keywords)(values, *arguments, **keywords)


def all(values, *arguments, **keywords):
    """Whether all is true: in an array, along an axis of it, or of what is gone through."""
    return _choose("all", values, arguments, keywords)(values, *arguments, **keywords)


def _choose(name, values, arguments, keywords):
    """The function of NumPy or the one of Python, by what it is applied to."""
    starts = "start" in keywords or builtins.any(
        not isinstance(item, (int, type(None))) for item in arguments[:1]
    )
    return getattr(builtins if starts or not _is_array_like(values) else np, name)


def _is_array_like(values):
    if isinstance(values, (list, tuple)):
        shapes = {item.shape if isinstance(item, np.ndarray) else () for item in values}
        return len(shapes) < 2 and not builtins.any(isinstance(item, Quantity) for item in values)
    return hasattr(values, "__array__") or np.isscalar(values)


REDUCTIONS = (sum, any, all)
"""All of them."""
