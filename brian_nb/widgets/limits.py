"""From a value to the range and step of the slider that turns it, all in display units."""

from dataclasses import dataclass
from math import floor, isfinite, log10

N_STEPS = 200
"""A slider has about this many places, so that one key press is a visible but small change."""

FARTHEST = 3.0
"""An amount can be turned up to about this many times its value."""

NEAREST = 0.1
"""What equations divide by stays above this share of its value."""


@dataclass(frozen=True)
class Limits:
    """Ends and step of a slider."""

    low: float
    high: float
    step: float

    def with_room_for(self, value):
        """The same limits, wide enough for a value."""
        return Limits(min(self.low, value), max(self.high, value), self.step)


def choose_limits(value, is_level=False, is_divisor=False, scale=1.0):
    """Choose a range around a value.

    Parameters
    ----------
    value : float
        In display units.
    is_level : bool
        Whether zero is just another value, as for a potential; amounts keep their sign.
    is_divisor : bool
        Whether something is divided by it, so that zero must be left out.
    scale : float
        What to take for a usual size where the value is zero.

    Returns
    -------
    Limits
    """
    if not isfinite(value):
        return choose_limits(0.0, is_level, is_divisor, scale)
    if value == 0:
        return _make(-FARTHEST * scale if is_level else 0.0, FARTHEST * scale, value)
    if is_level:
        unit = 10.0 ** floor(log10(abs(value)))
        reach = 0.6 * abs(value)
        return _make(
            round((value - reach) / unit) * unit, round((value + reach) / unit) * unit, value
        )
    far = round_up(FARTHEST * abs(value))
    near = round_up(NEAREST * abs(value)) if is_divisor else 0.0
    return _make(near, far, value) if value > 0 else _make(-far, -near, value)


def round_up(value):
    """The next of 1, 2, 5, 10, 20, 50, ... that is not below a positive value."""
    unit = 10.0 ** floor(log10(value))
    return next(factor * unit for factor in (1, 2, 5, 10) if factor * unit >= value * (1 - 1e-9))


def _make(low, high, value):
    return Limits(_tidy(low), _tidy(high), _choose_step(low, high, value))


def _choose_step(low, high, value):
    """A step of 1, 2 or 5 times a power of ten with the value on its grid, or nearly so."""
    step = round_up((high - low) / N_STEPS)
    for _ in range(3):
        places = (value - low) / step
        if abs(places - round(places)) < 1e-6:
            break
        step = round_up(step / 2.6)
    return _tidy(step)


def _tidy(value):
    """The float that is written with few digits."""
    return float(f"{value:.12g}")
