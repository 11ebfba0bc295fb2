"""Times of spikes -> the steps in which neurons fire, laid out for a schedule."""

import logging

import numpy as np

from brian_nb.engine.schedule import END
from brian_nb.engine.timebase import TOLERANCE

logger = logging.getLogger(__name__)

_MIN_PULL = 1024


def find_steps(times, timebase):
    """Steps of a clock that begin at given times or, of times between two, after them.

    Parameters
    ----------
    times : float64[...], second
    timebase : TimeBase

    Returns
    -------
    int64[...]
    """
    return np.ceil((times - timebase.origin) / timebase.dt - TOLERANCE).astype(np.int64)


class SpikeTrain:
    """Spikes by their times; of a generator, those that it has given so far.

    What has been given is kept, so that time may go back.

    Parameters
    ----------
    describe : callable
        Gives what warnings call the group.
    times, neurons : float64[n], int32[n]
        Spikes known from the start, ascending by time.
    feed : object or None
        Gives further spikes by ``pull(until, limit)``, as times and neurons; `next_time` is the
        time of the one after these, None if there is none.
    stacks : bool
        Whether several spikes of a neuron in one step come out one a step, instead of as one.
    is_new : bool
        Whether to warn of spikes that lie before the first step.
    """

    def __init__(self, describe, times, neurons, feed=None, stacks=False, is_new=True):
        self._describe, self._feed, self._stacks = describe, feed, stacks
        self._log = [(np.asarray(times, np.float64), np.asarray(neurons, np.int32))]
        self._epoch, self._from = None, None
        self._last_steps = {}
        self._is_new = is_new
        self.has_warned = False

    def read(self, timebase, stop, capacity):
        """See `Schedule`."""
        epoch = timebase.origin, timebase.dt
        if self._epoch != epoch or timebase.step < self._from:
            self._begin(timebase)
            self._epoch = epoch
        self._drop_past(timebase)
        known = self._get_known(timebase)
        while known < stop and (len(self._steps) < capacity or known <= timebase.step):
            self._pull(timebase, stop, capacity)
            known = self._get_known(timebase)
        count = int(np.searchsorted(self._steps, known))
        if count > capacity:
            known = int(self._steps[capacity])
            count = int(np.searchsorted(self._steps, known))
        return self._steps[:count], self._neurons[:count], known

    def _begin(self, timebase):
        """Lay all spikes out on the grid of a clock."""
        self._steps, self._neurons = np.zeros(0, np.int64), np.zeros(0, np.int32)
        self._last_steps = {}
        for times, neurons in self._log:
            self._add(times, neurons, timebase)

    def _drop_past(self, timebase):
        self._from = timebase.step
        past = int(np.searchsorted(self._steps, timebase.step))
        if past and self._is_new:
            spikes = "1 spike lies" if past == 1 else f"{past} spikes lie"
            logger.warning(
                f"{spikes} before t = {timebase.t * 1e3:g} ms, where {self._describe()} begins, "
                "and will not be fired"
            )
        self._is_new = False
        self._steps, self._neurons = self._steps[past:], self._neurons[past:]

    def _get_known(self, timebase):
        """Step before which no further spike can come."""
        if self._feed is None or self._feed.next_time is None:
            return END
        return int(find_steps(np.float64(self._feed.next_time), timebase))

    def _pull(self, timebase, stop, capacity):
        until = timebase.origin + stop * timebase.dt
        limit = max(_MIN_PULL, capacity - len(self._steps))
        times, neurons = self._feed.pull(until, limit)
        self._log.append((times, neurons))
        self._add(times, neurons, timebase)

    def _add(self, times, neurons, timebase):
        if not len(times):
            return
        steps = find_steps(times, timebase)
        if self._stacks:
            delayed = self._stack(steps, neurons)
            self._warn_once(np.any(delayed != steps), "come out one a step")
            steps = delayed
        place = int(np.searchsorted(self._steps, steps.min()))
        steps = np.concatenate([self._steps[place:], steps])
        neurons = np.concatenate([self._neurons[place:], neurons])
        order = np.lexsort((neurons, steps))
        steps, neurons = steps[order], neurons[order]
        again = np.zeros(len(steps), bool)
        again[1:] = (np.diff(steps) == 0) & (np.diff(neurons) == 0)
        self._warn_once(again.any(), "count as one")
        self._steps = np.concatenate([self._steps[:place], steps[~again]])
        self._neurons = np.concatenate([self._neurons[:place], neurons[~again]])

    def _stack(self, steps, neurons):
        """Steps at least one apart for each neuron, counting those laid out before."""
        order = np.lexsort((steps, neurons))
        ranked, owners = steps[order].copy(), neurons[order]
        starts = np.flatnonzero(np.diff(owners, prepend=owners[0] - 1))
        for start in starts:
            last = self._last_steps.get(int(owners[start]), ranked[start] - 1)
            ranked[start] = max(ranked[start], last + 1)
        counts = np.diff([*starts, len(owners)])
        rank = np.arange(len(owners)) - np.repeat(starts, counts)
        span = int(np.ptp(ranked)) + len(ranked) + 1
        lift = np.repeat(np.arange(len(starts)), counts) * span
        ranked = np.maximum.accumulate(ranked - rank + lift) - lift + rank
        ends = np.append(starts[1:], len(owners)) - 1
        self._last_steps |= dict(zip(owners[ends].tolist(), ranked[ends].tolist(), strict=True))
        found = np.empty_like(steps)
        found[order] = ranked
        return found

    def _warn_once(self, is_so, what_happens):
        if is_so and not self.has_warned:
            self.has_warned = True
            logger.warning(
                f"some spikes of {self._describe()} fall into one step, and {what_happens}"
            )


class PeriodicTrain:
    """Spikes that come again and again; the periods are counted from t = 0.

    Parameters
    ----------
    describe : callable
        Gives what warnings call the group.
    times, neurons : float64[n], int32[n]
        Spikes of one period, ascending by time, all within ``[0, period)``.
    period : float, second
    stacks : bool
        See `SpikeTrain`.
    """

    def __init__(self, describe, times, neurons, period, stacks=False):
        self._describe, self._period, self._stacks = describe, period, stacks
        self._times, self._neurons = times, neurons
        self._has_warned = False

    def read(self, timebase, stop, capacity):
        """See `Schedule`."""
        if not len(self._times):
            return np.zeros(0, np.int64), np.zeros(0, np.int32), END
        first = max(0, int(np.floor(timebase.t / self._period + TOLERANCE)) - 1)
        last = self._choose_end(first, timebase, stop, capacity)
        times = [self._times + cycle * self._period for cycle in range(first, last)]
        neurons = np.tile(self._neurons, last - first)
        train = SpikeTrain(
            self._describe, np.concatenate(times), neurons, stacks=self._stacks, is_new=False
        )
        train.has_warned = self._has_warned
        steps, neurons, known = train.read(timebase, stop, capacity)
        self._has_warned = train.has_warned
        following = int(find_steps(np.float64(last * self._period), timebase))
        count = int(np.searchsorted(steps, following))
        return steps[:count], neurons[:count], min(known, following)

    def _choose_end(self, first, timebase, stop, capacity):
        """Period before which to end: enough for the segment, as far as they fit; at least one."""
        until = timebase.origin + stop * timebase.dt
        fitting = first + 1 + capacity // len(self._times)
        least = int((timebase.t + 2 * timebase.dt) / self._period) + 2
        return max(least, min(fitting, int(np.ceil(until / self._period)) + 1))
