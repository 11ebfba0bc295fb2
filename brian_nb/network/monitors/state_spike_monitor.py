"""Monitors of spikes and of the state that fired them."""

import numpy as np

from brian_nb.engine import SpikeStateBuffer
from brian_nb.errors import UnknownNameError
from brian_nb.model import SpikeStateProbe
from brian_nb.network.monitors.spike_monitor import SpikeMonitor
from brian_nb.network.present_values import list_refreshing
from brian_nb.recordings import SpikeStateRecording


class StateSpikeMonitor(SpikeMonitor):
    """Records the spikes of a group with values of variables at these spikes.

    The values are those that crossed the threshold: spikes that arrive in the same step and the
    reset come later.

    Parameters
    ----------
    source : NeuronGroup or Subgroup
    var : str, int, or tuple of them
        State variables, parameters or static equations, by their names or numbers.

    Attributes
    ----------
    nspikes : int
    spikes : list of tuple
        Neuron, time in seconds and the values in SI units, in the order of time.

    Raises
    ------
    UnknownNameError
        There is no such variable.
    ModelError
        The group never fires.
    """

    def __init__(self, source, var):
        self._asked = tuple(var) if isinstance(var, (tuple, list)) else (var,)
        super().__init__(source)

    def _make_recording(self, record):
        self.variables = tuple(map(self._find_variable, self._asked))
        return SpikeStateRecording(len(self.variables))

    def list_calls(self):
        asked = () if self._is_custom else self.variables
        refreshing = list_refreshing(self.source, asked, SpikeStateProbe.when, self.clock)
        return [*refreshing, *super().list_calls()]

    def make_probe(self, population):
        if self._is_custom:
            return super().make_probe(population)
        where = self.source.first, self.source.size
        buffer = SpikeStateBuffer(*where, len(self.variables), self.recording)
        return SpikeStateProbe(population, self.variables), buffer

    def _record(self, neurons, steps, timebase):
        columns = [getattr(self.source, name)[neurons] for name in self.variables]
        self.recording.add_spikes(neurons, steps, timebase, np.column_stack(columns))

    @property
    def spikes(self):
        neurons, times, values = self.recording.read_all()
        return list(zip(neurons.tolist(), times.tolist(), *values.T.tolist(), strict=True))

    def times(self, i=None):
        """Spike times of all neurons, or of one, float64[n_spikes], second."""
        return self.recording.times if i is None else self[i]

    def values(self, var, i=None):
        """Values of a variable at the spikes of all neurons, or of one.

        Parameters
        ----------
        var : str or int
            One of those that are recorded.
        i : int, optional

        Returns
        -------
        float64[n_spikes], SI units

        Raises
        ------
        UnknownNameError
            The variable is not recorded.
        """
        column = self._find_column(var)
        neurons, _, values = self.recording.read_all()
        chosen = slice(None) if i is None else neurons == self._find_neuron(i)
        return values[chosen, column]

    def _find_column(self, var):
        name = self._find_variable(var)
        if name not in self.variables:
            raise UnknownNameError(
                f"{self.describe()} does not record {var!r}",
                hint=f"it records {', '.join(self.variables)}",
            )
        return self.variables.index(name)
