"""Monitors of state variables over time."""

import numpy as np

from brian_nb.engine import StateBuffer, StatisticsAccumulator
from brian_nb.errors import ModelError
from brian_nb.model import StateProbe, StatisticsProbe
from brian_nb.network.clock import guess_clock
from brian_nb.network.monitors.live_plot import LivePlot
from brian_nb.network.monitors.monitor import Monitor, plain
from brian_nb.network.monitors.spike_marks import find_marks
from brian_nb.network.monitors.trace_plot import TracePlot
from brian_nb.network.numbers import to_subscript
from brian_nb.network.operations import check_place
from brian_nb.network.present_values import list_refreshing
from brian_nb.network.quantities import to_si
from brian_nb.recordings import StateRecording, StateStatistics


class StateMonitor(Monitor):
    """Records a variable of a group over time.

    Parameters
    ----------
    P : NeuronGroup or Subgroup
    varname : str or int
        A state variable, a parameter or a static equation, by its name or number.
    clock : Clock, optional
        Record in the steps of this clock. If omitted, it is found as that of a group is: the one
        clock that has a name around the caller, else the default clock. Where several have names,
        it is that of the group.
    record : bool, int or list of int
        Neurons whose values are kept; True for all, False for none but the statistics.
    timestep : int
        Record every so many steps.
    when : str
        Place in the step; 'end' by default, after the resets.

    Attributes
    ----------
    times : float64[n_times], second
        Starts of the recorded steps.
    values : float64[n_recorded, n_times], SI units
    mean, std, var : float64[len(P)], SI units
        Statistics over time of each neuron; `var` is the unbiased estimate. Where only some neurons
        are recorded, those of the others are nan; ``record=False`` has them all, without keeping
        any value.

    Raises
    ------
    UnknownNameError
        There is no such variable.
    ModelError
        `record`, `timestep` or `when` do not fit.
    """

    def __init__(
        self,
        P,  # noqa: N803 - the manual's name
        varname,
        clock=None,
        record=False,
        timestep=1,
        when="end",
    ):
        super().__init__(P)
        self._clock = guess_clock(clock, likely=P.owner.clock)
        self.variable = self._find_variable(varname)
        self.when, self.timestep = check_place(when), int(timestep)
        if self.timestep < 1:
            raise ModelError(f"timestep must be at least 1, not {timestep!r}")
        if isinstance(record, str):  # as the manual has it once, in section 4.10
            record = {"True": True, "False": False}.get(record, record)
        self.neurons = self._choose(record)
        self._is_dense = bool(np.all(np.diff(self.neurons) == 1))
        self._keeps = not (isinstance(record, (bool, np.bool_)) and not record)
        self.recording = self._make_recording() if self._keeps else StateStatistics(P.size)

    @property
    def variables(self):
        return (self.variable,)

    @property
    def clock(self):
        return self._clock

    # -- in the time loop ------------------------------------------------------------------

    def list_calls(self):
        refreshing = list_refreshing(self.source, self.variables, self.when, self.clock)
        return [*refreshing, *super().list_calls()]

    def make_probe(self, population):
        """The probe and its buffer, for a population at a position in the network."""
        if not self._keeps:
            where = self.source.first, self.source.size
            sums = StatisticsAccumulator(*where, self.timestep, self.recording)
            return StatisticsProbe(population, self.variable, self.when), sums
        chosen = self.neurons + self.source.first
        return self._make_probe(population, chosen, self.timestep, self.recording)

    def _make_recording(self):
        return StateRecording(len(self.neurons))

    def _make_probe(self, population, *where):
        probe = StateProbe(population, self.variable, self.when, self._is_dense)
        return probe, StateBuffer(*where)

    def _choose(self, record):
        size = self.source.size
        if isinstance(record, (bool, np.bool_)):
            return np.arange(size)
        chosen = np.atleast_1d(np.asarray(to_subscript(record)))
        if chosen.dtype.kind not in "iu" or np.any((chosen < 0) | (chosen >= size)):
            raise ModelError(
                f"record={record!r} names no neurons of {self.source.describe()}",
                hint=f"neurons are numbered 0 to {size - 1}; True records all",
            )
        return chosen.astype(np.int64)

    # -- what was recorded -----------------------------------------------------------------

    @property
    def times(self):
        return self._read()[0]

    @property
    def values(self):
        return self._read()[1].T

    def getvalues(self):
        """The same as `values`."""
        return self.values

    def __getitem__(self, neuron):
        """Values of one neuron over time, float64[n_times], SI units."""
        self._require_values("values")
        (column,) = np.nonzero(self.neurons == neuron)
        if not len(column):
            raise IndexError(f"{self.describe()} does not record neuron {neuron}")
        return self._read()[1][:, column[0]]

    @property
    def mean(self):
        if not self._keeps:
            return self.recording.mean
        records = self._read()[1]
        return self._spread_out(records.mean(axis=0) if len(records) else np.nan)

    @property
    def var(self):
        if not self._keeps:
            return self.recording.var
        records = self._read()[1]
        return self._spread_out(records.var(axis=0, ddof=1) if len(records) > 1 else np.nan)

    @property
    def std(self):
        return np.sqrt(self.var)

    times_, values_ = plain("times"), plain("values")
    mean_, var_, std_ = plain("mean"), plain("var"), plain("std")

    def insert_spikes(self, spikemonitor, value=0):
        """Put a value, such as the peak of a spike, where neurons fired, to show it in figures.

        Where not every step was recorded, the last record before the spike is changed.

        Parameters
        ----------
        spikemonitor : SpikeMonitor
            Of the same group, or of a part of it.
        value : Quantity
            In the unit of the variable; a plain 0 has any.

        Raises
        ------
        ModelError
            The spikes are those of another group, or there are no values.
        DimensionMismatchError
            The value has another unit than the variable.
        """
        self._require_values("values")
        is_zero = not hasattr(value, "dimension") and value == 0
        what = f"the value that spikes have in {self.describe()}"
        peak = 0.0 if is_zero else float(to_si(value, self._dimension, what))
        self.recording.put(*find_marks(self, spikemonitor), peak)

    def _read(self):
        """Times and records float64[n_times, n_recorded], of the same moment."""
        self._require_values("values")
        return self.recording.read()

    def _spread_out(self, values):
        """Values of the recorded neurons as those of all neurons."""
        full = np.full(self.source.size, np.nan)
        full[self.neurons] = values
        return full

    @property
    def _dimension(self):
        return self.source.owner.system.dimension_of(self.variable)

    def _require_values(self, what):
        if not self._keeps:
            raise ModelError(
                f"{self.describe()} keeps statistics only, so it has no {what}",
                hint="make it with record=True or with a list of neurons",
            )

    # -- figures ---------------------------------------------------------------------------

    def plot(self, indices=None, cmap=None, refresh=None, showlast=None, redraw=True):
        """Plot the recorded values over time into the present axes, in SI units.

        Parameters
        ----------
        indices : int or list of int, optional
            Neurons; all that are recorded if omitted.
        cmap : str or Colormap, optional
            Matplotlib's colours for the neurons, in their order.
        refresh : Quantity, second, optional
            How often, in biological time, the plot is brought up to date while a network runs: see
            `LivePlot`.
        showlast : Quantity, second, optional
            Show only so much time up to the last record.
        redraw : bool
            False leaves it to another plot of the same figure to draw it.

        Returns
        -------
        matplotlib.axes.Axes

        Raises
        ------
        ModelError
            There are no values.
        IndexError
            A neuron is not recorded.
        """
        self._require_values("values")
        plot = TracePlot(self, indices, cmap, showlast)
        if refresh is not None:
            self.add_live_plot(LivePlot(self, refresh, plot.figure, plot.update, redraw))
        return plot.axes

    def __repr__(self):
        return f"<{type(self).__name__} of {self.variable} of {self.source.describe()}>"
