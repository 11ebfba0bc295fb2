"""How many spikes of one train another train predicts."""

import numpy as np

from brian_nb.analysis.rates import firing_rate
from brian_nb.analysis.trains import GRID_TOLERANCE, read_positive, read_train


def gamma_factor(source, target, delta):
    """Gamma precision factor: how well a train predicts another, compared with chance.

    Parameters
    ----------
    source : array_like of float or Quantity, second
        Spikes of the model.
    target : array_like of float or Quantity, second
        Spikes to be predicted.
    delta : Quantity, second
        Largest distance of two spikes that coincide.

    Returns
    -------
    float
        1 where both trains agree, 0 for what a Poisson process with the rate of the source would
        reach; below for less. nan where chance alone would reach everything, that is
        ``2*rate*delta >= 1``, and where both trains are empty.

    Raises
    ------
    DimensionMismatchError, ModelError
        What was given is no spike train or no time.

    Source
    ------
    Jolivet et al. 2008, J. Neurosci. Methods 169:417.
    """
    predicted, data = read_train(source), read_train(target)
    reach = read_positive(delta, "delta")
    by_chance = 2 * _find_rate(predicted, data) * reach
    total = len(predicted) + len(data)
    if by_chance >= 1 or total == 0:
        return float("nan")
    surplus = count_coincidences(predicted, data, reach) - by_chance * len(data)
    return float(2 * surplus / total / (1 - by_chance))


def count_coincidences(predicted, data, reach):
    """Number of spikes of `data` that have one of `predicted` at most `reach` away.

    Parameters
    ----------
    predicted, data : float64[...], second
        In ascending order.
    reach : float, second
    """
    reach += GRID_TOLERANCE
    starts = np.searchsorted(predicted, data - reach, side="left")
    ends = np.searchsorted(predicted, data + reach, side="right")
    return int(np.count_nonzero(ends > starts))


def _find_rate(train, other):
    """Rate of a train; a single spike is set against the time that both trains take."""
    if len(train) != 1:
        return firing_rate(train)
    times = np.concatenate([train, other])
    span = np.ptp(times)
    return 1 / span if span > 0 else 0.0
