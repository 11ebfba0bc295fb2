"""Exponentials of small matrices, one or many at once.

SciPy takes some 0.5 ms for each matrix of a stack, seconds for a group whose neurons differ, and
its import takes 0.2 s. Here the stack is worked on as a whole, by scaling and squaring.

Source: Higham 2005, SIAM J. Matrix Anal. Appl. 26:1179, algorithm 2.3 with the approximant [13/13];
Al-Mohy and Higham 2009, SIAM J. Matrix Anal. Appl. 31:970, algorithm 5.1, for the scaling;
Parlett and Reinsch 1969, Numer. Math. 13:293, for balancing.
"""

import math

import numpy as np

_THETA = 5.371920351148152
"""Norm up to which the approximant is exact to rounding errors."""

_BOUND = 4.25
"""The same for the norms of powers, which say how much scaling a matrix needs."""

_ORDER = 27
_FIRST_TERM = 1 / (math.comb(26, 13) * math.factorial(_ORDER))
"""Order and coefficient of the first term in the series of the backward error."""

_ROUNDING = 2.0**-53

_AT_ONCE = 1 << 14
"""Matrices that are worked on together: their powers stay in the caches."""

_MOST_SWEEPS = 100
"""Of balancing; some five are enough, more than this helps nobody."""

_COEFFICIENTS = (
    *(64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000),
    *(10559470521600, 670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1),
)
_PADE = tuple(value / _COEFFICIENTS[0] for value in _COEFFICIENTS)


def exponentiate(matrices):
    """Matrix exponential.

    Parameters
    ----------
    matrices : float64[..., k, k]

    Returns
    -------
    float64[..., k, k]
        NaN for matrices that are not finite.
    """
    flat = matrices.reshape(-1, *matrices.shape[-2:])
    parts = [_exponentiate(flat[k : k + _AT_ONCE]) for k in range(0, len(flat), _AT_ONCE)]
    return np.concatenate(parts).reshape(matrices.shape) if parts else matrices.copy()


def _exponentiate(matrices):
    is_finite = np.isfinite(matrices).all(axis=(-2, -1), keepdims=True)
    matrices = np.where(is_finite, matrices, 0.0)
    large = _norm(matrices) > _THETA
    found = np.empty_like(matrices)
    found[~large] = _approximate(matrices[~large])
    if large.any():
        balanced, exponents = _balance(matrices[large])
        found[large] = np.ldexp(_square(balanced), exponents)
    return np.where(is_finite, found, np.nan)


def _balance(matrices):
    """Choose units of the variables, powers of two, in which rows and columns are of one size.

    Returns
    -------
    balanced : float64[n, k, k]
    exponents : int64[n, k, k]
        ``matrices = balanced * 2**exponents``, and so it is for their exponentials.
    """
    size = matrices.shape[-1]
    scales = np.zeros(matrices.shape[:-1], np.int64)
    sizes = np.abs(matrices) * (1 - np.eye(size))
    for _ in range(_MOST_SWEEPS):
        changes = [_balance_variable(sizes, scales, variable) for variable in range(size)]
        if not any(changes):
            break
    exponents = scales[:, :, np.newaxis] - scales[:, np.newaxis]
    return np.ldexp(matrices, -exponents), exponents


def _balance_variable(sizes, scales, variable):
    """Rescale one variable in place where that helps; whether it did so."""
    column, row = sizes[:, :, variable].sum(axis=-1), sizes[:, variable].sum(axis=-1)
    is_coupled = (column > 0) & (row > 0)
    ratio = np.divide(row, column, out=np.ones_like(row), where=is_coupled)
    change = np.rint(np.log2(ratio) / 2).astype(np.int64)
    scales[:, variable] += change
    sizes[:, :, variable] = np.ldexp(sizes[:, :, variable], change[:, np.newaxis])
    sizes[:, variable] = np.ldexp(sizes[:, variable], -change[:, np.newaxis])
    return change.any()


def _square(matrices):
    """Exponentials of halved matrices, squared as often."""
    halvings = _count_halvings(matrices)
    found = _approximate(np.ldexp(matrices, -halvings[:, np.newaxis, np.newaxis]))
    for done in range(halvings.max()):
        found = np.where((halvings > done)[:, np.newaxis, np.newaxis], found @ found, found)
    return found


def _count_halvings(matrices):
    """How often to halve each matrix, int64[n]; more than needed would cost digits.

    The powers of a triangular matrix may be far smaller than those of its norm. They are taken of
    matrices with norms below one, lest they overflow.
    """
    exponents = np.frexp(_norm(matrices))[1]
    small = np.ldexp(matrices, -exponents[:, np.newaxis, np.newaxis])
    with np.errstate(divide="ignore"):  # nothing to do where a power vanishes: log2 is -inf
        needed = np.maximum(_log_of_size(small), _log_of_error(small))
    return np.ceil(np.maximum(exponents + needed, 0)).astype(np.int64)


def _log_of_size(small):
    """How often to halve for the powers of the matrix, as a real number, float64[n]."""
    fourth, sixth = (np.linalg.matrix_power(small, order) for order in (4, 6))
    powers = (sixth, 6), (fourth @ fourth, 8), (fourth @ sixth, 10)
    roots = [_norm(power) ** (1 / order) for power, order in powers]
    size = np.minimum(np.maximum(*roots[:2]), np.maximum(*roots[1:]))
    return np.log2(size / _BOUND)


def _log_of_error(small):
    """How often to halve for the rounding errors of the approximant."""
    highest = _norm(np.linalg.matrix_power(np.abs(small), _ORDER))
    error = _FIRST_TERM * highest / _norm(small) / _ROUNDING
    return np.log2(error) / (_ORDER - 1)


def _norm(matrices):
    """Largest sum of a column, float64[n]."""
    return np.abs(matrices).sum(axis=-2).max(axis=-1)


def _approximate(matrices):
    """The approximant, for norms up to `_THETA` or matrices halved as `_count_halvings` says."""
    b, one = _PADE, np.eye(matrices.shape[-1])
    second = matrices @ matrices
    fourth = second @ second
    sixth = fourth @ second
    odd = sixth @ (b[13] * sixth + b[11] * fourth + b[9] * second)
    odd = matrices @ (odd + b[7] * sixth + b[5] * fourth + b[3] * second + b[1] * one)
    even = sixth @ (b[12] * sixth + b[10] * fourth + b[8] * second)
    even = even + b[6] * sixth + b[4] * fourth + b[2] * second + b[0] * one
    return np.linalg.solve(even - odd, even + odd)
