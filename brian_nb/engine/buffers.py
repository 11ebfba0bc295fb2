"""Buffers that probes write into during a segment and that are emptied now and then.

A buffer belongs to an `Epoch`, a stretch of time in which time is a linear function of the step;
what it holds is handed to its sink before another epoch begins.
"""

from dataclasses import dataclass
from threading import RLock

import numpy as np

from brian_nb.engine.revision import note_change
from brian_nb.kernels import allocate, allocate_fresh, get_pages

BUFFER_BYTES = 1 << 20
LEAST_BYTES, MOST_BYTES = 1 << 20, 1 << 25
"""Of a stretch of memory for values."""

PAGES_BYTES = 1 << 16
"""So much of it is asked for at least."""

FEW_TIMES = 2
"""A stretch is given up for one that is more than so many times as long."""

MIN_SPIKES = 1 << 14


@dataclass(frozen=True)
class Epoch:
    """Time as a function of the step: ``origin + step*dt``, in seconds."""

    origin: float = 0.0
    dt: float = 0.0


class Buffer:
    """What all buffers share.

    Parameters
    ----------
    capacity : int
        Records that fit.
    sink : object
        Takes the records over.
    delay : float, second
        How long ago spikes were fired when they are recorded.

    Attributes
    ----------
    counters : tuple of str
        Names of the integers that the time loop changes.
    count : int
        Records that wait.
    delay_steps : int
        The delay in steps of the present length.
    lock : RLock
        Held by whoever writes into the buffer or empties it.
    """

    counters: tuple[str, ...] = ("count",)
    layout = 0
    """Another one where arrays have been replaced, so that they must be bound again."""

    def __init__(self, capacity, sink, delay=0.0):
        self.capacity, self.sink, self.delay = capacity, sink, delay
        self.count = self.delay_steps = 0
        self.lock = RLock()
        self._epoch = Epoch()
        self._take_sink()

    def written_arrays(self):
        """Arrays in which the time loop changes what was there before."""
        return []

    def fit(self, timebase):
        """Bring sizes in line with the length of the steps of a clock."""
        self.delay_steps = timebase.steps_in(self.delay)

    def expect(self, timebase):
        """Make room, as far as it is worth while, for a run of a clock that is about to begin."""

    def begin(self, timebase):
        """Record for the sink from now on, in the present epoch of a clock."""
        if self.sink.buffer is not self:
            self._take_sink()
        if (timebase.origin, timebase.dt) != (self._epoch.origin, self._epoch.dt):
            self.drain()
            self._epoch = Epoch(timebase.origin, timebase.dt)

    def align(self, step):
        """Let the next record be that of a step, or of the first one after it that is due."""

    def _take_sink(self):
        """Become the buffer of the sink; what an earlier one holds goes there first."""
        note_change()
        self.sink.pull()
        self.sink.buffer = self

    def pull(self):
        """Hand all records to the sink, unless a segment is writing just now."""
        if self.lock.acquire(blocking=False):
            try:
                self.drain()
            finally:
                self.lock.release()

    def drop(self):
        """Forget all records."""
        with self.lock:
            self.count = 0

    def drain(self):
        """Hand all records to the sink."""
        if self.count:
            self._hand_over(self._epoch)
            self.count = 0


class SpikeBuffer(Buffer):
    """Spikes of the neurons ``first .. first + size - 1``.

    Parameters
    ----------
    first, size : int
    sink : object
        Gets ``add_spikes(neurons, steps, epoch)``.
    delay : float, second
    """

    def __init__(self, first, size, sink, delay=0.0):
        super().__init__(max(MIN_SPIKES, 4 * size), sink, delay)
        self.first, self.size = first, size
        self.neurons = allocate(self.capacity, np.int32)
        self.steps = allocate(self.capacity, np.int64)

    def _hand_over(self, epoch):
        found = slice(0, self.count)
        self.sink.add_spikes(self.neurons[found].copy(), self.steps[found].copy(), epoch)


class SpikeStateBuffer(SpikeBuffer):
    """Spikes, each with values of its neuron.

    Parameters
    ----------
    first, size : int
    width : int
        Values of each spike.
    sink : object
        Gets ``add_spikes(neurons, steps, epoch, values)`` with values float64[n_spikes, width].
    """

    def __init__(self, first, size, width, sink):
        super().__init__(first, size, sink)
        self._width = width
        self.values = allocate(self.capacity * width, np.float64)

    def _hand_over(self, epoch):
        found = slice(0, self.count)
        values = self.values[: self.count * self._width].reshape(self.count, self._width)
        self.sink.add_spikes(
            self.neurons[found].copy(), self.steps[found].copy(), epoch, values.copy()
        )


