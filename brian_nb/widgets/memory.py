"""Recordings of runs without an end, kept within a bound by forgetting their oldest part."""

from brian_nb.engine import TimeBase
from brian_nb.recordings import RateRecording, SpikeRecording, StateRecording

USER_BYTES = 256 << 20
"""A monitor that the user made is kept whole up to this size, and never above it."""

OWN_BYTES = 16 << 20
"""A monitor that a panel made for its figures is kept up to this size."""

SLACK = 1.25
"""A recording may outgrow its bound by this factor, so that trimming is rare."""

_SPIKE_BYTES = 12
_RATE_BYTES = 16
_AS_WRITTEN = TimeBase(dt=1.0)


def bound_recording(recording, n_bytes):
    """Forget the oldest part of a recording that has outgrown a bound, and join its pieces.

    Parameters
    ----------
    recording : SpikeRecording, RateRecording, StateRecording or StateStatistics
        Statistics do not grow, and are left alone. Counts of spikes stay what they are.
    n_bytes : int
    """
    for kind, bound in _BOUNDS.items():
        if isinstance(recording, kind):
            bound(recording, n_bytes)


def _bound_spikes(recording, n_bytes):
    neurons, times = recording.neurons, recording.times
    keep = _rows_to_keep(len(times), _SPIKE_BYTES, n_bytes)
    if keep is None:
        return
    total = recording.count
    recording.clear()
    recording.add_spikes(neurons[-keep:].copy(), times[-keep:].copy(), _AS_WRITTEN)
    recording.count = total


def _bound_rates(recording, n_bytes):
    counts, times, dt = recording.counts, recording.times, recording.dt
    keep = _rows_to_keep(len(counts), _RATE_BYTES, n_bytes)
    if keep is None:
        return
    recording.clear()
    recording.add_counts(counts[-keep:].copy(), 0, TimeBase(dt=dt, origin=float(times[-keep])))


def _bound_states(recording, n_bytes):
    values, times = recording.values, recording.times
    keep = _rows_to_keep(len(times), 8 * (values.shape[1] + 1), n_bytes)
    if keep is None:
        return
    recording.clear()
    recording.add_values(values[-keep:].copy(), times[-keep:].copy(), _AS_WRITTEN)


def _rows_to_keep(n_rows, row_bytes, n_bytes):
    bound = max(1, n_bytes // row_bytes)
    return bound if n_rows > SLACK * bound else None


_BOUNDS = {
    SpikeRecording: _bound_spikes,
    RateRecording: _bound_rates,
    StateRecording: _bound_states,
}
