"""Monitors of every spike."""

import numpy as np

from brian_nb.engine import SpikeBuffer, TotalAccumulator
from brian_nb.errors import ModelError
from brian_nb.model import SpikeProbe, TotalProbe
from brian_nb.network.monitors.monitor import Monitor, read_delay
from brian_nb.network.python_functions import describe_function
from brian_nb.recordings import Arrivals, SpikeRecording
from brian_nb.units import ALL_UNITS


class SpikeMonitor(Monitor):
    """Records the spikes of a group.

    Spikes are written down by the compiled time loop. With a function, or in a class that defines
    `propagate` anew, the loop is left for Python in every step instead, which costs some
    microseconds each time.

    Parameters
    ----------
    source : NeuronGroup or Subgroup
    record : bool
        False keeps only the number of spikes.
    delay : Quantity, second
        Spikes are recorded so much later, at the time at which they arrive then.
    function : callable, optional
        ``function(spikes)`` is called in every step, after the connections and before the resets,
        with the neurons that fired, int32[n_spikes]; it takes the place of recording.

    Attributes
    ----------
    nspikes : int
        Number of spikes so far.
    spikes : list of (int, float)
        Pairs of neuron and time in seconds, in the order of time.
    spiketimes : dict of int to float64[...]
        Spike times of each neuron, in seconds.
    python_parts : list of str
        What of it runs in Python at every step.

    Raises
    ------
    ModelError
        The group never fires, or the function cannot be called.
    DimensionMismatchError
        The delay is no time.

    Examples
    --------
    >>> class Printer(SpikeMonitor):
    ...     def propagate(self, spikes):
    ...         print(self.clock.t, spikes)
    """

    def __init__(self, source, record=True, delay=0, function=None):
        super().__init__(source)
        self._require_spikes()
        self._delay = read_delay(delay, f"the delay of {self.describe()}")
        if function is not None:
            if not callable(function):
                raise ModelError(f"a monitor calls a function, and {function!r} is none")
            self.propagate = function
        self.recording = self._make_recording(bool(record) and function is None)
        self._arrivals = Arrivals() if self._is_custom else None

    def _make_recording(self, record):
        return SpikeRecording(keep=record)

    @property
    def delay(self):
        """How much later than fired spikes are recorded, second."""
        return self._delay * ALL_UNITS["second"]

    # -- in the time loop ------------------------------------------------------------------

    def make_probe(self, population):
        """The probe and its buffer, for a population at a position in the network."""
        where = self.source.first, self.source.size
        sink = self.recording if self._arrivals is None else self._arrivals
        if self._needs_spikes:
            return SpikeProbe(population), SpikeBuffer(*where, sink, self._delay)
        return TotalProbe(population), TotalAccumulator(*where, sink, self._delay)

    def list_calls(self):
        calls = [("after_connections", self.clock, self._pass_on)] if self._is_custom else []
        return calls + super().list_calls()

    def propagate(self, spikes):
        """Record spikes of the present step; classes may define it anew.

        Parameters
        ----------
        spikes : int[n_spikes]
            Neurons that fired, ascending; called in every step, even if there are none.
        """
        neurons = np.asarray(spikes, np.int32)
        timebase = self.clock.timebase
        self._record(neurons, np.full(len(neurons), timebase.step), timebase)

    def _record(self, neurons, steps, timebase):
        self.recording.add_spikes(neurons, steps, timebase)

    @property
    def python_parts(self):
        if not self._is_custom:
            return []
        if getattr(self.propagate, "__self__", None) is self:
            return ["the method propagate()"]
        name = describe_function(self.propagate)
        return [name if name == "a lambda" else f"the function {name}"]

    @property
    def _is_custom(self):
        """Whether Python code takes the spikes."""
        return getattr(self.propagate, "__func__", None) is not SpikeMonitor.propagate

    @property
    def _needs_spikes(self):
        return self.recording.keep or self._is_custom

    def _pass_on(self):
        self.propagate(self._arrivals.take())

    # -- what was recorded -----------------------------------------------------------------

    @property
    def nspikes(self):
        return self.recording.count

    @nspikes.setter
    def nspikes(self, nspikes):
        self.recording.total = int(nspikes)

    @property
    def spikes(self):
        neurons, times = self.recording.read()
        return list(zip(neurons.tolist(), times.tolist(), strict=True))

    @property
    def spiketimes(self):
        return self.getspiketimes()

    def getspiketimes(self):
        """Spike times of each neuron: a dictionary of int to float64[...], second."""
        neurons, times = self.recording.read()
        order = np.argsort(neurons, kind="stable")
        bounds = np.searchsorted(neurons[order], np.arange(1, self.source.size))
        trains = np.split(times[order], bounds)
        return dict(enumerate(trains))

    def __getitem__(self, neuron):
        """Spike times of one neuron, float64[...], second."""
        neuron = self._find_neuron(neuron)
        neurons, times = self.recording.read()
        return times[neurons == neuron]

    def clear_recordings(self):
        super().clear_recordings()
        if self._arrivals is not None:
            self._arrivals.clear()

    def __repr__(self):
        does = "".join(f", {part} in Python" for part in self.python_parts)
        return f"<{type(self).__name__} of {self.source.describe()}: {self.nspikes} spikes{does}>"
