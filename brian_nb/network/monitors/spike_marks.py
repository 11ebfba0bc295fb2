"""Where the spikes of one monitor are among the records of another."""

import numpy as np

from brian_nb.errors import ModelError


def find_marks(monitor, spikes):
    """Records that hold the state of neurons when they fired.

    Parameters
    ----------
    monitor : StateMonitor
    spikes : SpikeMonitor

    Returns
    -------
    rows, columns : int64[n_marks]
        Places of times and of neurons among the records.

    Raises
    ------
    ModelError
        The spikes are those of another group.
    """
    if spikes.source.owner is not monitor.source.owner:
        raise ModelError(
            f"{spikes.describe()} has the spikes of {spikes.source.describe()}, "
            f"but {monitor.describe()} records {monitor.source.describe()}"
        )
    neurons, times = spikes.recording.read()
    rows, found = _find_rows(monitor, times)
    columns = np.full(monitor.source.owner.size, -1)
    columns[monitor.neurons + monitor.source.first] = np.arange(len(monitor.neurons))
    column = columns[neurons + spikes.source.first]
    found &= column >= 0
    return rows[found], column[found]


def _find_rows(monitor, times):
    """The last record before each time, and whether it is less than one interval ago."""
    recorded = monitor.times
    if not len(recorded):
        return np.zeros(len(times), np.int64), np.zeros(len(times), bool)
    dt = monitor.clock.timebase.dt
    tolerance = 1e-4 * dt
    order = np.argsort(recorded, kind="stable")  # a network may have been put back in time
    place = np.searchsorted(recorded[order], times + tolerance, side="right") - 1
    rows = order[np.maximum(place, 0)]
    age = times - recorded[rows]
    return rows, (place >= 0) & (age < monitor.timestep * dt - tolerance)
