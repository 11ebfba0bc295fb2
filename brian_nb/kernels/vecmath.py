"""Elementary functions of float64 without branches, written with `Lanes`.

The loop vectoriser of LLVM can widen a loop over arrays only if every function in it is plain
arithmetic; calls of the C library stop it: the update of COBAHH takes 67 ns a neuron with
`math.exp`, 13 to 17 ns with these, 12 ns in C++ (g++ -Ofast, a 2.3 GHz Emerald Rapids).

The results for infinities, NaN, zeros of either sign, overflow and underflow are NumPy's, but
for what a docstring says. The error in ulp is measured by the tests; it holds on machines that
fuse a product and a sum.

The coefficients are near-minimax fits (Chebyshev interpolation at 60 digits) of the quotient
that each comment names.

Source
------
Reductions: Muller, Elementary Functions, 3rd ed. 2016, chapters 10 and 11 (Cody and Waite).
"""

import math

from brian_nb.kernels.lanes import (
    bits_of,
    call_library,
    floor,
    fused,
    is_number,
    magnitude,
    polynomial,
    real_of,
    select,
    with_sign,
)

INVERSE_LN10 = (0.4342944819032518, 1.098319650216765e-17)
LOG10_2 = (0.30102999566361177, 3.694239077158931e-13)
"""Decimal logarithm of 2; the first part has 40 bits."""
TWO_THIRDS = (0.6666666666666666, 3.700743415417188e-17)

INFINITY = math.inf
NAN = math.nan

ROUNDER = 1.5 * 2.0**52
"""Added to a float64 below 2**51 it leaves the nearest integer in the low bits."""

LN2_HIGH = float.fromhex("0x1.62e42fefa2p-1")
"""ln 2 to 40 bits: its product with an exponent is exact."""
LN2_LOW = 7.371002565167799e-13
INVERSE_LN2 = 1.4426950408889634

LOWEST_EXPONENT = -708.3964185322641
"""Logarithm of the smallest normal float64. Gradual underflow would cost `exp` a quarter."""

HALF_PI = (1.5707963267948966, 6.123233995736766e-17, -1.4973849048591698e-33)
"""Half of pi as an unevaluated sum."""
TWO_OVER_PI = 0.6366197723675814
LARGEST_ANGLE = 2.0**50
"""Beyond, two neighbouring float64 are more than 1/8 apart; sin and cos give NaN."""

# (exp(r) - 1 - r)/r**2 for |r| <= ln(2)/2; relative error of exp 2**-56
_EXP = (
    0.5000000000000001,
    0.16666666666666669,
    0.04166666666662413,
    0.008333333333330062,
    0.0013888888917213717,
    0.00019841269863053618,
    2.4801521295954376e-05,
    2.7557268459997064e-06,
    2.7620088445409746e-07,
    2.510038549551032e-08,
)

# the same for expm1, where the leading 1 cannot hide the error; 2**-60
_EXPM1 = (
    0.5,
    0.1666666666666667,
    0.04166666666666667,
    0.008333333333326136,
    0.0013888888888883748,
    0.00019841269874820627,
    2.4801587325547743e-05,
    2.7557255400206422e-06,
    2.75572736431103e-07,
    2.5105217004720745e-08,
    2.0914686968086876e-09,
)

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

# (sin(y) - y)/y**3 as a polynomial in y**2, |y| <= pi/4; 2**-57
_SIN = (
    -0.16666666666666666,
    0.008333333333333331,
    -0.00019841269841265063,
    2.7557319219337312e-06,
    -2.5052106231802837e-08,
    1.6058531516797758e-10,
    -7.586691094197958e-13,
)

# (cos(y) - 1 + y**2/2)/y**4 as a polynomial in y**2, |y| <= pi/4; 2**-60
_COS = (
    0.041666666666666664,
    -0.0013888888888887398,
    2.480158729876456e-05,
    -2.7557317271145144e-07,
    2.087614614655861e-09,
    -1.1382623647474604e-11,
)


def exp(x):
    """Exponential; a result below the smallest normal float64, 2.2e-308, is given as 0."""
    exponent, fraction = _exp_parts(select(x > 710.0, 710.0, x))
    value = (fraction + fraction) * _power_of_two(exponent - 1.0)
    return select(x < LOWEST_EXPONENT, 0.0, value)


def expm1(x):
    """``exp(x) - 1`` without cancellation near zero."""
    return select(magnitude(x) < 2.0**-54, x, _expm1_small(x) * 65536.0)


def exprel(x):
    """``(exp(x) - 1)/x``, 1 at zero."""
    quotient = _expm1_small(x) / select(x > 717.0, 717.0, x)
    return select(magnitude(x) < 2.0**-54, 1.0, quotient * 65536.0)


def sinh(x):
    """Hyperbolic sine."""
    small = _expm1_small(magnitude(x))
    near = (small + small / fused(small, 65536.0, 1.0)) * 32768.0
    positive = select(magnitude(x) > 40.0, small * 32768.0, near)
    return with_sign(select(magnitude(x) < 2.0**-28, magnitude(x), positive), x)


