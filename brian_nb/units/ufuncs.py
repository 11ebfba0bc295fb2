"""NumPy's elementwise functions -> the dimension of their result.

One table for scalars, arrays and operators alike. A function that is not in it needs plain
numbers and gives plain numbers, as exp and sin do.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from brian_nb.errors import DimensionMismatchError
from brian_nb.units.dimension import DIMENSIONLESS, Dimension, get_dimension, is_array
from brian_nb.units.mismatch import require_plain, require_same

_OPERATORS: dict[Any, str] = (
    {np.add: "+", np.subtract: "-", np.remainder: "%", np.floor_divide: "//", np.power: "**"}
    | {np.less: "<", np.less_equal: "<=", np.greater: ">", np.greater_equal: ">="}
    | {np.equal: "==", np.not_equal: "!="}
)
_ALIKE = {
    *(np.add, np.subtract, np.remainder, np.fmod, np.hypot, np.nextafter),
    *(np.maximum, np.minimum, np.fmax, np.fmin),
}
_COMPARISONS = {
    *(np.less, np.less_equal, np.greater, np.greater_equal, np.equal, np.not_equal),
}
_RATIO = {*_COMPARISONS, np.floor_divide, np.arctan2}
_FIRST = {np.negative, np.positive, np.absolute, np.fabs, np.conjugate, np.spacing, np.copysign}
_ANY = {
    *(np.isfinite, np.isinf, np.isnan, np.sign, np.signbit),
    *(np.logical_and, np.logical_or, np.logical_not, np.logical_xor),
}
_PRODUCT = {np.multiply, np.matmul, np.vecdot}
_FIXED_POWERS = {np.sqrt: 0.5, np.cbrt: 1 / 3, np.square: 2, np.reciprocal: -1}


def combine_dimensions(ufunc: np.ufunc, operands: Sequence[Any]) -> Any:
    """Dimension of what a ufunc gives, after checking its operands.

    Parameters
    ----------
    ufunc : numpy.ufunc
    operands : sequence of Quantity, QuantityArray, number or array

    Returns
    -------
    Dimension, or a tuple of them for a ufunc with two results

    Raises
    ------
    DimensionMismatchError
        The operands do not go together.
    """
    first = get_dimension(operands[0])
    operation = _OPERATORS.get(ufunc, ufunc.__name__)
    if ufunc in _ALIKE:
        return require_same(operation, *operands)
    if ufunc in _PRODUCT:
        return first * get_dimension(operands[1])
    if ufunc is np.divide:
        return first / get_dimension(operands[1])
    if ufunc in _COMPARISONS and any(map(_has_no_scale, operands)):
        return DIMENSIONLESS
    if ufunc in _RATIO:
        require_same(operation, *operands)
        return DIMENSIONLESS
    if ufunc in _FIRST:
        return first
    if ufunc in _ANY:
        return DIMENSIONLESS
    if ufunc in _FIXED_POWERS:
        return first ** _FIXED_POWERS[ufunc]
    if ufunc in (np.power, np.float_power):
        return _raise_dimension(*operands)
    if ufunc is np.divmod:
        return DIMENSIONLESS, require_same("divmod", *operands)
    require_plain(operation, *operands)
    return (DIMENSIONLESS,) * ufunc.nout if ufunc.nout > 1 else DIMENSIONLESS


def reduce_dimension(ufunc: np.ufunc, array: Any) -> Dimension:
    """Dimension of a ufunc applied along an axis: a sum keeps it, a product needs plain numbers."""
    if ufunc in _ALIKE:
        return get_dimension(array)
    if ufunc not in _ANY:
        require_plain(f"{ufunc.__name__}.reduce", array)
    return DIMENSIONLESS


def _has_no_scale(value):
    """Plain zero and infinity compare with everything: no unit would change the answer."""
    if is_array(value) or not get_dimension(value).is_dimensionless:
        return False
    return float(value) == 0 or math.isinf(value)


def _raise_dimension(base, exponent):
    require_plain("**", exponent, of=base)
    dimension = get_dimension(base)
    if dimension.is_dimensionless:
        return DIMENSIONLESS
    if is_array(exponent):
        raise DimensionMismatchError(
            "a quantity with a unit cannot be raised to an array of powers",
            hint="every element would have another unit; raise to one number",
        )
    return dimension ** float(exponent)
