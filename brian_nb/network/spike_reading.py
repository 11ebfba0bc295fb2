"""Spikes in any form a user may give them -> times and neurons, or a feed of them."""

import heapq
from itertools import takewhile

import numpy as np

from brian_nb.errors import ModelError
from brian_nb.network.quantities import check_dimension
from brian_nb.network.spike_trains import PeriodicTrain, SpikeTrain
from brian_nb.units import ALL_UNITS, Quantity, get_dimension

_SECOND = get_dimension(ALL_UNITS["second"])


class SpikeReader:
    """Reads spikes for a group.

    Parameters
    ----------
    describe : callable
        Gives what messages call the group.
    size : int
        Number of neurons.
    period : float or None
        Seconds after which all spikes come again.
    stacks : bool
        See `SpikeTrain`.
    """

    def __init__(self, describe, size, period=None, stacks=False):
        self._describe, self._size, self._period, self._stacks = describe, size, period, stacks

    def read_spikes(self, spikes, sort=True):
        """A train from spikes of all neurons together.

        Parameters
        ----------
        spikes : array_like, iterable of (int, Quantity), or callable
            See `SpikeGeneratorGroup`.
        sort : bool
            Whether finite spikes are put in the order of time; else they have to be.

        Returns
        -------
        SpikeTrain or PeriodicTrain

        Raises
        ------
        ModelError, DimensionMismatchError
        """
        is_made = callable(spikes)
        spikes = spikes() if is_made else spikes
        if isinstance(spikes, (list, tuple, np.ndarray)):
            return self._make_train(*self._read_finite(spikes, sort))
        return self._read_endless(self._check_pairs(self._iterate(spikes)), is_made)

    def read_trains(self, trains):
        """A train from spikes of each neuron by itself.

        Parameters
        ----------
        trains : sequence of array_like, iterable or callable
            See `MultipleSpikeGeneratorGroup`.

        Returns
        -------
        SpikeTrain or PeriodicTrain

        Raises
        ------
        ModelError, DimensionMismatchError
        """
        made = [item() if callable(item) else item for item in trains]
        if all(isinstance(item, (list, tuple, np.ndarray)) for item in made):
            times = [np.sort(self._read_times(item)) for item in made]
            neurons = np.repeat(np.arange(len(made)), [len(item) for item in times])
            return self._make_train(*_sort(np.concatenate(times), neurons))
        ordered = [self._check_train(neuron, item) for neuron, item in enumerate(made)]
        is_made = all(
            callable(item) or isinstance(item, (list, tuple, np.ndarray)) for item in trains
        )
        return self._read_endless(heapq.merge(*ordered), is_made)

    # -- finite ----------------------------------------------------------------------------

    def _make_train(self, times, neurons, feed=None):
        if self._period is None:
            return SpikeTrain(self._describe, times, neurons, feed, self._stacks)
        within = (times >= 0) & (times < self._period)
        return PeriodicTrain(
            self._describe, times[within], neurons[within], self._period, self._stacks
        )

    def _read_finite(self, spikes, sort):
        if isinstance(spikes, np.ndarray):
            neurons, times = self._read_array(spikes)
        elif are_two_columns(spikes):
            neurons = np.asarray(spikes[0])
            times = self._read_times(spikes[1])
            if neurons.shape != times.shape:
                raise ModelError(
                    f"there are {neurons.size} neurons and {times.size} times of spikes for "
                    f"{self._describe()}"
                )
        else:
            neurons, times = self._read_pairs(spikes)
        neurons = self._check_neurons(neurons)
        self._check_times(times)
        if sort:
            return _sort(times, neurons)
        late = np.flatnonzero(np.diff(times) < 0)
        if len(late):
            raise self._disorder(times[late[0]], times[late[0] + 1])
        return times, neurons

    def _read_array(self, spikes):
        if spikes.size == 0:
            return np.zeros(0, np.int64), np.zeros(0)
        if spikes.ndim != 2 or spikes.shape[1] != 2:
            raise ModelError(
                f"an array of spikes has two columns, neurons and times in seconds, not the "
                f"shape {spikes.shape}"
            )
        return np.asarray(spikes)[:, 0], np.asarray(spikes, np.float64)[:, 1]

    def _read_pairs(self, spikes):
        """Neurons and times of a list of pairs, each of one or several neurons and a time."""
        neurons, times, counts = [], [], []
        for pair in spikes:
            neuron, time = self._split(pair)
            several = np.atleast_1d(neuron)
            neurons.append(several)
            counts.append(len(several))
            times.append(time)
        if not neurons:
            return np.zeros(0, np.int64), np.zeros(0)
        return np.concatenate(neurons), np.repeat(np.array(times, np.float64), counts)

    def _read_times(self, times):
        if isinstance(times, np.ndarray):
            found = np.asarray(times, np.float64)
        else:
            found = np.array([self._read_time(item) for item in times], np.float64)
        if found.ndim != 1:
            raise ModelError(f"times of spikes stand in a row, not in the shape {found.shape}")
        self._check_times(found)
        return found

    # -- endless ---------------------------------------------------------------------------

    def _read_endless(self, pairs, is_made):
        if self._period is not None:
            if not is_made:
                raise ModelError(
                    f"the spikes of {self._describe()} come from a generator, which cannot begin "
                    "again after a period",
                    hint="give the function that makes the generator, without calling it",
                )
            found = list(takewhile(lambda pair: pair[0] < self._period, pairs))
            return self._make_train(*_sort(*_columns(found)))
        return self._make_train(np.zeros(0), np.zeros(0, np.int32), Feed(pairs))

    def _iterate(self, spikes):
        try:
            return iter(spikes)
        except TypeError:
            raise ModelError(
                f"the spikes of {self._describe()} must be pairs (neuron, time), an array, "
                f"a generator, or a function that gives one of these, not {spikes!r}"
            ) from None

    def _check_pairs(self, pairs):
        """Pairs of time and neuron, in order of time."""
        last = -np.inf
        for pair in pairs:
            neuron, time = self._split(pair)
            if not time >= last:
                raise self._disorder(last, time)
            last = time
            if type(neuron) is int and 0 <= neuron < self._size:
                yield time, neuron
            else:
                for one in self._check_neurons(np.atleast_1d(neuron)):
                    yield time, int(one)

    def _check_train(self, neuron, times):
        last = -np.inf
        if isinstance(times, (list, tuple, np.ndarray)):
            times = np.sort(self._read_times(times))
        for item in self._iterate(times):
            time = self._read_time(item)
            if not time >= last:
                raise self._disorder(last, time, f" of neuron {neuron}")
            last = time
            yield time, neuron

    # -- single spikes ---------------------------------------------------------------------

    def _split(self, pair):
        try:
            neuron, time = pair
        except (TypeError, ValueError):
            raise ModelError(
                f"a spike of {self._describe()} is a pair (neuron, time), not {pair!r}"
            ) from None
        return neuron, self._read_time(time)

    def _read_time(self, time):
        if isinstance(time, Quantity):
            check_dimension(time, _SECOND, f"the time of a spike of {self._describe()}")
        try:
            return float(time)
        except (TypeError, ValueError):
            raise ModelError(f"{time!r} is no time of a spike of {self._describe()}") from None

    def _check_times(self, times):
        if not np.all(np.isfinite(times)):
            raise ModelError(f"the times of the spikes of {self._describe()} must be finite")

    def _check_neurons(self, neurons):
        found = np.asarray(neurons)
        whole = np.asarray(np.rint(found), np.int64) if found.dtype.kind in "biuf" else None
        if whole is None or np.any(whole != found):
            raise ModelError(f"neurons of {self._describe()} are numbered by whole numbers")
        outside = whole[(whole < 0) | (whole >= self._size)]
        if len(outside):
            raise ModelError(
                f"{self._describe()} has no neuron {outside[0]}, which has a spike",
                hint=f"its neurons are numbered 0 to {self._size - 1}",
            )
        return whole.astype(np.int32)

    def _disorder(self, earlier, later, whose=""):
        return ModelError(
            f"the spikes{whose} of {self._describe()} are not in the order of time: after "
            f"{earlier * 1e3:g} ms comes {later * 1e3:g} ms"
        )


