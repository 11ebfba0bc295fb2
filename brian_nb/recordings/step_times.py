"""Times of records at regular steps."""

import numpy as np

from brian_nb.recordings.guarded import Guarded


class StepTimes(Guarded):
    """Times as stretches of steps; one number is not kept for each record.

    One thread may append while others read.
    """

    def __init__(self):
        super().__init__()
        self.clear()

    def clear(self):
        """Forget all times."""
        with self._lock:
            self._stretches, self._n_times, self._joined = [], 0, None

    def append(self, steps, epoch):
        """Add the times of a range of steps of an epoch."""
        with self._lock:
            if self._stretches and _goes_on(*self._stretches[-1], steps, epoch):
                earlier, _ = self._stretches.pop()
                self._stretches.append((range(earlier.start, steps.stop, steps.step), epoch))
            else:
                self._stretches.append((steps, epoch))
            self._n_times += len(steps)
            self._joined = None

    def keep_last(self, n_times):
        """Forget all but the last times."""
        with self._lock:
            self._stretches = self._find_last(n_times)
            self._n_times = min(self._n_times, n_times)
            self._joined = None

    def __len__(self):
        return self._n_times

    def join(self):
        """All times, float64[n_times], second."""
        with self._lock:
            if self._joined is None:
                self._joined = _compute(self._stretches)
            return self._joined

    def tail(self, n_times):
        """The last times, or all if there are fewer."""
        with self._lock:
            return _compute(self._find_last(n_times))

    def _find_last(self, n_times):
        found = []
        for steps, epoch in reversed(self._stretches):
            if n_times <= 0:
                break
            found.append((steps[-n_times:] if n_times < len(steps) else steps, epoch))
            n_times -= len(steps)
        return found[::-1]


def _goes_on(steps, epoch, later, later_epoch):
    return steps.stop == later.start and steps.step == later.step and epoch == later_epoch


def _compute(stretches):
    times = [epoch.origin + np.arange(*_bounds(steps)) * epoch.dt for steps, epoch in stretches]
    return np.concatenate(times) if times else np.empty(0)


def _bounds(steps):
    return steps.start, steps.stop, steps.step
