"""Groups whose neurons fire at given times."""

from dataclasses import replace
from operator import index

import numpy as np

from brian_nb.engine import Schedule, note_change
from brian_nb.errors import ModelError
from brian_nb.network.group import NeuronGroup
from brian_nb.network.quantities import to_si
from brian_nb.network.spike_reading import SpikeReader, are_two_columns
from brian_nb.units import ALL_UNITS, get_dimension

_SECOND = get_dimension(ALL_UNITS["second"])


class ScheduledGroup(NeuronGroup):
    """Neurons that fire at given times, with no equations; the compiled loop fires them.

    Parameters
    ----------
    N : int
    clock : Clock, optional
    period : Quantity or None, second
        After which all spikes come again.
    """

    _stacks = False

    def __init__(self, N, clock=None, period=None):  # noqa: N803 - the manual's name
        super().__init__(N, "", clock=clock)
        self.__dict__["_period"] = _read_period(period)

    @property
    def period(self):
        """Period after which all spikes come again, second; None if they do not."""
        return self._period if self._period is None else self._period * ALL_UNITS["second"]

    def _reader(self):
        return SpikeReader(self.describe, self.size, self._period, self._stacks)

    def _set_train(self, train):
        if self.values.schedule is None:
            self.values.schedule = Schedule(self.size, train)
        else:
            self.values.schedule.replace(train)
        note_change()

    def _make_model(self, name, is_held):
        return replace(super()._make_model(name, is_held), is_scheduled=True)

    def __repr__(self):
        return f"<{type(self).__name__}: {self.describe()}, {self.size} neurons>"


class SpikeGeneratorGroup(ScheduledGroup):
    """A group whose neurons fire at given times.

    Times are rounded up to the steps of the clock. Of several spikes of a neuron within one step
    one is left, with a warning. Spikes before the first step of a run are left out.

    Parameters
    ----------
    N : int
        Number of neurons; one more than the highest in `spiketimes` if these alone are given.
    spiketimes : list of (int, Quantity), array_like, iterable or callable
        Pairs of a neuron, or a list or array of them, and a time. An array float64[n, 2] has
        neurons and times in seconds as columns; a tuple of two arrays or lists has neurons and
        times. A generator gives its pairs in the order of time and may never end: they are taken
        as far as each segment of a run needs them. A function gives any of these; it is called
        again by `reinit`.
    clock : Clock, optional
    period : Quantity, second, optional
        After which all spikes come again, counted from t = 0; those at later times never come.
    sort : bool
        False says that lists and arrays are in the order of time already.
    gather
        Accepted for old scripts; spikes of one step are always fired together.

    Raises
    ------
    ModelError
        A neuron that the group does not have; times that are not in order; a generator with a
        period. Those of a generator are found when they are taken.
    DimensionMismatchError
        A time is in another unit. Plain numbers are seconds.

    Examples
    --------
    >>> from brian_nb import Network, SpikeGeneratorGroup, SpikeMonitor, ms
    >>> G = SpikeGeneratorGroup(2, [(0, 1*ms), (1, 2*ms)])
    >>> M = SpikeMonitor(G)
    >>> Network(G, M).run(3*ms)
    >>> M.spikes
    [(0, 0.001), (1, 0.002)]
    """

    def __init__(
        self,
        N,  # noqa: N803 - the manual's name
        spiketimes=None,
        clock=None,
        period=None,
        sort=True,
        gather=None,
    ):
        if spiketimes is None:
            N, spiketimes = _count_neurons(N), N  # noqa: N806
        super().__init__(N, clock, period)
        self.__dict__["_sort"] = sort
        self.spiketimes = spiketimes

    @property
    def spiketimes(self):
        """What was given; may be replaced, also by another form, and acts from the next step."""
        return self._given

    @spiketimes.setter
    def spiketimes(self, spiketimes):
        self._set_train(self._reader().read_spikes(spiketimes, self._sort))
        self.__dict__["_given"] = spiketimes

    def reinit(self):
        """Begin again, and call a function anew that gives the spikes."""
        super().reinit()
        if callable(self._given):
            self.spiketimes = self._given