class Feed:
    """Takes spikes from an iterator as far as they are needed.

    Parameters
    ----------
    pairs : iterator of (float, int)
        Times in seconds, ascending, and neurons.

    Attributes
    ----------
    next_time : float or None
        Time of the next spike; None after the last one.
    """

    def __init__(self, pairs):
        self._pairs = pairs
        self._next, self._is_begun = None, False

    @property
    def next_time(self):
        if not self._is_begun:
            self._is_begun, self._next = True, next(self._pairs, None)
        return None if self._next is None else self._next[0]

    def pull(self, until, limit):
        """Take spikes up to a time, or so many.

        Returns
        -------
        float64[n], int32[n]
            Times and neurons.
        """
        found = []
        while self.next_time is not None and self._next[0] <= until and len(found) < limit:
            found.append(self._next)
            self._next = next(self._pairs, None)
        return _columns(found)


def are_two_columns(spikes):
    """Whether these are neurons and times as two lists or arrays, instead of pairs."""
    return (
        isinstance(spikes, tuple)
        and len(spikes) == 2
        and all(isinstance(item, (list, np.ndarray)) and np.ndim(item) == 1 for item in spikes)
    )


def _columns(pairs):
    times = np.array([time for time, _ in pairs], np.float64)
    return times, np.array([neuron for _, neuron in pairs], np.int32)


def _sort(times, neurons):
    order = np.argsort(times, kind="stable")
    return times[order], neurons[order]
