"""Sign, smaller, larger, within bounds, remainder."""

from brian_nb.kernels.lanes import call_intrinsic, floor, fused, magnitude, select
from brian_nb.kernels.vecmath.reduction import INFINITY


def sign(x):
    """-1, 0 or 1; NaN stays NaN."""
    return select(x > 0.0, 1.0, select(x < 0.0, -1.0, x + 0.0))


def minimum(x, y):
    """The smaller one; NaN if one of them is."""
    return call_intrinsic("llvm.minimum", x, y)


def maximum(x, y):
    """The larger one; NaN if one of them is."""
    return call_intrinsic("llvm.maximum", x, y)


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


def floor_divide(x, y):
    """Largest whole number not above ``x/y``, as ``//`` of Python: goes with `modulo`."""
    quotient = (x - modulo(x, y)) / y
    whole = select(magnitude(quotient) < 2.0**52, floor(quotient + 0.5), quotient)
    unbounded = (magnitude(y) == INFINITY) & (magnitude(x) < INFINITY)
    below = (x != 0.0) & ((x < 0.0) ^ (y < 0.0))
    return select(y == 0.0, x / y, select(unbounded, select(below, -1.0, 0.0), whole))