def cosh(x):
    """Hyperbolic cosine."""
    exponent, fraction = _exp_parts(_clamp(magnitude(x), 0.0, 717.0))
    half = _scale(fraction, exponent - 1.0)
    return half + 0.25 / half


def tanh(x):
    """Hyperbolic tangent."""
    small = _expm1_small(magnitude(x) * -2.0)
    positive = -small / (small + 2.0**-15)
    return with_sign(select(magnitude(x) < 2.0**-28, magnitude(x), positive), x)


def log(x):
    """Natural logarithm; -inf at zero, NaN below."""
    tiny = x < 2.0**-1022
    exponent, mantissa = _split(select(tiny, x * 2.0**54, x))
    exponent = exponent - select(tiny, 54.0, 0.0)
    return _log_ends(x, _log_of_parts(exponent, mantissa - 1.0, exponent * LN2_LOW))


def log1p(x):
    """``log(1 + x)`` without cancellation near zero."""
    total = x + 1.0
    kept = total - x
    lost = (1.0 - kept) + (x - (total - kept))
    exponent, mantissa = _split(total)
    low = fused(exponent, LN2_LOW, lost / total)
    value = _log_ends(total, _log_of_parts(exponent, mantissa - 1.0, low))
    return select(magnitude(x) < 2.0**-54, x, value)


def log_of_fraction(x):
    """Natural logarithm for ``2**-1022 <= x < 1``, without the special cases."""
    exponent, mantissa = _split(x)
    return _log_of_parts(exponent, mantissa - 1.0, exponent * LN2_LOW)


def sin(x):
    """Sine of an angle in radian; NaN beyond 2**50."""
    quadrant, angle, low = _reduce_angle(x)
    value = _pick_sine(quadrant, _sin_kernel(angle, low), _cos_kernel(angle, low))
    return _angle_ends(x, select(magnitude(x) < 2.0**-27, x, value))


def cos(x):
    """Cosine of an angle in radian; NaN beyond 2**50."""
    quadrant, angle, low = _reduce_angle(x)
    value = _pick_sine(quadrant + 1, _sin_kernel(angle, low), _cos_kernel(angle, low))
    return _angle_ends(x, value)


def tan(x):
    """Tangent of an angle in radian; NaN beyond 2**50."""
    quadrant, angle, low = _reduce_angle(x)
    sine, cosine = _sin_kernel(angle, low), _cos_kernel(angle, low)
    odd = (quadrant & 1) == 1
    value = select(odd, -cosine, sine) / select(odd, sine, cosine)
    return _angle_ends(x, select(magnitude(x) < 2.0**-27, x, value))


def sincos_of_turns(x):
    """Sine and cosine of ``2*pi*x`` for ``|x| < 2**40``; `x` in full turns."""
    shifted = fused(x, 4.0, ROUNDER)
    angle = (x - (shifted - ROUNDER) * 0.25) * (2.0 * math.pi)
    square = angle * angle
    sine = fused(angle * square, polynomial(square, _SIN), angle)
    cosine = fused(square * square, polynomial(square, _COS), fused(square, -0.5, 1.0))
    quadrant = bits_of(shifted)
    return _pick_sine(quadrant, sine, cosine), _pick_sine(quadrant + 1, sine, cosine)


def log10(x):
    """Decimal logarithm."""
    tiny = x < 2.0**-1022
    exponent, mantissa = _split(select(tiny, x * 2.0**54, x))
    exponent = exponent - select(tiny, 54.0, 0.0)
    natural = _log_of_parts(exponent * 0.0, mantissa - 1.0, 0.0)
    low = fused(natural, INVERSE_LN10[1], exponent * LOG10_2[1])
    value = fused(exponent, LOG10_2[0], fused(natural, INVERSE_LN10[0], low))
    return _log_ends(x, value)


def arcsin(x):
    """Inverse sine, by the C library: a loop with it stays scalar."""
    return call_library("asin", x)


def arccos(x):
    """Inverse cosine, by the C library: a loop with it stays scalar."""
    return call_library("acos", x)


def arctan(x):
    """Inverse tangent, by the C library: a loop with it stays scalar."""
    return call_library("atan", x)


def power(x, y):
    """``x**y``, with the special cases of IEEE 754."""
    base = magnitude(x)
    high, low = _log_pair(base)
    rough = y * high
    exponent = fused(y, high, -rough) + y * low
    is_end = (base == 0.0) | (base == INFINITY)
    rough = select(is_end, select(base == 0.0, y * -INFINITY, y * INFINITY), rough)
    size = _exp_pair(rough, select(magnitude(rough) < 1000.0, exponent, 0.0))
    return _power_ends(x, y, select(base == 1.0, 1.0, size))


def sign(x):
    """-1, 0 or 1; NaN stays NaN."""
    return select(x > 0.0, 1.0, select(x < 0.0, -1.0, x + 0.0))


def minimum(x, y):
    """The smaller one; NaN if one of them is."""
    return select(x < y, x, select(y <= x, y, x + y))


