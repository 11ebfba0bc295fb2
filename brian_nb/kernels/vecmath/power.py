"""Powers with any real exponent."""

from brian_nb.kernels.lanes import floor, fused, is_number, magnitude, select, with_sign
from brian_nb.kernels.vecmath.exponential import exp_pair
from brian_nb.kernels.vecmath.logarithm import log_pair
from brian_nb.kernels.vecmath.reduction import INFINITY, NAN


def power(x, y):
    """``x**y``, with the special cases of IEEE 754."""
    base = magnitude(x)
    high, low = log_pair(base)
    rough = y * high
    exponent = fused(y, high, -rough) + y * low
    is_end = (base == 0.0) | (base == INFINITY)
    rough = select(is_end, select(base == 0.0, y * -INFINITY, y * INFINITY), rough)
    size = exp_pair(rough, select(magnitude(rough) < 1000.0, exponent, 0.0))
    return _power_ends(x, y, select(base == 1.0, 1.0, size))


def _power_ends(x, y, size):
    """``x**y`` from ``|x|**y``: its sign, and the cases without a real power."""
    whole = floor(y) == y
    odd = whole & (floor(y * 0.5) * 2.0 != y)
    complex_valued = (x < 0.0) & (x > -INFINITY) & (floor(y) != y)
    value = select(complex_valued, NAN, select(odd, with_sign(size, x), size))
    value = select(is_number(x) & is_number(y), value, x + y)
    return select((x == 1.0) | (y == 0.0), 1.0, value)
