"""One spike train -> one number: rate, irregularity, locking to a period."""

import numpy as np

from brian_nb.analysis.trains import read_positive, read_train


def firing_rate(spikes):
    """Mean rate of a spike train, from its first to its last spike.

    Parameters
    ----------
    spikes : array_like of float or Quantity, second

    Returns
    -------
    float, hertz
        Intervals divided by the time they take; 0 without spikes, nan for a single one, which
        has no interval.

    Raises
    ------
    DimensionMismatchError, ModelError
        That is no spike train.

    Examples
    --------
    >>> firing_rate([0.1, 0.2, 0.3])
    10.0
    """
    times = read_train(spikes)
    if len(times) == 0:
        return 0.0
    span = times[-1] - times[0]
    return float((len(times) - 1) / span) if span > 0 else float("nan")


def CV(spikes):  # noqa: N802 - the manual's name
    """Coefficient of variation of the intervals between spikes.

    Standard deviation of the intervals divided by their mean: 0 for a regular train, 1 for a
    Poisson process, ``1/sqrt(k)`` for a gamma process of order k.

    Parameters
    ----------
    spikes : array_like of float or Quantity, second

    Returns
    -------
    float
        nan for less than two intervals.

    Raises
    ------
    DimensionMismatchError, ModelError
        That is no spike train.
    """
    intervals = np.diff(read_train(spikes))
    if len(intervals) < 2 or not np.any(intervals):
        return float("nan")
    return float(np.std(intervals) / np.mean(intervals))


def vector_strength(spikes, period):
    """How well spikes are locked to a period: the length of their mean vector.

    Each spike is a vector of length one that points to its phase.

    Parameters
    ----------
    spikes : array_like of float or Quantity, second
    period : Quantity, second

    Returns
    -------
    float
        1 where all phases are the same, 0 where they are spread evenly, nan without spikes.

    Raises
    ------
    DimensionMismatchError, ModelError
        That is no spike train, or no period.

    Source
    ------
    Goldberg & Brown 1969, J. Neurophysiol. 32:613.
    """
    times = read_train(spikes)
    period = read_positive(period, "the period")
    if len(times) == 0:
        return float("nan")
    return float(np.abs(np.mean(np.exp(2j * np.pi * times / period))))