def maximum(x, y):
    """The larger one; NaN if one of them is."""
    return select(x > y, x, select(y >= x, y, x + y))


def clip(x, low, high):
    """`x` moved into ``[low, high]``; NaN stays NaN."""
    return minimum(maximum(x, low), high)


def bounded(x, low, high):
    """`x` moved into ``[low, high]``, and `low` for NaN: an index that always fits."""
    return select(x > low, select(x < high, x, high), low)


def inside(x, n):
    """`x` where it lies in ``[0, n)``, else `n`; also for NaN."""
    return select((x >= 0.0) & (x < n), x, n)


def modulo(x, y):
    """Remainder with the sign of `y`, as ``%`` of Python; exact for ``|x/y| < 2**53``."""
    rest = fused(floor(x / y), -y, x)
    rest = select((rest != 0.0) & ((rest < 0.0) ^ (y < 0.0)), rest + y, rest)
    unbounded = (magnitude(y) == INFINITY) & (magnitude(x) < INFINITY)
    return select(unbounded, select((x < 0.0) ^ (y < 0.0), select(x == 0.0, x, y), x), rest)


def _clamp(x, low, high):
    return select(x < low, low, select(x > high, high, x))


def _exp_parts(x):
    """Write ``exp(x)`` as ``fraction * 2**exponent``, the exponent an integer in a float64."""
    exponent, rest = _reduce_exponent(x)
    return exponent, fused(rest * rest, polynomial(rest, _EXP), rest) + 1.0


def _expm1_small(x):
    """``expm1(x) * 2**-16``: the factor keeps large values finite up to x = 717."""
    exponent, rest = _reduce_exponent(_clamp(x, -50.0, 717.0))
    fraction = fused(rest * rest, polynomial(rest, _EXPM1), rest)
    scale = _power_of_two(exponent - 16.0)
    return fused(scale, fraction, scale - 2.0**-16)


def _reduce_exponent(x):
    exponent = fused(x, INVERSE_LN2, ROUNDER) - ROUNDER
    rest = fused(exponent, -LN2_LOW, fused(exponent, -LN2_HIGH, x))
    return exponent, rest


def _power_of_two(exponent):
    """``2**exponent`` for an integer in a float64 between -1022 and 1023."""
    return real_of(bits_of(exponent + (ROUNDER + 1023.0)) << 52)


def _scale(fraction, exponent):
    """``fraction * 2**exponent`` in two steps, so that only the result over- or underflows."""
    first = fused(exponent, 0.5, ROUNDER) - ROUNDER
    return fraction * _power_of_two(first) * _power_of_two(exponent - first)


def _log_pair(x):
    """Natural logarithm of a positive number as a sum of two, 2**-64 of relative error."""
    tiny = x < 2.0**-1022
    exponent, mantissa = _split(select(tiny, x * 2.0**54, x))
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


def _exp_pair(high, low):
    """Exponential of a sum of two."""
    exponent, rest = _reduce_exponent(_clamp(high, -746.0, 710.0))
    rest = rest + low
    return _scale(fused(rest * rest, polynomial(rest, _EXP), rest) + 1.0, exponent)


def _power_ends(x, y, size):
    """``x**y`` from ``|x|**y``: its sign, and the cases without a real power."""
    whole = floor(y) == y
    odd = whole & (floor(y * 0.5) * 2.0 != y)
    complex_valued = (x < 0.0) & (x > -INFINITY) & (floor(y) != y)
    value = select(complex_valued, NAN, select(odd, with_sign(size, x), size))
    value = select(is_number(x) & is_number(y), value, x + y)
    return select((x == 1.0) | (y == 0.0), 1.0, value)


_ONE_BITS = 0x3FF0000000000000
_ROOT_HALF_BITS = 0x3FE6A09E667F3BCD
_MANTISSA_BITS = 0x000FFFFFFFFFFFFF


def _split(x):
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


def _reduce_angle(x):
    """Quadrant, and the angle within it as a sum, of an angle in radian."""
    shifted = fused(x, TWO_OVER_PI, ROUNDER)
    turns = shifted - ROUNDER
    rough = fused(turns, -HALF_PI[0], x)
    rest = turns * HALF_PI[1]
    angle = rough - rest
    moved = angle - rough
    lost = (rough - (angle - moved)) - (rest + moved)
    low = lost - fused(turns, HALF_PI[1], -rest)
    return bits_of(shifted), angle, fused(turns, -HALF_PI[2], low)


def _sin_kernel(angle, low):
    square = angle * angle
    return angle + fused(angle * square, polynomial(square, _SIN), low)


def _cos_kernel(angle, low):
    square = angle * angle
    half = square * 0.5
    rough = 1.0 - half
    tail = fused(square * square, polynomial(square, _COS), -(angle * low))
    return rough + (((1.0 - rough) - half) + tail)


def _pick_sine(quadrant, sine, cosine):
    value = select((quadrant & 1) == 1, cosine, sine)
    return real_of(bits_of(value) ^ ((quadrant & 2) << 62))


def _angle_ends(x, value):
    return select(magnitude(x) <= LARGEST_ANGLE, value, NAN)
