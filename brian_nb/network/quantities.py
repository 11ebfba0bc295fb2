"""Values as users give them, turned into plain SI numbers with their dimension checked."""

import numpy as np

from brian_nb.diagnostics import Diagnostic
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.units import Quantity, get_dimension, name_dimension


def to_si(value, dimension, what):
    """SI value of a scalar or an array.

    Parameters
    ----------
    value : Quantity, number or array_like
        Arrays and, where `dimension` is none, numbers carry no unit; an array, or an element of
        one, is taken to be SI.
    dimension : Dimension or None
        What the value must have; None where it may have any.
    what : str
        Whose value it is, for the message.

    Raises
    ------
    DimensionMismatchError
        The value has another dimension.
    ModelError
        It is no number.
    """
    if isinstance(value, Quantity):
        if dimension is not None:
            check_dimension(value, dimension, what)
        return np.float64(value)
    if np.ndim(value) == 0 and dimension is not None and not isinstance(value, np.generic):
        check_dimension(value, dimension, what)
    try:
        return np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise ModelError(f"{what} must be a number or an array, not {value!r}") from None


def check_dimension(value, dimension, what):
    """Raise where a value has another dimension than expected."""
    found = get_dimension(value)
    if found is not dimension and found != dimension:
        raise DimensionMismatchError(
            Diagnostic(
                f"{what} must be in {name_dimension(dimension)}, "
                f"but {value!r} is in {name_dimension(found)}",
                hint=_hint(value, found, dimension),
            )
        )


def _hint(value, found, dimension):
    if found.is_dimensionless:
        return f"give it a unit: {value!r}*{name_dimension(dimension)}"
    return None
