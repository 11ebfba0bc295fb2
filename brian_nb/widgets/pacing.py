"""How long a segment is, and when the next one is due."""

from brian_nb.engine import Pace
from brian_nb.errors import ModelError
from brian_nb.network.quantities import to_si
from brian_nb.units import ALL_UNITS, get_dimension

SEGMENT_WALL = 0.01
"""Seconds: short enough for a slider to feel immediate, long enough to cost nothing."""

MAX_LAG = 0.25
"""Seconds by which a run may fall behind its speed before it stops trying to catch up."""

_TIME = get_dimension(ALL_UNITS["second"])


class LivePace:
    """The next segment: when it is due, and how many steps fit into 10 ms, speed and user's wish.

    Attributes
    ----------
    dt : float, second
    speed : float or None
        Biological seconds in a second of wall time; None for as fast as it goes.
    segment : float or None, second
        Biological length of every segment, where the user has asked for one.
    allowance : int or None
        Steps that may still be done, while the run goes step by step.
    """

    def __init__(self, dt, speed=None, segment=None):
        self.dt, self.speed, self.segment = dt, speed, segment
        self.allowance = None
        self._fitting = Pace(wall=SEGMENT_WALL)
        self._metronome = Metronome()

    def restart(self, allowance=None):
        """Let the next segment be due at once, and allow so many steps, or any number."""
        self._metronome.restart()
        self.allowance = allowance

    def change_speed(self, speed):
        """Count from the next segment on at another speed."""
        self.speed = speed
        self._metronome.restart()

    def find_delay(self, now, t):
        """Seconds until the segment at biological time `t` is due; None where no step is allowed.

        Parameters
        ----------
        now : float, second
            Wall time.
        t : float, second
        """
        if self.allowance == 0:
            return None
        delay = self._metronome.delay(now, t, self.speed)
        return 0.0 if self.allowance else delay

    @property
    def steps(self):
        steps = self.segment_steps
        return steps if self.allowance is None else max(1, min(steps, self.allowance))

    @property
    def segment_steps(self):
        """Steps of a whole segment."""
        if self.segment is not None:
            return max(1, round(self.segment / self.dt))
        if self.speed is None:
            return self._fitting.steps
        return max(1, min(self._fitting.steps, round(self.speed * SEGMENT_WALL / self.dt)))

    def learn(self, steps, seconds):
        """Adapt to what the last segment took, and count it."""
        if self.allowance is not None:
            self.allowance = max(0, self.allowance - steps)
        self._fitting.learn(steps, seconds)


class Metronome:
    """When a step is due, so that biological time goes at a given speed."""

    def __init__(self):
        self._since = None

    def restart(self):
        """Let the next step be due at once, and count from it."""
        self._since = None

    def delay(self, now, t, speed):
        """Seconds until biological time `t` is due; 0 if it is, or if no speed is asked for."""
        if speed is None:
            self._since = None
            return 0.0
        if self._since is None:
            self._since = now, t
        start, origin = self._since
        ahead = (t - origin) / speed - (now - start)
        if ahead < -MAX_LAG:
            self._since = now, t
        return max(0.0, ahead)


def read_time(time):
    """A time as a float in seconds; None stays None.

    Raises
    ------
    DimensionMismatchError
    """
    return None if time is None else float(to_si(time, _TIME, "a time of a live run"))


def read_speed(speed):
    """Biological seconds in a second of wall time; None for 'max'.

    Raises
    ------
    ModelError
        It is no positive number.
    """
    if speed == "max":
        return None
    try:
        value = float(speed)
    except (TypeError, ValueError):
        value = 0.0
    if not value > 0:
        raise ModelError(
            f"the speed of a live run cannot be {speed!r}",
            hint="give biological seconds in a second of wall time, such as 0.1, or 'max'",
        )
    return value
