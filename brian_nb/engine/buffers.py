"""Buffers that probes write into during a segment and that are emptied after it."""

import numpy as np

from brian_nb.kernels import allocate

BUFFER_BYTES = 1 << 20
MIN_SPIKES = 1 << 14
ENDLESS = 1 << 60


class SpikeBuffer:
    """Spikes of the neurons ``first .. first + size - 1``.

    Parameters
    ----------
    first, size : int
    sink : object
        Gets ``add_spikes(neurons, steps, timebase)`` after each segment.
    """

    def __init__(self, first, size, sink):
        self.first, self.size, self.sink = first, size, sink
        self.capacity = max(MIN_SPIKES, 4 * size)
        self.neurons = allocate(self.capacity, np.int32)
        self.steps = allocate(self.capacity, np.int64)
        self.count = self.due = 0

    def begin(self, step):
        """Record from a step on."""

    def steps_left(self, step):
        """Steps that fit before the buffer has to be emptied; the time loop itself checks."""
        return ENDLESS

    def drain(self, timebase):
        """Hand what was recorded to the sink."""
        if self.count:
            found = slice(0, self.count)
            self.sink.add_spikes(self.neurons[found].copy(), self.steps[found].copy(), timebase)
        self.count = 0


class RateBuffer:
    """Number of spikes of the neurons ``first .. first + size - 1`` in each step.

    Parameters
    ----------
    first, size : int
    sink : object
        Gets ``add_counts(spikes_in_step, first_step, timebase)`` after each segment.
    """

    def __init__(self, first, size, sink):
        self.first, self.size, self.sink = first, size, sink
        self.capacity = BUFFER_BYTES // 8
        self.spikes_in_step = allocate(self.capacity, np.int64)
        self.count = self.due = 0

    def begin(self, step):
        """Record from a step on."""

    def steps_left(self, step):
        return self.capacity

    def drain(self, timebase):
        if self.count:
            counts = self.spikes_in_step[: self.count].copy()
            self.sink.add_counts(counts, timebase.step - self.count, timebase)
        self.count = 0


class StateBuffer:
    """Values of a variable of chosen neurons, every `stride` steps.

    Parameters
    ----------
    chosen : int64[width]
        Neurons, as numbers within the whole population.
    stride : int
    sink : object
        Gets ``add_values(values, steps, timebase)`` after each segment.
    """

    def __init__(self, chosen, stride, sink):
        self.chosen = allocate(max(1, len(chosen)), np.int64)
        self.chosen[: len(chosen)] = chosen
        self.width, self.stride, self.sink = len(chosen), stride, sink
        self.capacity = max(1, BUFFER_BYTES // (8 * max(1, self.width)))
        self.values = allocate(self.capacity * max(1, self.width), np.float64)
        self.count = 0
        self.due = 0

    def begin(self, step):
        """Find the first step to record from now on."""
        self.due = -(-step // self.stride) * self.stride

    def steps_left(self, step):
        return self.due - step + 1 + (self.capacity - 1) * self.stride

    def drain(self, timebase):
        if self.count:
            values = self.values[: self.count * self.width].reshape(self.count, self.width).copy()
            steps = self.due - self.stride * np.arange(self.count, 0, -1)
            self.sink.add_values(values, steps, timebase)
        self.count = 0
