"""Time as a count of steps."""

import math
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock

from brian_nb.engine.copying import Remade
from brian_nb.engine.revision import note_change

TOLERANCE = 1e-4
"""Times that differ by less than this share of the shortest step count as the same."""

LONGEST_WAIT = 0.1
"""Seconds: ten times a segment of a live run."""


@dataclass(eq=False)
class TimeBase(Remade):
    """Where a simulation stands in time.

    Parameters
    ----------
    dt : float, second
        Length of a step.
    step : int
        Steps done since the simulation began; it also numbers the random draws.
    origin : float, second
        Time at which step 0 starts, as if `dt` had always been what it is now.
    end : float, second
        Where the present or last run ends.
    is_updated : bool
        Whether the groups have done their update of the step that is due: Python code that is
        called within a step sees the spikes of this step then.
    """

    remade = {"_turn": RLock}

    dt: float
    step: int = 0
    origin: float = 0.0
    end: float = 0.0
    is_updated: bool = False
    _turn: object = field(default_factory=RLock, repr=False, compare=False)

    def running(self):
        """Context in which time goes on: who else wants it to, in another thread, waits meanwhile.

        A batch run holds its clock for as long as it lasts, a live run for a segment at a time.
        """
        return self._turn

    @contextmanager
    def between_segments(self):
        """Context for a change of the state that is to act from the start of a segment on.

        It waits for the end of a segment of a live run in another thread; within a batch run, which
        lasts longer, the change acts at once.
        """
        is_held = self._turn.acquire(timeout=LONGEST_WAIT)
        try:
            yield
        finally:
            if is_held:
                self._turn.release()

    @property
    def t(self):
        """Time at which the next step starts, in seconds."""
        return self.origin + self.step * self.dt

    def set_dt(self, dt):
        """Go on from the present time with steps of another length."""
        now = self.t
        self.dt = dt
        self.set_t(now)

    def set_t(self, t):
        """Let the next step start at time `t`."""
        note_change()
        self.origin = t - self.step * self.dt if self.step else t

    def reset(self, t=0.0):
        """Start again: no step is done, and the first one starts at `t`."""
        note_change()
        self.step = 0
        self.origin = t

    def steps_in(self, duration):
        """Number of steps that a duration in seconds takes."""
        return round(duration / self.dt)


def stops_at(timebases, base, n_steps):
    """Steps before which clocks have to stop to end with `n_steps` of one of them.

    Parameters
    ----------
    timebases : list of TimeBase
    base : TimeBase
        One of them.
    n_steps : int

    Returns
    -------
    list of int
    """
    end = base.origin + (base.step + n_steps) * base.dt
    tolerance = TOLERANCE * base.dt
    stops = []
    for timebase in timebases:
        left = math.ceil((end - timebase.t - tolerance) / timebase.dt)
        stops.append(base.step + n_steps if timebase is base else timebase.step + max(0, left))
    return stops
