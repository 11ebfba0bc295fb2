"""The exponential and its relatives."""

from brian_nb.kernels.lanes import bits_of, fused, magnitude, polynomial, real_of, select, with_sign
from brian_nb.kernels.vecmath.reduction import INFINITY, LN2_HIGH, LN2_LOW, ROUNDER

INVERSE_LN2 = 1.4426950408889634
HIGHEST_EXPONENT = 709.782712893384
"""Logarithm of the largest float64."""
LOWEST_EXPONENT = -708.3964185322641
"""Logarithm of the smallest normal float64. Gradual underflow would cost `exp` a tenth."""
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
# the same, but with the least relative error of expm1 (by Remez's exchange), 2**-55.6
_EXPM1 = (
    0.5000000000000006,
    0.16666666666666588,
    0.041666666666576826,
    0.008333333333389502,
    0.001388888893153946,
    0.00019841269719104258,
    2.4801505306445915e-05,
    2.755740747996375e-06,
    2.762602419443179e-07,
    2.5053784019119153e-08,
)


def exp(x):
    """Exponential; a result below the smallest normal float64, 2.2e-308, is given as 0."""
    shifted, rest = _reduce_exponent(x)
    # the exponent is added to the bits where the fraction has its own
    value = real_of(bits_of(_exp_near_zero(rest)) + (bits_of(shifted) << 52))
    return select(x < LOWEST_EXPONENT, 0.0, select(x <= HIGHEST_EXPONENT, value, x + INFINITY))


def expm1(x):
    """``exp(x) - 1`` without cancellation near zero."""
    return select(magnitude(x) < 2.0**-54, x, _expm1_small(x) * 65536.0)


def exprel(x):
    """``(exp(x) - 1)/x``, 1 at zero.

    Nothing waits for the division, which takes its time beside the exponential.
    """
    scale, fraction = _split_exponential(x)
    inverse = 1.0 / (x * 2.0**-16)
    value = fused(scale * inverse, fraction, (scale - 2.0**-16) * inverse)
    value = select(magnitude(x) < 2.0**-1000, 1.0, value)
    return select(x < -50.0, inverse * -(2.0**-16), select(x < 717.0, value, x + INFINITY))


def sinh(x):
    """Hyperbolic sine."""
    small = _expm1_small(magnitude(x))
    near = (small + small / fused(small, 65536.0, 1.0)) * 32768.0
    positive = select(magnitude(x) > 40.0, small * 32768.0, near)
    return with_sign(select(magnitude(x) < 2.0**-28, magnitude(x), positive), x)


def cosh(x):
    """Hyperbolic cosine."""
    shifted, rest = _reduce_exponent(_clamp(magnitude(x), 0.0, 717.0))
    half = _scale(_exp_near_zero(rest), shifted - 1.0)
    return half + 0.25 / half


def tanh(x):
    """Hyperbolic tangent."""
    small = _expm1_small(magnitude(x) * -2.0)
    positive = -small / (small + 2.0**-15)
    return with_sign(select(magnitude(x) < 2.0**-28, magnitude(x), positive), x)


def exp_pair(high, low):
    """Exponential of a sum of two."""
    shifted, rest = _reduce_exponent(_clamp(high, -746.0, 710.0))
    return _scale(_exp_near_zero(rest + low), shifted)


def _clamp(x, low, high):
    """`x` moved into bounds, NaN kept: a minimum and a maximum of the processor."""
    below = select(x > high, high, x)
    return select(below < low, low, below)


def _exp_near_zero(x):
    """``exp(x)`` for ``|x| <= ln(2)/2``."""
    square = x * x
    return fused(square, _evaluate(x, square, _EXP), x) + 1.0


def _expm1_small(x):
    """``expm1(x) * 2**-16``: the factor keeps large values finite up to x = 717."""
    scale, fraction = _split_exponential(_clamp(x, -50.0, 717.0))
    return fused(scale, fraction, scale - 2.0**-16)


def _split_exponential(x):
    """``exp(x) * 2**-16`` as ``scale*(1 + fraction)`` with a power of two, for -50 <= x <= 717."""
    shifted, rest = _reduce_exponent(x, 1023 - 16)
    square = rest * rest
    fraction = fused(square, _evaluate(rest, square, _EXPM1), rest)
    return real_of(bits_of(shifted) << 52), fraction


def _evaluate(x, square, coefficients):
    """A polynomial by Estrin's scheme: four terms at a time, which do not wait for each other.

    One neuron takes 12 % less time in a step of Hodgkin and Huxley's model than with a chain for
    the even and one for the odd terms, which need one product less.
    """
    pairs = _join_neighbours(x, coefficients)
    return polynomial(square * square, _join_neighbours(square, pairs))


def _join_neighbours(x, parts):
    """``a + b*x`` of every two; the last one stays alone if their number is odd."""
    joined = [fused(x, b, a) for a, b in zip(parts[::2], parts[1::2], strict=False)]
    return joined + list(parts[len(joined) * 2 :])


def _reduce_exponent(x, bias=0):
    """Write `x` as ``(shifted - ROUNDER - bias)*ln(2) + rest``."""
    shifted = fused(x, INVERSE_LN2, ROUNDER + bias)
    exponent = shifted - (ROUNDER + bias)
    return shifted, fused(exponent, -LN2_LOW, fused(exponent, -LN2_HIGH, x))


def _power_of_two(shifted):
    """``2**(shifted - ROUNDER)`` for an integer in the low bits of `shifted`."""
    return real_of((bits_of(shifted) << 52) + (1023 << 52))


def _scale(fraction, shifted):
    """``fraction*2**(shifted - ROUNDER)`` in two steps: only the result over- or underflows."""
    first = fused(shifted - ROUNDER, 0.5, ROUNDER)
    return fraction * _power_of_two(first) * _power_of_two(shifted - first + ROUNDER)