class MultipleSpikeGeneratorGroup(ScheduledGroup):
    """A group whose neurons fire at times given for each of them.

    Times are rounded up to the steps of the clock. Several spikes of a neuron within one step come
    out one a step, with a warning.

    Parameters
    ----------
    spiketimes : sequence of array_like, iterable or callable
        One for each neuron: a list or an array of times; a generator of times in order, which may
        never end; a function that gives one of these, called again by `reinit`.
    clock : Clock, optional
    period : Quantity, second, optional
        See `SpikeGeneratorGroup`.

    Raises
    ------
    ModelError, DimensionMismatchError
        See `SpikeGeneratorGroup`.
    """

    _stacks = True

    def __init__(self, spiketimes, clock=None, period=None):
        trains = list(spiketimes)
        super().__init__(len(trains), clock, period)
        self.spiketimes = trains

    @property
    def spiketimes(self):
        """What was given, for each neuron; may be replaced."""
        return self._given

    @spiketimes.setter
    def spiketimes(self, spiketimes):
        trains = [_make_repeatable(item) for item in spiketimes]
        if len(trains) != self.size:
            raise ModelError(
                f"{self.describe()} takes {self.size} lists of spike times, not {len(trains)}"
            )
        self._set_train(self._reader().read_trains(trains))
        self.__dict__["_given"] = trains

    def reinit(self):
        """Begin again, and call functions anew that give spike times."""
        super().reinit()
        if any(callable(item) for item in self._given):
            self.spiketimes = self._given


class PulsePacket(SpikeGeneratorGroup):
    """Neurons that fire one spike each, at times with a Gaussian distribution.

    Parameters
    ----------
    t : Quantity, second
        Mean of the times.
    n : int
        Number of neurons, and of spikes.
    sigma : Quantity, second
        Standard deviation of the times.
    clock : Clock, optional

    Raises
    ------
    DimensionMismatchError
        `t` or `sigma` is no time.
    ModelError
        `sigma` is negative.
    """

    def __init__(self, t, n, sigma, clock=None):
        super().__init__(n, [], clock)
        self.generate(t, n, sigma)

    def generate(self, t, n, sigma):
        """Draw new spikes, with other parameters.

        Parameters
        ----------
        t, sigma : Quantity, second
        n : int
            Number of spikes, of neurons chosen at random; at most the number of neurons.

        Raises
        ------
        ModelError, DimensionMismatchError
        """
        what = self.describe()
        mean = float(to_si(t, _SECOND, f"the mean time of {what}"))
        spread = float(to_si(sigma, _SECOND, f"the spread of {what}"))
        if spread < 0:
            raise ModelError(f"the spread of {what} cannot be negative, as {sigma!r} is")
        if n != int(n) or not 0 <= n <= self.size:
            raise ModelError(f"{what} has {self.size} neurons and cannot fire {n!r} spikes")
        neurons = np.random.permutation(self.size)[: int(n)]
        self.spiketimes = neurons, np.random.normal(mean, spread, int(n))


class _Repeatable:
    """What an iterator gives, kept so that it can be gone through again."""

    def __init__(self, iterator):
        self._iterator, self._kept = iterator, []

    def __iter__(self):
        place = 0
        while True:
            if place == len(self._kept):
                try:
                    self._kept.append(next(self._iterator))
                except StopIteration:
                    return
            yield self._kept[place]
            place += 1


def _make_repeatable(item):
    return _Repeatable(item) if hasattr(item, "__next__") else item


def _read_period(period):
    if period is None:
        return None
    found = float(to_si(period, _SECOND, "the period of spikes"))
    if not found > 0:
        raise ModelError(f"the period of spikes must be positive, not {period!r}")
    return found


def _count_neurons(spikes):
    """One more than the highest neuron of a finite list of spikes."""
    try:
        index(spikes)
    except TypeError:
        pass
    else:
        raise ModelError("a SpikeGeneratorGroup needs spike times")
    if not isinstance(spikes, (list, tuple, np.ndarray)) or not len(spikes):
        raise ModelError("give the number of neurons: SpikeGeneratorGroup(N, spiketimes)")
    neurons = [spikes[0]] if are_two_columns(spikes) else [pair[0] for pair in spikes]
    return 1 + int(max(map(np.max, neurons)))
