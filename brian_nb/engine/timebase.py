"""Time as a count of steps."""

from dataclasses import dataclass, field
from threading import RLock


@dataclass
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
    """

    dt: float
    step: int = 0
    origin: float = 0.0
    _turn: object = field(default_factory=RLock, repr=False, compare=False)

    def running(self):
        """Context in which time goes on: who else wants it to, in another thread, waits meanwhile.

        A batch run holds its clock for as long as it lasts, a live run for a segment at a time.
        """
        return self._turn

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
        self.origin = t - self.step * self.dt if self.step else t

    def reset(self, t=0.0):
        """Start again: no step is done, and the first one starts at `t`."""
        self.step = 0
        self.origin = t

    def steps_in(self, duration):
        """Number of steps that a duration in seconds takes."""
        return round(duration / self.dt)