class RateBuffer(Buffer):
    """Number of spikes of the neurons ``first .. first + size - 1`` in each step.

    Parameters
    ----------
    first, size : int
    sink : object
        Gets ``add_counts(spikes_in_step, first_step, epoch)``.
    """

    def __init__(self, first, size, sink):
        super().__init__(BUFFER_BYTES // 8, sink)
        self.first, self.size = first, size
        self.spikes_in_step = allocate(self.capacity, np.int64)
        self._first_step = 0

    def align(self, step):
        if self._first_step + self.count != step:
            self.drain()
            self._first_step = step

    def drop(self):
        with self.lock:
            self._first_step += self.count
            self.count = 0

    def _hand_over(self, epoch):
        counts = self.spikes_in_step[: self.count].copy()
        self.sink.add_counts(counts, self._first_step, epoch)
        self._first_step += self.count


class StateBuffer(Buffer):
    """Values of a variable of chosen neurons, every `stride` steps.

    Values are not copied: the sink gets views of the stretch of memory that they were written to.
    A stretch that is full is left to the sink, and another one begun, with room for the rest of
    the run within limits. Room that is not written takes no memory.

    Parameters
    ----------
    chosen : int64[width]
        Neurons, as numbers within the whole population.
    stride : int
    sink : object
        Gets ``add_values(values, steps, epoch)`` with a range of steps.

    Attributes
    ----------
    due : int
        Step of the next record.
    values : float64[capacity * width]
        The stretch; `count` records of it are written.
    """

    counters = ("count", "due")
    due = 0

    def __init__(self, chosen, stride, sink):
        self.width, self.stride = len(chosen), stride
        self._timebase, self._n_handed = None, 0
        super().__init__(0, sink)
        self.chosen = allocate(max(1, self.width), np.int64)
        self.chosen[: self.width] = chosen
        self.first = int(self.chosen[0])
        self._begin_stretch()

    def expect(self, timebase):
        """Begin another stretch, if what is left of the present one is little for the run."""
        self._timebase = timebase
        if FEW_TIMES * (self.capacity - self.count) < self._records_to_come():
            with self.lock:
                self.drain()
                self._begin_stretch()
        else:
            self._get_pages()

    def begin(self, timebase):
        self._timebase = timebase
        super().begin(timebase)

    def align(self, step):
        due = next_multiple(step, self.stride)
        if due != self.due:
            self.drain()
            self.due = due

    def drop(self):
        with self.lock:
            self._n_handed = self.count

    def drain(self):
        n_waiting = self.count - self._n_handed
        if n_waiting:
            steps = range(self.due - self.stride * n_waiting, self.due, self.stride)
            self.sink.add_values(self._rows[self._n_handed : self.count], steps, self._epoch)
            self._n_handed = self.count
        if self.count == self.capacity:
            self._begin_stretch()

    def _begin_stretch(self):
        self.layout += 1
        row_bytes = 8 * max(1, self.width)
        wanted = min(max(LEAST_BYTES, row_bytes * self._records_to_come()), MOST_BYTES)
        self.capacity = max(1, wanted // row_bytes)
        self.values = allocate_fresh(self.capacity * max(1, self.width))
        self._rows = self.values[: self.capacity * self.width].reshape(self.capacity, self.width)
        self.count = self._n_handed = self._n_paged = 0
        self._get_pages()

    def _get_pages(self):
        """Let memory be there for the records that the run brings, or for some at least."""
        last = min(self.count + self._records_to_come(), self.capacity)
        if last > self._n_paged:
            some = self._n_paged + PAGES_BYTES // (8 * max(1, self.width))
            last = min(max(last, some), self.capacity)
            get_pages(self.values, self._n_paged * self.width, last * self.width)
            self._n_paged = last

    def _records_to_come(self):
        """How many records the rest of the run brings."""
        if self._timebase is None:
            return 0
        steps = (self._timebase.end - self._timebase.t) / self._timebase.dt
        return int(min(max(0.0, steps / self.stride), MOST_BYTES)) + 1


def next_multiple(step, stride):
    """The first multiple of `stride` that is not before a step."""
    return -(-step // stride) * stride
