"""Spike trains and durations as users give them -> ascending float64 times, in seconds."""

from typing import Any

import numpy as np

from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.units import ALL_UNITS, get_dimension, name_dimension, qarray

_TIME = get_dimension(ALL_UNITS["second"])

GRID_TOLERANCE = 1e-9
"""Second. Times on a grid differ from multiples of the step by rounding, some 1e-13 s; a lag of
exactly one bin, or of exactly delta, must count as such."""


def read_train(spikes: Any) -> np.ndarray:
    """Spike times in ascending order.

    Parameters
    ----------
    spikes : array_like of float or Quantity, second
        In any order.

    Returns
    -------
    float64[n_spikes], second

    Raises
    ------
    DimensionMismatchError
        They are no times.
    ModelError
        They are no list of times.
    """
    if hasattr(spikes, "spiketimes"):
        raise ModelError(
            f"a spike train is a list of spike times, not {spikes!r}",
            hint="take the spikes of one neuron: M[0]",
        )
    try:
        times = qarray(spikes)
    except (TypeError, ValueError) as error:
        if isinstance(error, DimensionMismatchError):
            raise
        raise ModelError(f"a spike train is a list of spike times, not {spikes!r}") from None
    if times.ndim != 1:
        raise ModelError(
            f"a spike train is a list of spike times, not an array of shape {times.shape}",
            hint="M[0] of a spike monitor gives the spikes of one neuron",
        )
    if not np.all(np.isfinite(times)):
        raise ModelError("a spike time is infinite or undefined")
    if len(times):
        read_seconds(next(iter(spikes)), "a spike time")
    return np.sort(times)


def read_seconds(value: Any, what: str) -> float:
    """A time in seconds; a plain number is in seconds already, as arrays of times are.

    Raises
    ------
    DimensionMismatchError
        It has a unit that is none of time.
    """
    dimension = get_dimension(value)
    if not dimension.is_dimensionless and dimension != _TIME:
        raise DimensionMismatchError(
            f"{what} must be in second, but {value!r} is in {name_dimension(dimension)}"
        )
    return float(value)


def read_positive(value: Any, what: str) -> float:
    """A time in seconds that is finite and longer than zero.

    Raises
    ------
    DimensionMismatchError, ModelError
    """
    seconds = read_seconds(value, what)
    if not 0 < seconds < np.inf:
        raise ModelError(f"{what} must be positive, not {value!r}")
    return seconds
