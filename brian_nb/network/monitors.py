"""Monitors: what of a run is kept for the user."""

import numpy as np

from brian_nb.engine import RateBuffer, SpikeBuffer, StateBuffer
from brian_nb.errors import ModelError, UnknownNameError
from brian_nb.model import RateProbe, SpikeProbe, StateProbe
from brian_nb.network.base import NetworkObject
from brian_nb.network.clock import guess_clock
from brian_nb.network.operations import check_place
from brian_nb.network.quantities import to_si
from brian_nb.recordings import RateRecording, SpikeRecording, StateRecording, StateStatistics
from brian_nb.units import ALL_UNITS, get_dimension

_SECOND = ALL_UNITS["second"]
_TIME = get_dimension(_SECOND)


class Monitor(NetworkObject):
    """Something that records from a group or subgroup.

    Parameters
    ----------
    source : NeuronGroup or Subgroup
    """

    def __init__(self, source):
        super().__init__()
        self.source = source

    @property
    def clock(self):
        """The clock in whose steps it records."""
        return self.source.owner.clock

    def list_needed(self):
        return [*super().list_needed(), self.source.owner]

    def describe(self):
        """How messages name this object."""
        return f"`{self.label}`" if self.label else f"a {type(self).__name__}"

    def clear_recordings(self):
        """Forget all that was recorded."""
        self.recording.clear()

    reinit = clear_recordings

    def _require_spikes(self):
        if not self.source.owner.describe_model().fires:
            raise ModelError(
                f"{self.source.describe()} never fires, so there are no spikes to record",
                hint="give the group a threshold",
            )


class SpikeMonitor(Monitor):
    """Records the spikes of a group.

    Parameters
    ----------
    source : NeuronGroup or Subgroup
    record : bool
        False keeps only the number of spikes.

    Attributes
    ----------
    nspikes : int
        Number of spikes so far.
    spikes : list of (int, float)
        Pairs of neuron and time in seconds, in the order of time.
    spiketimes : dict of int to float64[...]
        Spike times of each neuron, in seconds.
    """

    def __init__(self, source, record=True):
        super().__init__(source)
        self._require_spikes()
        self.recording = SpikeRecording(keep=bool(record))

    def make_probe(self, population):
        """The probe and its buffer, for a population at a position in the network."""
        buffer = SpikeBuffer(self.source.first, self.source.size, self.recording)
        return SpikeProbe(population), buffer

    @property
    def nspikes(self):
        return self.recording.count

    @property
    def spikes(self):
        neurons, times = self.recording.read()
        return list(zip(neurons.tolist(), times.tolist(), strict=True))

    @property
    def spiketimes(self):
        neurons, times = self.recording.read()
        order = np.argsort(neurons, kind="stable")
        bounds = np.searchsorted(neurons[order], np.arange(1, self.source.size))
        trains = np.split(times[order], bounds)
        return dict(enumerate(trains))

    def __getitem__(self, neuron):
        """Spike times of one neuron, float64[...], second."""
        if not -self.source.size <= neuron < self.source.size:
            raise IndexError(f"{self.describe()} records neurons 0 to {self.source.size - 1}")
        neurons, times = self.recording.read()
        return times[neurons == neuron % self.source.size]

    def __repr__(self):
        return f"<SpikeMonitor of {self.source.describe()}: {self.nspikes} spikes>"


class PopulationRateMonitor(Monitor):
    """Records the firing rate of a group: spikes per neuron and second in each bin.

    Parameters
    ----------
    source : NeuronGroup or Subgroup
    bin : Quantity, second, optional
        Width of a bin; one time step if omitted.

    Attributes
    ----------
    times : float64[n_bins], second
        Starts of the bins.
    rate : float64[n_bins], hertz
        The bin that is being filled is there already, at its rate so far.
    """

    def __init__(self, source, bin=None):  # noqa: A002 - the manual's name
        super().__init__(source)
        self._require_spikes()
        self.recording = RateRecording()
        self._bin = None if bin is None else float(to_si(bin, _TIME, "the bin of a rate monitor"))
        if self._bin is not None and not self._bin > 0:
            raise ModelError(f"the bin of a rate monitor must be positive, not {bin!r}")

    def make_probe(self, population):
        """The probe and its buffer, for a population at a position in the network."""
        buffer = RateBuffer(self.source.first, self.source.size, self.recording)
        return RateProbe(population), buffer

    def _binned(self):
        dt = self.source.owner.clock.timebase.dt
        n_steps = 1 if self._bin is None else max(1, round(self._bin / dt))
        return *self.recording.binned(n_steps), dt

    @property
    def times(self):
        return self._binned()[0]

    @property
    def rate(self):
        _, counts, lengths, dt = self._binned()
        return counts / (lengths * dt * self.source.size)

    def smooth_rate(self, width=None, filter="gaussian"):  # noqa: A002 - the manual's name
        """The rate smoothed over time.

        Parameters
        ----------
        width : Quantity, second
            Standard deviation of the Gaussian, or width of the flat window; 1 ms if omitted.
        filter : {'gaussian', 'flat'}

        Returns
        -------
        float64[n_bins], hertz
        """
        width = 0.001 if width is None else float(to_si(width, _TIME, "the width of the filter"))
        _, _, _, dt = self._binned()
        bin_width = self._bin or dt
        weights = _filter_weights(filter, width / bin_width)
        return np.convolve(self.rate, weights, mode="same")

    def __repr__(self):
        return f"<PopulationRateMonitor of {self.source.describe()}>"


