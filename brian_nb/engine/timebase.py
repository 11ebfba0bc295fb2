"""Time as a count of steps."""

import math
from dataclasses import dataclass, field
from threading import RLock

from brian_nb.engine.revision import note_change

TOLERANCE = 1e-4
"""Times that differ by less than this share of the shortest step count as the same."""


@dataclass(eq=False)
class TimeBase:
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
    """

    dt: float
    step: int = 0
    origin: float = 0.0
    end: float = 0.0
    _turn: object = field(default_factory=RLock, repr=False, compare=False)

    def running(self):
        """Context in which time goes on: who else wants it to, in another thread, waits meanwhile.

        A batch run holds its clock for as long as it lasts, a live run for a segment at a time.
        """
        return self._turn

    def __getstate__(self):
        return {name: value for name, value in self.__dict__.items() if name != "_turn"}

    def __setstate__(self, state):
        self.__dict__.update(state, _turn=RLock())

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
