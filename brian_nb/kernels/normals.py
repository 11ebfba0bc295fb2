"""Normal variates from pairs of random words, by the polar form of two independent normals.

A word holds 32 random bits, so the functions behind are as exact as that asks for, not to the
last bit: a normal is within 1e-13 of that of exact arithmetic, where the neighbouring values
that the words can express lie 1e-10 apart and more.

Source
------
Box and Muller 1958, Ann. Math. Stat. 29:610.
"""

import math

from brian_nb.kernels.lanes import bits_of, fused, polynomial, real_of, square_root
from brian_nb.kernels.philox import ANGLE_BITS
from brian_nb.kernels.vecmath.logarithm import split

# -2*log(1 + x)/x as a polynomial in x, from sqrt(1/2) - 1 to sqrt(2) - 1; 2e-14
_MINUS_TWICE_LOG = (
    -1.9999999999999956,
    1.0000000000010247,
    -0.6666666666732556,
    0.4999999996019533,
    -0.3999999982704605,
    0.33333337740128205,
    -0.2857144631799153,
    0.24999790671463568,
    -0.22221334814125676,
    0.2000479820381324,
    -0.182053554279172,
    0.1661748170490974,
    -0.1505136434930457,
    0.14350940881336405,
    -0.15617291928622193,
    0.14869179429757126,
    -0.07100510419364066,
)
# sin(y)/(y*sqrt(2)) and cos(y)/sqrt(2) as polynomials in y**2, |y| <= pi/4; 4e-15, 4e-17
_SINE = (
    0.7071067811865445,
    -0.1178511301974045,
    0.005892556503202071,
    -0.00014029891825599692,
    1.948451961325502e-06,
    -1.750553058651064e-08,
)
_COSINE = (
    0.7071067811865475,
    -0.35355339059326846,
    0.029462782549302045,
    -0.0009820927503108275,
    1.7537364368748632e-05,
    -1.9484492737156945e-07,
    1.4587934190818916e-09,
)

_TWO_52 = 0x4330000000000000
_SIGN_BIT = 1 << 63


def normal_pair(word, other):
    """Two independent standard normals, 6.76 at most, from two words of 32 bits.

    The first word gives the radius, ``sqrt(-2*log((word + 1/2)/2**32))``, the other the angle.
    """
    radius, (cosine, sine) = _radius_of(word), _direction_of(other)
    return radius * cosine, radius * sine


def _radius_of(word):
    exponent, mantissa = split(real_of(word | _TWO_52) - (2.0**52 - 0.5))
    offset = mantissa - 1.0
    powers = (exponent - 32.0) * (-2.0 * math.log(2.0))
    return square_root(fused(offset, polynomial(offset, _MINUS_TWICE_LOG), powers))


def _direction_of(word):
    """Cosine and sine: of an angle from 0 to pi/2, each with a sign of its own."""
    place = real_of((word & (2**ANGLE_BITS - 1)) | _TWO_52) - (2.0**52 - 0.5)
    angle = fused(place, math.pi / 2**ANGLE_BITS / 2, -math.pi / 4)
    square = angle * angle
    half_sum, half_difference = polynomial(square, _COSINE), angle * polynomial(square, _SINE)
    return (
        _flip(half_sum - half_difference, word << 32),
        _flip(half_sum + half_difference, word << 33),
    )


def _flip(x, bits):
    """Change the sign where the uppermost bit is set."""
    return real_of(bits_of(x) ^ (bits & _SIGN_BIT))
