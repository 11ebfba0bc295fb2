"""Source for modulation: each spike takes along a factor for the weights that it meets."""

from dataclasses import dataclass

from brian_nb.codegen.draws import first_stream
from brian_nb.codegen.population import PopulationSource
from brian_nb.codegen.spikes import write_own_spike_loop
from brian_nb.codegen.statements import StatementWriter
from brian_nb.codegen.synapses import SynapseSource
from brian_nb.model import Modulation


@dataclass(frozen=True)
class ModulationSource:
    """Writes the factors of the spikes of one step.

    Parameters
    ----------
    ring : int
        Position of the modulation whose ring holds the factors of these synapses.
    is_first : bool
        Whether no other modulation has written a factor of these synapses before.
    rule : Modulation
    synapses : SynapseSource
    values : PopulationSource
        What the factor is made from: the source of the synapses, or a `TraceSource`.
    """

    ring: int
    is_first: bool
    rule: Modulation
    synapses: SynapseSource
    values: PopulationSource

    def write(self, lines):
        """Write the factors of the neurons of this thread that fired in this step."""
        source, (first, size) = self.synapses.source, self.synapses.source_range
        factors = name_factors(self.synapses.tables, self.ring)
        place = f"{factors}[{source.name('slot')}*{size} + i]"
        lines.add(f"# factors of synapses {self.synapses.index}")
        with write_own_spike_loop(lines, source, first, size):
            if self.rule.code:
                self._write_traces(lines, place)
            else:
                lines.add(f"n = i + {first}")
                factor = self.values.read_at(lines, self.rule.factor.name, "n")
                lines.add(f"{place} {self._operator} {factor}")

    @property
    def _operator(self):
        return "=" if self.is_first else "*="

    def _write_traces(self, lines, place):
        """The factor from the traces as they are at the spike, then what the spike does to them."""
        values = self.values
        writer = StatementWriter(values.formulas, first_stream(self.rule))
        values.write_settle(lines, "i")
        factor = values.formulas.write(
            self.rule.factor, lambda item: f"{values.state(item.name)}[i]"
        )
        lines.add(f"{place} {self._operator} {factor}")
        for item in self.rule.code:
            state = f"{values.state(item.name)}[i]"
            writer.write(lines, item, state, lambda name: f"{values.state(name)}[i]", "i")


def name_factors(tables, ring):
    """Local name of the factors of the spikes on their way."""
    return tables.array(f"factors{ring}", "f64", "modulation", ring, "factors")
