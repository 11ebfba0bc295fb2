"""From a recording to the part of it that a window of time shows."""

import numpy as np

FIRST_LOOK = 4096
"""Records that are looked at first, where nobody knows how many a window holds."""

FARTHER = 4
"""How many times as many are looked at next, if the window begins earlier."""


def read_window(recording, begin, now, n_records=FIRST_LOOK, at_most=1 << 40):
    """The records of a window that ends at the present time.

    Parameters
    ----------
    recording : Recording
        With a ``tail(n)`` that gives times and records.
    begin, now : float, second
        `now` is the time at which the next step starts, so it has no records yet.
    n_records : int
        How many records the window is expected to hold.
    at_most : int
        Older records than so many are not looked at.

    Returns
    -------
    times : float64[n], second
        Ascending.
    records : array[n, ...]
    """
    while True:
        n_records = min(n_records, at_most)
        times, records = recording.tail(n_records)
        is_all = len(times) < n_records or n_records == at_most
        course = select_course(times)
        times, records = times[course], records[course]
        if is_all or (len(times) and times[0] <= begin):
            first, last = np.searchsorted(times, (begin, now))
            return times[first:last], records[first:last]
        n_records *= FARTHER


def select_course(times):
    """Which records belong to the present course of time.

    When a network is put back to an earlier time, its monitors keep what they have recorded of the
    future that is now undone. Of an earlier course only what lies before the later one counts.

    Parameters
    ----------
    times : float64[n], second
        In the order of recording.

    Returns
    -------
    bool[n] or slice
    """
    starts = np.flatnonzero(times[1:] < times[:-1]) + 1
    if not len(starts):
        return slice(None)
    chosen = np.empty(len(times), bool)
    end = np.inf
    edges = [0, *starts.tolist(), len(times)]
    for first, last in reversed(list(zip(edges[:-1], edges[1:], strict=True))):
        chosen[first:last] = times[first:last] < end
        end = min(end, times[first])
    return chosen
