"""Clocks: time and the length of a step, with units."""

from brian_nb.engine import TimeBase
from brian_nb.errors import ModelError
from brian_nb.units import ALL_UNITS, Quantity, check_units

_SECOND = ALL_UNITS["second"]


class Clock:
    """Time and time step of the objects that share it.

    Parameters
    ----------
    dt : Quantity, second
        Length of a step; 0.1 ms by default.
    t : Quantity, second
        Time at which the first step starts.

    Raises
    ------
    DimensionMismatchError
        `dt` or `t` is no time.
    ModelError
        `dt` is not positive.
    """

    @check_units(dt=_SECOND, t=_SECOND)
    def __init__(self, dt=0.0001 * _SECOND, t=0.0 * _SECOND):
        self.timebase = TimeBase(_positive(dt))
        self.timebase.reset(float(t))

    @property
    def dt(self):
        """Length of a step, second."""
        return self.timebase.dt * _SECOND

    @dt.setter
    def dt(self, dt):
        self.set_dt(dt)

    @property
    def t(self):
        """Time at which the next step starts, second."""
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

    def __repr__(self):
        return f"Clock(dt={self.dt!r}, t={self.t!r})"


def _positive(dt: Quantity) -> float:
    if not float(dt) > 0:
        raise ModelError(f"a clock needs a positive time step, not dt = {dt!r}")
    return float(dt)


defaultclock = Clock()
"""The clock of all objects that name none."""


def get_default_clock():
    """The clock of all objects that name none."""
    return defaultclock
