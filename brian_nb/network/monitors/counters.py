"""Monitors that count spikes without keeping them."""

from brian_nb.engine import CountAccumulator, TotalAccumulator
from brian_nb.model import CountProbe, TotalProbe
from brian_nb.network.monitors.monitor import Monitor, read_delay
from brian_nb.recordings import SpikeCounts, SpikeRecording


class SpikeCounter(Monitor):
    """Counts the spikes of each neuron of a group.

    Parameters
    ----------
    source : NeuronGroup or Subgroup

    Attributes
    ----------
    count : int64[len(source)]
        Number of spikes of each neuron.
    nspikes : int
        Number of spikes of all neurons.

    Raises
    ------
    ModelError
        The group never fires.
    """

    def __init__(self, source):
        super().__init__(source)
        self._require_spikes()
        self.recording = SpikeCounts(source.size)

    def make_probe(self, population):
        """The probe and its accumulator, for a population at a position in the network."""
        counts = CountAccumulator(self.source.first, self.source.size, self.recording)
        return CountProbe(population), counts

    @property
    def count(self):
        return self.recording.n_spikes.copy()

    @property
    def nspikes(self):
        return int(self.recording.n_spikes.sum())

    def __getitem__(self, neuron):
        """Number of spikes of one neuron."""
        return int(self.recording.n_spikes[self._find_neuron(neuron)])

    def __repr__(self):
        return f"<SpikeCounter of {self.source.describe()}: {self.nspikes} spikes>"


class PopulationSpikeCounter(Monitor):
    """Counts the spikes of a group.

    Parameters
    ----------
    source : NeuronGroup or Subgroup
    delay : Quantity, second
        Spikes are counted so much later.

    Attributes
    ----------
    nspikes : int
        Number of spikes of all neurons.

    Raises
    ------
    ModelError
        The group never fires.
    DimensionMismatchError
        The delay is no time.
    """

    def __init__(self, source, delay=0):
        super().__init__(source)
        self._require_spikes()
        self._delay = read_delay(delay, f"the delay of {self.describe()}")
        self.recording = SpikeRecording(keep=False)

    def make_probe(self, population):
        """The probe and its accumulator, for a population at a position in the network."""
        where = self.source.first, self.source.size
        return TotalProbe(population), TotalAccumulator(*where, self.recording, self._delay)

    @property
    def nspikes(self):
        return self.recording.count

    def __repr__(self):
        return f"<PopulationSpikeCounter of {self.source.describe()}: {self.nspikes} spikes>"
