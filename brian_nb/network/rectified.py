"""Gaussian variables cut off below zero: their moments, and Gaussians that have given moments.

Everything follows from the expansion of ``max(a + x, 0)``, for a standard normal x, in normalised
Hermite polynomials: its coefficients ``c[n]`` give the covariance ``sum(c[n]*d[n]*rho**n, n >= 1)``
of two such variables whose Gaussians have the correlation rho.

Source
------
Lancaster 1957, Biometrika 44:289, for the covariance; the coefficients follow by parts.
"""

import numpy as np

from brian_nb.errors import ModelError

N_TERMS = 200
"""Terms of the expansion; what is left out of a correlation below 1 is less than 1e-4 of it."""

_MAX_STEPS = 200
_LOWEST, _HIGHEST = -30.0, 1e8
"""Means of the Gaussian, in its standard deviations, between which a solution is sought."""


def find_gaussian(mean, deviation):
    """Mean and standard deviation of the Gaussian that, cut off below zero, has given moments.

    Parameters
    ----------
    mean, deviation : float64[n]
        Mean, positive, and standard deviation of the rectified variable.

    Returns
    -------
    float64[n], float64[n]
    """
    mean, deviation = np.broadcast_arrays(mean, np.asarray(deviation, float))
    wanted = deviation / mean
    low = np.full(mean.shape, _LOWEST)
    high = np.full(mean.shape, _HIGHEST)
    for _ in range(_MAX_STEPS):  # the ratio falls with the mean of the Gaussian
        middle = 0.5 * (low + high)
        first, spread = find_moments(middle)
        is_above = spread > wanted * first
        low, high = np.where(is_above, middle, low), np.where(is_above, high, middle)
    shift = 0.5 * (low + high)
    first, _ = find_moments(shift)
    scale = np.where(deviation > 0, mean / first, 0.0)
    return np.where(deviation > 0, shift * scale, mean), scale


def find_moments(shift):
    """Mean and standard deviation of ``max(shift + x, 0)`` for a standard normal x."""
    from scipy.special import ndtr

    shift = np.asarray(shift, float)
    density, share = _density(shift), ndtr(shift)
    first = density + shift * share
    second = shift * density + (1 + shift**2) * share
    return first, np.sqrt(np.maximum(second - first**2, 0.0))


def find_correlations(shift, wanted):
    """Correlations of Gaussians whose rectified forms have given covariances.

    Parameters
    ----------
    shift : float64[n]
        Means of the Gaussians in units of their standard deviations.
    wanted : float64[n, n]
        Covariances of the rectified variables, in the same units.

    Returns
    -------
    float64[n, n]

    Raises
    ------
    ModelError
        There are no such Gaussians.
    """
    terms = _expand(shift)
    low, high = np.full(wanted.shape, -1.0), np.full(wanted.shape, 1.0)
    for _ in range(60):  # the covariance grows with the correlation
        middle = 0.5 * (low + high)
        is_below = _covariance(terms, middle) < wanted
        low, high = np.where(is_below, middle, low), np.where(is_below, high, middle)
    found = 0.5 * (low + high)
    np.fill_diagonal(found, 1.0)
    missed = abs(_covariance(terms, found) - wanted) > 1e-3 * np.sqrt(
        np.outer(np.diag(wanted), np.diag(wanted))
    )
    np.fill_diagonal(missed, False)
    if missed.any():
        i, j = np.argwhere(missed)[0]
        raise ModelError(
            f"there are no rates with the covariance C[{i}, {j}]: it is too large for those of "
            f"C[{i}, {i}] and C[{j}, {j}]"
        )
    return found


def _density(x):
    return np.exp(-0.5 * np.square(x)) / np.sqrt(2 * np.pi)


def _expand(shift):
    """Coefficients float64[N_TERMS, n] of ``max(shift + x, 0)``, that of the constant left out."""
    from scipy.special import ndtr

    shift = np.asarray(shift, float)
    terms = np.empty((N_TERMS, *shift.shape))
    terms[0] = ndtr(shift)
    # Polynomials over the square root of the factorial, so that none of them overflows.
    before, now = np.zeros_like(shift), _density(shift)
    for n in range(2, N_TERMS + 1):
        terms[n - 1] = now / np.sqrt(n * (n - 1))
        following = (-shift * now - np.sqrt(n - 2) * before) / np.sqrt(n - 1)
        before, now = now, following
    return terms


def _covariance(terms, correlation):
    total = np.zeros_like(correlation)
    for term in terms[::-1]:
        total = (total + np.outer(term, term)) * correlation
    return total
