"""Logarithms."""

from brian_nb.kernels.lanes import bits_of, fused, magnitude, polynomial, real_of, select
from brian_nb.kernels.vecmath.reduction import INFINITY, LN2_HIGH, LN2_LOW, NAN

INVERSE_LN10 = (0.4342944819032518, 1.098319650216765e-17)
LOG10_2 = (0.30102999566361177, 3.694239077158931e-13)
"""Decimal logarithm of 2; the first part has 40 bits."""
TWO_THIRDS = (0.6666666666666666, 3.700743415417188e-17)
# (log((1 + s)/(1 - s)) - 2*s)/s**3 as a polynomial in s**2, |s| <= 0.1716; 2**-57.6
_LOG = (
    0.666666666666667,
    0.39999999999899444,
    0.2857142862600327,
    0.22222211130259878,
    0.18182889455674947,
    0.15331710618210773,
    0.14616585424888623,
)
# the same without its first term 2/3, divided by s**2 again; 2**-66
_LOG_REST = (
    0.4,
    0.28571428571429364,
    0.22222222221655885,
    0.18181818335392802,
    0.1538459496251843,
    0.1333480469384731,
    0.11706236339491206,
    0.11723178623876518,
)
_ONE_BITS = 0x3FF0000000000000
_ROOT_HALF_BITS = 0x3FE6A09E667F3BCD
_MANTISSA_BITS = 0x000FFFFFFFFFFFFF


def log(x):
    """Natural logarithm; -inf at zero, NaN below."""
    tiny = x < 2.0**-1022
    exponent, mantissa = split(select(tiny, x * 2.0**54, x))
    exponent = exponent - select(tiny, 54.0, 0.0)
    return _log_ends(x, _log_of_parts(exponent, mantissa - 1.0, exponent * LN2_LOW))


def log1p(x):
    """``log(1 + x)`` without cancellation near zero."""
    total = x + 1.0
    kept = total - x
    lost = (1.0 - kept) + (x - (total - kept))
    exponent, mantissa = split(total)
    low = fused(exponent, LN2_LOW, lost / total)
    value = _log_ends(total, _log_of_parts(exponent, mantissa - 1.0, low))
    return select(magnitude(x) < 2.0**-54, x, value)


def log10(x):
    """Decimal logarithm."""
    tiny = x < 2.0**-1022
    exponent, mantissa = split(select(tiny, x * 2.0**54, x))
    exponent = exponent - select(tiny, 54.0, 0.0)
    natural = _log_of_parts(exponent * 0.0, mantissa - 1.0, 0.0)
    low = fused(natural, INVERSE_LN10[1], exponent * LOG10_2[1])
    value = fused(exponent, LOG10_2[0], fused(natural, INVERSE_LN10[0], low))
    return _log_ends(x, value)


def log_pair(x):
    """Natural logarithm of a positive number as a sum of two, 2**-64 of relative error."""
    tiny = x < 2.0**-1022
    exponent, mantissa = split(select(tiny, x * 2.0**54, x))
    exponent = exponent - select(tiny, 54.0, 0.0)
    ratio, ratio_low = _log_ratio(mantissa)
    square = ratio * ratio
    square_low = fused(ratio, ratio, -square) + ratio * ratio_low * 2.0
    cube = ratio * square
    cube_low = fused(ratio, square, -cube) + (ratio * square_low + ratio_low * square)
    third = cube * TWO_THIRDS[0]
    rest = cube * fused(square, polynomial(square, _LOG_REST), TWO_THIRDS[1])
    rest = rest + (fused(cube, TWO_THIRDS[0], -third) + cube_low * TWO_THIRDS[0])
    total, lost = _add_smaller(exponent * LN2_HIGH, ratio * 2.0)
    total, more_lost = _add_smaller(total, third)
    low = fused(exponent, LN2_LOW, (lost + more_lost) + (ratio_low * 2.0 + rest))
    return _add_smaller(total, low)


def _log_ratio(mantissa):
    """``(m - 1)/(m + 1)`` as a sum of two."""
    offset, total = mantissa - 1.0, mantissa + 1.0
    inverse = 1.0 / total
    ratio = offset * inverse
    residue = fused(-ratio, total, offset) - ratio * (mantissa - (total - 1.0))
    return ratio, residue * inverse


def _add_smaller(large, small):
    """Sum, and what its rounding lost, if `small` is the smaller one or `large` is zero."""
    total = large + small
    return total, small - (total - large)


def split(x):
    """Write a normal positive `x` as ``mantissa * 2**exponent``, mantissa in [0.707, 1.414)."""
    shifted = bits_of(x) + (_ONE_BITS - _ROOT_HALF_BITS)
    exponent = real_of((shifted >> 52) | 0x4330000000000000) - (2.0**52 + 1023.0)
    return exponent, real_of((shifted & _MANTISSA_BITS) + _ROOT_HALF_BITS)


def _log_of_parts(exponent, offset, low):
    """``exponent*ln(2) + log(1 + offset)``; `low` brings the small terms of the sum."""
    ratio = offset / (offset + 2.0)
    square = ratio * ratio
    half = offset * offset * 0.5
    tail = fused(ratio, fused(square, polynomial(square, _LOG), half), low)
    return fused(exponent, LN2_HIGH, offset - (half - tail))


def _log_ends(x, value):
    below = select(x == 0.0, -INFINITY, NAN)
    return select(x > 0.0, select(x < INFINITY, value, x), below)
