"""Recordings of runs without an end, kept within a bound by forgetting their oldest part."""

USER_BYTES = 256 << 20
"""A monitor that the user made is kept whole up to this size, and never above it."""

OWN_BYTES = 16 << 20
"""A monitor that a panel made for its figures is kept up to this size."""

SLACK = 1.25
"""A recording may outgrow its bound by this factor, so that trimming is rare."""

PERIOD = 64
"""Segments between two looks at the size of recordings."""


class Keeper:
    """Looks from time to time at what monitors have recorded.

    Parameters
    ----------
    own_monitors : sequence of monitors
        Monitors that nobody but a panel reads: little of them is kept.
    n_bytes : int
        Size up to which each other monitor is kept whole.
    """

    def __init__(self, own_monitors=(), n_bytes=USER_BYTES):
        self._own = frozenset(own_monitors)
        self._n_bytes = n_bytes
        self._n_segments = 0

    def look(self, monitors):
        """Bound recordings, if it is time; to be called after each segment."""
        self._n_segments += 1
        if self._n_segments % PERIOD:
            return
        for monitor in monitors:
            bound_recording(monitor.recording, OWN_BYTES if monitor in self._own else self._n_bytes)


def bound_recording(recording, n_bytes):
    """Forget the oldest part of a recording that has outgrown a bound.

    Parameters
    ----------
    recording : Recording
        What does not grow, such as statistics, is left alone. Counts of spikes stay what they are.
    n_bytes : int
    """
    if not recording.record_bytes:
        return
    n_records = max(1, n_bytes // recording.record_bytes)
    if len(recording) > SLACK * n_records:
        recording.keep_last(n_records)
