"""Source for one set of synapses: spikes add their weights to a variable of the target."""

from dataclasses import dataclass

from brian_nb.codegen.population import PopulationSource
from brian_nb.codegen.spikes import write_spike_count, write_spike_loop
from brian_nb.codegen.tables import Tables
from brian_nb.model import Synapses


@dataclass(frozen=True)
class SynapseSource:
    """Writes the code of one set of synapses.

    Parameters
    ----------
    index : int
        Position in the network.
    synapses : Synapses
    source, target : PopulationSource
    tables : Tables
    """

    index: int
    synapses: Synapses
    source: PopulationSource
    target: PopulationSource
    tables: Tables

    def name(self, stem):
        """Local name of something of these synapses."""
        return f"{stem}{self.index}"

    def integer(self, stem, role):
        return self.tables.integer(self.name(stem), "synapses", self.index, role)

    def array(self, stem, code, role):
        return self.tables.array(self.name(stem), code, "synapses", self.index, role)

    @property
    def delay(self):
        """Local name of the steps that all spikes take; None where synapses have their own."""
        return None if self.synapses.delayed else self.integer("delay", "delay_steps")

    @property
    def state(self):
        """Local name of the array that spikes add to."""
        return self.target.state(self.synapses.variable)

    def write_propagation(self, lines):
        """Write the delivery of the spikes that arrive in this step."""
        lines.add(
            f"# synapses {self.index}: population {self.source.index} -> {self.target.index}",
            f"{self.name('w')} = {self.array('scale', 'f64', 'scale')}[0]",
        )
        if self.synapses.dense:
            self._write_dense(lines)
        else:
            self._write_rows(lines)

    def write_count(self, lines):
        """Count the spikes of the source population that arrive in this step, as `n_found`."""
        write_spike_count(lines, self.source, self.delay)

    def spike_loop(self, lines):
        """Open a loop over the spikes that are delivered in this step."""
        first = self.integer("source_first", "source_first")
        size = self.integer("source_size", "source_size")
        return write_spike_loop(lines, self.source, first, size, self.delay)

    def write_row(self, lines):
        """Set `begin` and `end` to the synapses of neuron `i` onto the targets of this thread."""
        rows = self.array("rows", "i64", "rows")
        targets = self.array("targets", "u32", "targets")
        lines.add(f"begin = {rows}[i]", f"end = {rows}[i + 1]")
        with lines.block("if n_threads > 1:"):
            _write_search(lines, targets, "begin", self.target.name("low"))
            _write_search(lines, targets, "end", self.target.name("high"))

    def write_amounts(self, lines, write):
        """Write what is done with what synapses add, twice where they may share one weight.

        `write` takes the source text of what synapse `k` adds.
        """
        shared = self.name("w")
        own = f"{shared}*{self.array('weights', 'f64', 'weight_table')}[k]"
        if not self.synapses.homogeneous:
            write(own)
            return
        with lines.block(f"if {self.integer('differ', 'differ')} == 0:"):
            write(shared)
        with lines.block("else:"):
            write(own)

    def _write_rows(self, lines):
        targets = self.array("targets", "u32", "targets")

        def write(amount):
            with lines.block("for k in index_range(begin, end):"):
                lines.add(f"{self.state}[{targets}[k]] += {amount}")

        with self.spike_loop(lines):
            self.write_row(lines)
            self.write_amounts(lines, write)

    def _write_dense(self, lines):
        """Rows without gaps: no list of targets is read, and the loop becomes vector code."""
        weights = self.array("weights", "f64", "weight_table")
        first, size = self.write_targets(lines)
        with self.spike_loop(lines):
            lines.add(f"row = i*{size} - {first}")
            with lines.block("for j in index_range(begin, end):"):
                lines.add(f"{self.state}[j] += {self.name('w')}*{weights}[row + j]")

    def write_targets(self, lines):
        """Set `begin` and `end` to the targets of this thread, and give their range as a whole."""
        first = self.integer("target_first", "target_first")
        size = self.integer("target_size", "target_size")
        low, high = self.target.name("low"), self.target.name("high")
        lines.add(
            f"begin = {low} if {low} > {first} else {first}",
            f"end = {high} if {high} < {first} + {size} else {first} + {size}",
        )
        return first, size


def _write_search(lines, targets, edge, neuron):
    """Narrow a row to the targets of this thread: binary search for the first one of them."""
    lines.add("left = begin", "right = end")
    with lines.block("while left < right:"):
        lines.add("middle = (left + right)//2")
        with lines.block(f"if {targets}[middle] < {neuron}:"):
            lines.add("left = middle + 1")
        with lines.block("else:"):
            lines.add("right = middle")
    lines.add(f"{edge} = left")
