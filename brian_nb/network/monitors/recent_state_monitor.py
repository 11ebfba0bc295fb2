"""Monitors of the last values of state variables."""

from brian_nb.engine import RecentAccumulator
from brian_nb.errors import ModelError
from brian_nb.model import RecentProbe
from brian_nb.network.monitors.monitor import plain
from brian_nb.network.monitors.state_monitor import StateMonitor
from brian_nb.network.quantities import to_si
from brian_nb.recordings import RecentRecording
from brian_nb.units import ALL_UNITS, get_dimension

_MS = ALL_UNITS["ms"]


class RecentStateMonitor(StateMonitor):
    """Records a variable of a group over the last stretch of time.

    New records take the place of the oldest ones, so that the monitor never grows.

    Parameters
    ----------
    P, varname
        See `StateMonitor`.
    duration : Quantity, second
        Largest time between the first and the last record that are kept.
    clock, record, timestep, when
        See `StateMonitor`; all neurons are recorded if nothing is said.

    Attributes
    ----------
    times : float64[n_times], second
    values : float64[n_times, n_recorded], SI units
        Copies in the order of time. A record is a row here, while it is a column of the `values`
        of a `StateMonitor`.
    unsorted_times : float64[n_slots], second
    unsorted_values : float64[n_slots, n_recorded], SI units
        The memory itself; slots that have not been written yet mean nothing.
    current_time_index : int
        Slot of the next record.
    has_looped : bool
        Whether all slots have been written.

    Raises
    ------
    ModelError, UnknownNameError, DimensionMismatchError
        See `StateMonitor`; or the duration is no time, or negative.
    """

    def __init__(
        self,
        P,  # noqa: N803 - the manual's name
        varname,
        duration=5 * _MS,
        clock=None,
        record=True,
        timestep=1,
        when="end",
    ):
        what = "the duration of a RecentStateMonitor"
        self._duration = float(to_si(duration, get_dimension(_MS), what))
        if not self._duration >= 0:
            raise ModelError(f"{what} cannot be negative, as {duration!r} is")
        super().__init__(P, varname, clock, record, timestep, when)

    def _make_recording(self):
        interval = self.clock.timebase.dt * self.timestep
        return RecentRecording(len(self.neurons), self._duration, interval)

    def _make_probe(self, population, *where):
        probe = RecentProbe(population, self.variable, self.when, self._is_dense)
        return probe, RecentAccumulator(*where)

    @property
    def duration(self):
        """Largest time between the first and the last record that are kept, second."""
        return self._duration * ALL_UNITS["second"]

    @property
    def values(self):
        return self._read()[1]

    @property
    def unsorted_times(self):
        self._require_values("times")
        return self.recording.times

    @property
    def unsorted_values(self):
        self._require_values("values")
        return self.recording.table

    @property
    def current_time_index(self):
        self._require_values("times")
        return self.recording.n_seen % self.recording.n_slots

    @property
    def has_looped(self):
        self._require_values("times")
        return self.recording.n_seen >= self.recording.n_slots

    unsorted_times_, unsorted_values_ = plain("unsorted_times"), plain("unsorted_values")
