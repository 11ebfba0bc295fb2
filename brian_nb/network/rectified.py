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

N_TERMS = 60
"""Terms of the expansion; for correlations up to 0.9, what is left out is below 1e-7."""

_MAX_STEPS = 200
_MAX_NEWTON = 40
_PRECISION, _TOLERANCE = 1e-10, 1e-3
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
    found = np.eye(len(wanted))
    for _ in range(_MAX_NEWTON):  # the covariance grows with the correlation
        covariance, slope = _covary(terms, found)
        step = (wanted - covariance) / slope
        np.fill_diagonal(step, 0.0)
        found = np.clip(found + step, -1.0, 1.0)
        if np.max(abs(step), initial=0.0) < _PRECISION:
            break
    scale = np.sqrt(np.outer(np.diag(wanted), np.diag(wanted)))
    missed = abs(_covary(terms, found)[0] - wanted) > _TOLERANCE * scale
    np.fill_diagonal(missed, False)
    np.fill_diagonal(found, 1.0)
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


def _covary(terms, correlation):
    """Covariances of rectified variables, and their derivatives by the correlation."""
    total, slope = np.zeros_like(correlation), np.zeros_like(correlation)
    for term in terms[::-1]:
        total += np.outer(term, term)
        slope = slope * correlation + total
        total *= correlation
    return total, slope
