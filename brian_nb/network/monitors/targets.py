"""Target spike trains in any form a user may give, as one array and each neuron's part of it."""

import numpy as np

from brian_nb.errors import ModelError
from brian_nb.network.quantities import to_si
from brian_nb.units import ALL_UNITS, get_dimension

_TIME = get_dimension(ALL_UNITS["second"])


def read_targets(data, offsets, n_neurons):
    """Understand target trains.

    Parameters
    ----------
    data : list of (int, time), or array_like of float or Quantity, second
    offsets : array_like of int[n_neurons] or None
        Place of the first spike of each neuron's train, where `data` is one array of times.
    n_neurons : int

    Returns
    -------
    times : float64[n_targets], second
        Ascending in each train.
    first, last : int64[n_neurons]
        Where each neuron's train begins, and before where it ends.

    Raises
    ------
    ModelError
        `data` is none of these, or names neurons or places that there are not.
    """
    if data is None:
        raise ModelError(
            "a CoincidenceCounter needs target spikes",
            hint="give it data=[(0, 12*ms), (0, 30*ms), (1, 25*ms)]",
        )
    values = _read_numbers(data)
    if values.ndim == 2 and values.shape[1] == 2 and offsets is None:
        return _read_pairs(values, n_neurons)
    if values.ndim != 1:
        raise ModelError(
            "target spikes are pairs of a neuron and a time, or an array of times, "
            f"not an array of shape {values.shape}"
        )
    if offsets is None:
        whole = np.zeros(n_neurons, np.int64), np.full(n_neurons, len(values))
        return np.sort(values), *whole
    return _read_trains(values, np.asarray(offsets), n_neurons)


def read_shifts(delays, n_neurons):
    """Delays of the target trains, float64[n_neurons], second.

    Raises
    ------
    ModelError
        Their number does not fit.
    DimensionMismatchError
        They are no times.
    """
    if delays is None:
        return np.zeros(n_neurons)
    values = to_si(delays, _TIME, "the spike delays of target trains")
    if values.shape not in ((), (1,), (n_neurons,)):
        raise ModelError(
            f"there are {values.size} spike delays of target trains for {n_neurons} neurons"
        )
    return np.broadcast_to(values, n_neurons)


def _read_numbers(data):
    try:
        return np.asarray(data, float)
    except (TypeError, ValueError):
        raise ModelError(f"target spikes must be times, not {data!r}") from None


def _read_pairs(pairs, n_neurons):
    neurons = pairs[:, 0].astype(np.int64)
    if np.any(neurons != pairs[:, 0]) or np.any((neurons < 0) | (neurons >= n_neurons)):
        raise ModelError(
            f"the first of each pair of target spikes names a neuron from 0 to {n_neurons - 1}",
            hint="write (neuron, time) pairs, such as (0, 12*ms)",
        )
    order = np.lexsort((pairs[:, 1], neurons))
    edges = np.searchsorted(neurons[order], np.arange(n_neurons + 1))
    return pairs[order, 1], edges[:-1], edges[1:]


def _read_trains(times, offsets, n_neurons):
    if offsets.shape != (n_neurons,) or offsets.dtype.kind not in "iu":
        raise ModelError(
            f"spiketimes_offset holds one whole number for each of {n_neurons} neurons"
        )
    if np.any((offsets < 0) | (offsets >= len(times))):
        raise ModelError(f"spiketimes_offset names places in data, from 0 to {len(times) - 1}")
    falls = np.flatnonzero(np.diff(times) < 0) + 1
    ends = np.unique(np.concatenate([offsets, falls, [len(times)]]))
    return times, offsets, ends[np.searchsorted(ends, offsets, side="right")]
