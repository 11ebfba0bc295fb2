"""What the source of all probes has in common: local names, and the spikes of their neurons."""

from contextlib import contextmanager
from dataclasses import dataclass

from brian_nb.codegen.population import PopulationSource
from brian_nb.codegen.spikes import write_spike_loop
from brian_nb.codegen.tables import Tables


@dataclass(frozen=True)
class ProbeSource:
    """Names of one probe.

    Parameters
    ----------
    index : int
        Position in the network.
    probe : SpikeProbe, StateProbe or another of `model.probes`
    population : PopulationSource
        What it looks at; not needed for names.
    tables : Tables
    """

    index: int
    probe: object
    population: PopulationSource | None
    tables: Tables

    def array(self, code, role):
        """Local name of an array of the buffer or accumulator."""
        return self.tables.array(self._name(role), code, "probe", self.index, role)

    def integer(self, role, saved=False):
        """Local name of an integer of the buffer or accumulator."""
        return self.tables.integer(self._name(role), "probe", self.index, role, saved)

    def _name(self, role):
        return f"p{self.index}_{role}"

    @property
    def count(self):
        """Local name of how many records wait in the buffer."""
        return self.integer("count", saved=True)

    @property
    def first(self):
        """Local name of the first neuron of the range, as a number within its population."""
        return self.integer("first")

    @property
    def size(self):
        """Local name of the number of neurons of the range."""
        return self.integer("size")

    def write_spike_loop(self, lines, delayed=False):
        """Open a loop over the spikes of the range, `i` counting from its first neuron."""
        delay = self.integer("delay_steps") if delayed else None
        return write_spike_loop(lines, self.population, self.first, self.size, delay)

    @contextmanager
    def write_own(self, lines, neuron):
        """Open a block for neurons that this thread works on."""
        low, high = self.population.name("low"), self.population.name("high")
        with lines.block(f"if {neuron} >= {low} and {neuron} < {high}:"):
            yield