def _filter_weights(kind, width):
    """Weights of a smoothing window that is `width` bins wide; they add up to one."""
    if kind == "gaussian":
        reach = np.arange(-int(4 * width) - 1, int(4 * width) + 2)
        weights = np.exp(-0.5 * (reach / width) ** 2)
    elif kind == "flat":
        weights = np.ones(max(1, round(width)))
    else:
        raise ModelError(f"there is no filter {kind!r}", hint="use 'gaussian' or 'flat'")
    return weights / weights.sum()


class StateMonitor(Monitor):
    """Records a variable of a group over time.

    Parameters
    ----------
    P : NeuronGroup or Subgroup
    varname : str
        A state variable, a parameter or a static equation.
    record : bool, int or list of int
        Neurons whose values are kept; True for all, False for none but the statistics.
    timestep : int
        Record every so many steps.
    when : str
        Place in the step; 'end' by default, after the resets.
    clock : Clock, optional
        Record in the steps of this clock; that of the group if omitted.

    Attributes
    ----------
    times : float64[n_times], second
    values : float64[n_recorded, n_times], SI units
    mean, std, var : float64[len(P)], SI units
        Statistics over time, where ``record=False``.
    """

    def __init__(self, P, varname, record=False, timestep=1, when="end", clock=None):  # noqa: N803
        super().__init__(P)
        self._clock = P.owner.clock if clock is None else guess_clock(clock)
        system = P.owner.system
        self.variable = system.aliases.get(varname, varname)
        known = [*system.variables, *(item.name for item in system.statics)]
        if self.variable not in known:
            raise UnknownNameError(
                f"{P.describe()} has no variable {varname!r} to record",
                hint=f"its variables are {', '.join(known)}",
            )
        self.when, self.timestep = check_place(when), int(timestep)
        if self.timestep < 1:
            raise ModelError(f"timestep must be at least 1, not {timestep!r}")
        self._keeps = record is not False
        self.neurons = self._choose(record)
        self.recording = (StateRecording if self._keeps else StateStatistics)(len(self.neurons))

    def make_probe(self, population):
        """The probe and its buffer, for a population at a position in the network."""
        chosen = self.neurons + self.source.first
        buffer = StateBuffer(chosen, self.timestep, self.recording)
        return StateProbe(population, self.variable, self.when), buffer

    @property
    def clock(self):
        return self._clock

    def _choose(self, record):
        size = self.source.size
        if isinstance(record, (bool, np.bool_)):
            return np.arange(size)
        chosen = np.atleast_1d(np.asarray(record))
        if chosen.dtype.kind not in "iu" or np.any((chosen < 0) | (chosen >= size)):
            raise ModelError(
                f"record={record!r} names no neurons of {self.source.describe()}",
                hint=f"neurons are numbered 0 to {size - 1}; True records all",
            )
        return chosen.astype(np.int64)

    @property
    def times(self):
        self._require_values("times")
        return self.recording.times

    @property
    def values(self):
        self._require_values("values")
        return self.recording.values.T

    @property
    def mean(self):
        return self.values.mean(axis=1) if self._keeps else self.recording.mean

    @property
    def var(self):
        return self.values.var(axis=1) if self._keeps else self.recording.var

    @property
    def std(self):
        return np.sqrt(self.var)

    def __getitem__(self, neuron):
        """Values of one neuron over time, float64[n_times], SI units."""
        self._require_values("values")
        (column,) = np.nonzero(self.neurons == neuron)
        if not len(column):
            raise IndexError(f"{self.describe()} does not record neuron {neuron}")
        return self.recording.values[:, column[0]]

    def _require_values(self, what):
        if not self._keeps:
            raise ModelError(
                f"{self.describe()} keeps statistics only, so it has no {what}",
                hint="make it with record=True or with a list of neurons",
            )

    def __repr__(self):
        return f"<StateMonitor of {self.variable} of {self.source.describe()}>"
