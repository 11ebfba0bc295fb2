"""Spikes that are to come, laid out ahead for the compiled loop."""

import numpy as np

from brian_nb.engine.copying import Remade
from brian_nb.kernels import allocate

MIN_CAPACITY = 1 << 14
END = 1 << 62
"""A step that never comes."""


class Schedule(Remade):
    """A buffer of the next spikes of neurons that fire at given times.

    Where it stands follows from the step of the clock alone, so that time may go back or jump.

    Parameters
    ----------
    size : int
        Number of neurons.
    train : object
        Gives ``read(timebase, stop, capacity)``: spikes from the present step of a clock on, as
        steps int64[...] and neurons int32[...], ascending by both, and the step before which there
        are no others. It has as many as fit, and need not look beyond the step `stop`.

    Attributes
    ----------
    steps : int64[capacity]
    neurons : int32[capacity]
    filled : int
        Spikes in the buffer.
    cursor : int
        How many of them lie before the present step, or have been fired.
    known : int
        Step before which all spikes are in the buffer.
    """

    def __init__(self, size, train):
        self.train = train
        capacity = max(MIN_CAPACITY, size)  # the spikes of one step always fit
        self.steps = allocate(capacity, np.int64)
        self.neurons = allocate(capacity, np.int32)
        self.filled = self.cursor = 0
        self._forget()

    def replace(self, train):
        """Take the spikes from somewhere else from the next step on."""
        self.train = train
        self._forget()

    def fill(self, timebase, stop):
        """Lay out the next spikes of a segment that ends before a step, where they are missing."""
        epoch = timebase.origin, timebase.dt
        if not (self._first <= timebase.step < self.known and epoch == self._epoch):
            self._read(timebase, stop)
            self._first, self._epoch = timebase.step, epoch
        self.cursor = int(np.searchsorted(self.steps[: self.filled], timebase.step))

    def rewind(self):
        """Begin again with the first spike in the buffer; the loop passes over what is past."""
        self.cursor = 0

    def _read(self, timebase, stop):
        steps, neurons, self.known = self.train.read(timebase, stop, len(self.steps))
        self.filled = len(steps)
        self.steps[: self.filled] = steps
        self.neurons[: self.filled] = neurons

    def _forget(self):
        self._first, self.known, self._epoch = END, 0, None
