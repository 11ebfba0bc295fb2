"""Delays of synapses in any form a user may give, as seconds for given rows of synapses."""

import numpy as np

from brian_nb.errors import WiringError
from brian_nb.network.quantities import to_si
from brian_nb.network.randomness import draw_generator
from brian_nb.network.weights import evaluate_weight
from brian_nb.units import ALL_UNITS, get_dimension

TIME = get_dimension(ALL_UNITS["second"])
SLACK = 1e-9
"""By which share a delay may exceed the maximum: as much as rounding in the user's sums makes."""


def differ_by_form(delay):
    """Whether what a user gave as a delay asks for a delay of each synapse.

    Parameters
    ----------
    delay : bool, Quantity, pair, function or matrix
    """
    if isinstance(delay, (bool, np.bool_)):
        return bool(delay)
    return delay is None or callable(delay) or hasattr(delay, "tocsr") or np.ndim(delay) > 0


def evaluate_delay(delay, rows, shape, what):
    """Delays of synapses.

    Parameters
    ----------
    delay : None, True, Quantity, pair, function or matrix
        Of a pair, all delays are drawn uniformly between the two; a function is called as one for
        weights; a matrix, dense or sparse, has `shape`.
    rows : Rows
        Counted within the groups that are being connected.
    shape : (int, int)
        Sizes of these groups.
    what : str
        Whose delay it is, for messages.

    Returns
    -------
    None, float or float64[n], second
        None where nothing was said.

    Raises
    ------
    WiringError
        The form or the shape does not fit.
    DimensionMismatchError
        It is no time.
    """
    if delay is None or delay is True:
        return None
    if callable(delay):
        return evaluate_weight(delay, rows, TIME, what)
    if hasattr(delay, "tocsr") or np.ndim(delay) == 2:
        return _read_matrix(delay, rows, shape, what)
    if np.ndim(delay) == 0:
        return float(to_si(delay, TIME, what))
    if len(delay) != 2:
        raise WiringError(
            f"{what} cannot be {len(delay)} numbers",
            hint="give one delay, a pair (min, max), a function of (i, j), or a matrix",
        )
    low, high = (float(to_si(end, TIME, what)) for end in delay)
    if low > high:
        raise WiringError(f"{what} as a pair is (min, max), and {delay!r} is the other way round")
    return draw_generator().uniform(low, high, len(rows.targets))


def check_delays(delays, longest, what):
    """Raise where a delay cannot be.

    Parameters
    ----------
    delays : float or float64[n], second
    longest : float or None, second
        The maximum, where the user has set one.
    what : str

    Raises
    ------
    WiringError
        A delay is negative, not finite, or longer than the maximum.
    """
    if not np.all(np.isfinite(delays)) or np.any(np.less(delays, 0)):
        raise WiringError(f"{what} must be a finite time, and not negative")
    if longest is not None and np.any(np.greater(delays, longest * (1 + SLACK))):
        raise WiringError(
            f"{what} is up to {np.max(delays) * 1e3:.6g} ms, longer than "
            f"max_delay = {longest * 1e3:.6g} ms",
            hint="give a longer max_delay, or none: then there is no limit",
        )


def _read_matrix(delay, rows, shape, what):
    if np.shape(delay) != tuple(shape):
        raise WiringError(
            f"{what} as a matrix must have the shape {tuple(shape)}, not {np.shape(delay)}"
        )
    matrix = delay.tocsr() if hasattr(delay, "tocsr") else np.asarray(delay, np.float64)
    pre = np.repeat(np.arange(shape[0]), np.diff(rows.starts))
    return np.asarray(matrix[pre, rows.targets.astype(np.int64)], np.float64).ravel()
