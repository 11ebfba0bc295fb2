"""Sums that the time loop makes in place: what a probe counts is kept by the recording itself.

An accumulator stands where another probe has a buffer. Its arrays and counters are those of its
sink, so there is nothing to hand over; several networks may add to the same recording.
"""

import numpy as np

from brian_nb.engine.buffers import Buffer, next_multiple
from brian_nb.kernels import allocate


class _OfSink:
    """An attribute that is the sink's."""

    def __set_name__(self, owner, name):
        self._name = name

    def __get__(self, instance, owner=None):
        return self if instance is None else getattr(instance.sink, self._name)

    def __set__(self, instance, value):
        setattr(instance.sink, self._name, value)


class Accumulator(Buffer):
    """What all accumulators share.

    Parameters
    ----------
    first, size : int
        Range of neurons.
    sink : object
        Has the arrays and counters that the class names.
    delay : float, second
        How long ago spikes were fired when they are counted.
    """

    counters: tuple[str, ...] = ()
    arrays: tuple[str, ...] = ()
    """Names of arrays in which the time loop changes what was there before."""

    def __init__(self, first, size, sink, delay=0.0):
        super().__init__(0, sink, delay)
        self.first, self.size = first, size

    def written_arrays(self):
        return [getattr(self.sink, name) for name in self.arrays]


class TotalAccumulator(Accumulator):
    """Number of spikes of all neurons together: `total`."""

    counters = ("total",)
    total = _OfSink()


class CountAccumulator(Accumulator):
    """Number of spikes of each neuron: `n_spikes`, int64[size]."""

    arrays = ("n_spikes",)
    n_spikes = _OfSink()


class IntervalAccumulator(Accumulator):
    """Histogram of intervals between spikes.

    The sink has `edges` int64[n_bins], `n_intervals` int64[n_bins], `last_spike` int64[size] and
    ``begin(timebase)``.
    """

    arrays = ("n_intervals", "last_spike")
    edges, n_intervals, last_spike = _OfSink(), _OfSink(), _OfSink()

    @property
    def n_bins(self):
        return len(self.edges)

    def begin(self, timebase):
        super().begin(timebase)
        self.sink.begin(timebase)


class CoincidenceAccumulator(Accumulator):
    """Coincidences with target trains.

    The sink has `limits` float64[2], second: how far coinciding spikes may be apart, and when
    counting begins; `targets` float64[n_targets], second; and for each neuron `shift` of its train
    in seconds, `next_target` and `last_target`, which are places in `targets`, `n_met`, `n_spikes`;
    besides, the integer `counted_steps` and ``begin(timebase)``.
    """

    counters = ("counted_steps",)
    arrays = ("next_target", "n_met", "n_spikes")
    counted_steps, limits, targets, shift = _OfSink(), _OfSink(), _OfSink(), _OfSink()
    next_target, last_target, n_met, n_spikes = _OfSink(), _OfSink(), _OfSink(), _OfSink()

    def begin(self, timebase):
        super().begin(timebase)
        self.sink.begin(timebase)


class StatisticsAccumulator(Accumulator):
    """Mean and sum of squared deviations of each neuron: `means`, `spreads`, float64[size].

    Parameters
    ----------
    stride : int
        Steps between two values.
    """

    counters = ("n_seen", "due")
    arrays = ("means", "spreads")
    n_seen, means, spreads = _OfSink(), _OfSink(), _OfSink()
    due = 0

    def __init__(self, first, size, stride, sink):
        super().__init__(first, size, sink)
        self.stride = stride

    def begin(self, timebase):
        super().begin(timebase)
        self.due = next_multiple(timebase.step, self.stride)


class RecentAccumulator(Accumulator):
    """The last values of chosen neurons: `values`, `times` and `n_seen` of the sink.

    Parameters
    ----------
    chosen : int64[width]
        Neurons, as numbers within the whole population.
    stride : int
        Steps between two records.
    sink : object
        Besides, ``fit(dt)`` gives it room for all records that it is to keep, `n_slots`.
    """

    counters = ("n_seen", "due")
    n_seen, n_slots, values, times = _OfSink(), _OfSink(), _OfSink(), _OfSink()
    due = 0

    def __init__(self, chosen, stride, sink):
        super().__init__(int(chosen[0]), len(chosen), sink)
        self.width, self.stride = len(chosen), stride
        self.chosen = allocate(self.width, np.int64)
        self.chosen[:] = chosen

    @property
    def layout(self):
        return id(self.values)

    def fit(self, timebase):
        super().fit(timebase)
        self.sink.fit(timebase.dt * self.stride)

    def begin(self, timebase):
        super().begin(timebase)
        self.due = next_multiple(timebase.step, self.stride)
