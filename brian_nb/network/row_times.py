"""The times that the rows of an array belong to."""

import numpy as np

from brian_nb.errors import ModelError
from brian_nb.network.clock import guess_clock
from brian_nb.network.quantities import to_si
from brian_nb.units import ALL_UNITS, get_dimension

_SECOND = get_dimension(ALL_UNITS["second"])


def read_times(times, n_times):
    """Times of rows in seconds, float64[n_times], from what a user gave.

    Raises
    ------
    ModelError
        There are more or fewer times, or they are not ascending.
    DimensionMismatchError
        A time is in another unit.
    """
    if not isinstance(times, (list, tuple)):
        found = to_si(times, _SECOND, "times of a TimedArray")
    else:
        found = np.array([float(to_si(t, _SECOND, "times of a TimedArray")) for t in times])
    if found.shape != (n_times,):
        raise ModelError(f"a TimedArray of {n_times} rows has as many times, not {found.size}")
    if np.any(np.diff(found) <= 0) or not np.all(np.isfinite(found)):
        raise ModelError("the times of a TimedArray must be ascending")
    return found


def read_grid(clock, start, dt):
    """Time of the first row, and the distance of rows, in seconds.

    Raises
    ------
    ModelError
        `dt` is not positive.
    DimensionMismatchError
        One is in another unit.
    """
    if dt is None:
        timebase = guess_clock(clock).timebase
        first, width = timebase.t, timebase.dt
    else:
        first, width = 0.0, float(to_si(dt, _SECOND, "dt of a TimedArray"))
        if not width > 0:
            raise ModelError(f"dt of a TimedArray must be positive, not {dt!r}")
    if start is not None:
        first = float(to_si(start, _SECOND, "start of a TimedArray"))
    return first, width
