"""Clocks: time and the length of a step, with units."""

from itertools import count

from brian_nb.engine import TimeBase
from brian_nb.errors import ModelError
from brian_nb.network.scope import find_reachable
from brian_nb.preferences import (
    declare_preference,
    get_global_preference,
    set_global_preferences,
)
from brian_nb.units import ALL_UNITS, Quantity, check_units

_SECOND = ALL_UNITS["second"]
_serials = count()


class Clock:
    """Time and time step of the objects that share it.

    A group, a monitor or an operation that names no clock takes the one that its maker can reach
    by name, if there is one, or else the default clock.

    Parameters
    ----------
    dt : Quantity, second
        Length of a step; 0.1 ms by default.
    t : Quantity, second
        Time at which the first step starts.
    order : int
        Of clocks that are due at the same time, the one with the lowest order goes first; among
        equals, the oldest.
    makedefaultclock : bool
        Whether it becomes the default clock.

    Attributes
    ----------
    end : Quantity, second
        Where the present or last run ends.

    Raises
    ------
    DimensionMismatchError
        `dt` or `t` is no time.
    ModelError
        `dt` is not positive.
    """

    is_guessed = True
    """Whether objects that name no clock may take it."""

    @check_units(dt=_SECOND, t=_SECOND)
    def __init__(self, dt=0.0001 * _SECOND, t=0.0 * _SECOND, order=0, makedefaultclock=False):
        self.timebase = TimeBase(_positive(dt))
        self.timebase.reset(float(t))
        self.rank = (order, next(_serials))
        if makedefaultclock:
            set_global_preferences(defaultclock=self)

    @property
    def dt(self):
        """Length of a step, second."""
        return self.timebase.dt * _SECOND

    @dt.setter
    def dt(self, dt):
        self.set_dt(dt)

    @property
    def t(self):
        """Time at which the next step starts, second; within a step, its own start."""
        return self.timebase.t * _SECOND

    @t.setter
    def t(self, t):
        self.set_t(t)

    @check_units(dt=_SECOND)
    def set_dt(self, dt):
        """Change the length of the steps to come."""
        self.timebase.set_dt(_positive(dt))

    @check_units(t=_SECOND)
    def set_t(self, t):
        """Change the time at which the next step starts."""
        self.timebase.set_t(float(t))

    @check_units(t=_SECOND)
    def reinit(self, t=0.0 * _SECOND):
        """Start again at `t`, with no step done."""
        self.timebase.reset(float(t))

    def tick(self):
        """Go on by one step, without doing it."""
        self.timebase.step += 1

    # -- the end of a run ------------------------------------------------------------------

    @property
    def end(self):
        return self.timebase.end * _SECOND

    @check_units(end=_SECOND)
    def set_end(self, end):
        """Say where the run ends."""
        self.timebase.end = float(end)

    def get_duration(self):
        """Time that is left until the end, second."""
        return self.end - self.t

    def set_duration(self, duration):
        """Say how much time is left until the end."""
        self.timebase.end = self.timebase.t + float(duration)

    def still_running(self):
        """Whether the next step starts before the end."""
        return self.timebase.t < self.timebase.end - 1e-4 * self.timebase.dt

    def __repr__(self):
        return f"{type(self).__name__}(dt={self.dt!r}, t={self.t!r})"


class EventClock(Clock):
    """A clock for operations and monitors: no object takes it without naming it."""

    is_guessed = False


class RegularClock(Clock):
    """A clock whose times are ``i*dt + offset``; all clocks count whole steps, so none drifts.

    Parameters
    ----------
    dt, t
        See `Clock`.
    offset : Quantity, second
    """

    @check_units(offset=_SECOND)
    def __init__(self, dt=0.0001 * _SECOND, t=0.0 * _SECOND, offset=0.0 * _SECOND, **keywords):
        super().__init__(dt, t + offset, **keywords)
        self._offset = offset

    @check_units(t=_SECOND)
    def reinit(self, t=0.0 * _SECOND):
        """Start again at `t` and the offset, with no step done."""
        super().reinit(t + self._offset)


def _positive(dt: Quantity) -> float:
    if not float(dt) > 0:
        raise ModelError(f"a clock needs a positive time step, not dt = {dt!r}")
    return float(dt)


defaultclock = Clock()
"""The clock of all objects that name none."""

declare_preference("defaultclock", defaultclock, Clock)


def get_default_clock():
    """The clock of all objects that name none."""
    return get_global_preference("defaultclock")


def define_default_clock(dt=0.0001 * _SECOND, **keywords):
    """Make a new clock, by the keywords of `Clock`, and let it be the default clock."""
    return Clock(dt, **keywords, makedefaultclock=True)


def reinit_default_clock(t=0.0 * _SECOND):
    """Set the default clock to zero, or to a given time."""
    get_default_clock().reinit(t)


def check_clock(clock):
    """A clock, or None, as it was given.

    Raises
    ------
    ModelError
        It is neither.
    """
    if clock is not None and not isinstance(clock, Clock):
        raise ModelError(f"a clock is a Clock object, not {clock!r}")
    return clock


def guess_clock(clock=None, level=0, likely=None):
    """The clock of an object whose maker named `clock`, or none.

    Parameters
    ----------
    clock : Clock or None
    level : int
        How many calls further up to look for a clock by name.
    likely : Clock, optional
        The one that is meant where several can be reached by name.

    Raises
    ------
    ModelError
        It is no clock, or several can be reached by name, and none is likely.
    """
    if clock is not None:
        return check_clock(clock)
    found = {
        clock: name for clock, name in find_reachable(Clock, level).items() if clock.is_guessed
    }
    for usual in (defaultclock, get_default_clock()):  # they have names in every script
        found.pop(usual, None)
    if len(found) > 1:
        if likely is not None:
            return likely
        raise ModelError(
            f"which clock is meant? There are {' and '.join(sorted(found.values()))}",
            hint="name one with clock=..., or make those for operations with EventClock",
        )
    return next(iter(found), get_default_clock())
