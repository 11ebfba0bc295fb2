"""Sine, cosine, tangent and their inverses."""

from brian_nb.kernels.lanes import (
    bits_of,
    call_library,
    fused,
    magnitude,
    polynomial,
    real_of,
    select,
)
from brian_nb.kernels.vecmath.reduction import NAN, ROUNDER

HALF_PI = (1.5707963267948966, 6.123233995736766e-17, -1.4973849048591698e-33)
"""Half of pi as an unevaluated sum."""
TWO_OVER_PI = 0.6366197723675814
LARGEST_ANGLE = 2.0**50
"""Beyond, two neighbouring float64 are more than 1/8 apart; sin and cos give NaN."""
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


def arcsin(x):
    """Inverse sine, by the C library: a loop with it stays scalar."""
    return call_library("asin", x)


def arccos(x):
    """Inverse cosine, by the C library: a loop with it stays scalar."""
    return call_library("acos", x)


def arctan(x):
    """Inverse tangent, by the C library: a loop with it stays scalar."""
    return call_library("atan", x)


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
