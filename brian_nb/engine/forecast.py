"""Values of steps that are to come, computed ahead by Python for the compiled loop."""

import numpy as np

from brian_nb.engine.copying import Remade
from brian_nb.kernels import allocate

MIN_CAPACITY = 1 << 13
MIN_ROWS = 16


class Forecast(Remade):
    """A buffer of the values that a function of time has in the next steps.

    Parameters
    ----------
    compute : callable
        Gives the value at a time in seconds: a float, or float64[size].
    size : int
        Number of neurons.
    watch : callable
        Gives copies of the numbers and arrays that the values come from, which may change.

    Attributes
    ----------
    values : float64[capacity]
        Rows of `width` values, one row a step, the first one for the step `first`.
    stride : int
        0 where all neurons share one value, 1 where each has its own.
    known : int
        Step before which all values are in the buffer.
    """

    def __init__(self, compute, size, watch=tuple):
        self.compute, self.size, self._watch = compute, size, watch
        self.values = allocate(max(MIN_CAPACITY, MIN_ROWS * size), np.float64)
        self.first, self.width, self.stride = 0, 1, 0
        self.known, self._epoch, self._seen = -1, None, None

    def fill(self, timebase, stop):
        """Lay out the values of the next steps, at most up to a step, where they are missing."""
        epoch, now = (timebase.origin, timebase.dt), self._watch()
        is_here = self.first <= timebase.step < self.known
        if is_here and epoch == self._epoch and _are_equal(now, self._seen):
            return
        self._seen = now
        self.first, self._epoch = timebase.step, epoch
        rows, self.stride = self._collect(timebase, max(stop, timebase.step + 1))
        self.width = self.size if self.stride else 1
        for place, row in enumerate(rows):
            self.values[place * self.width : (place + 1) * self.width] = row
        self.known = self.first + len(rows)

    def rewind(self):
        """Nothing to do: rows are found by their steps."""

    def _collect(self, timebase, stop):
        """Values of steps as far as they fit, and whether one of them differs between neurons."""
        rows, stride = [], 0
        for step in range(self.first, stop):
            row = self.compute(timebase.origin + step * timebase.dt)
            width = self.size if stride or np.ndim(row) else 1
            if (len(rows) + 1) * width > len(self.values):
                break
            stride = int(width > 1 or stride)
            rows.append(row)
        return rows, stride


def _are_equal(values, others):
    return all(map(np.array_equal, values, others))
