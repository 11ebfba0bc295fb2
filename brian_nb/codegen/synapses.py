"""Source for one set of synapses: spikes add their weights to a variable of the target."""

from contextlib import contextmanager
from dataclasses import dataclass

from brian_nb.codegen.look_ahead import LookAhead
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
    factors : str or None
        Local name of the factors that spikes take along, if they do.
    """

    index: int
    synapses: Synapses
    source: PopulationSource
    target: PopulationSource
    tables: Tables
    factors: str | None = None

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
            f"{self.name('w')} = {self._scale}[0]",
        )
        if self.synapses.dense:
            self._write_dense(lines)
        else:
            self._write_rows(lines)

    def write_count(self, lines):
        """Count the spikes of the source population that arrive in this step, as `n_found`."""
        write_spike_count(lines, self.source, self.delay)

    @property
    def source_range(self):
        """Local names of the first source neuron within its population, and of their number."""
        first = self.integer("source_first", "source_first")
        return first, self.integer("source_size", "source_size")

    @property
    def target_range(self):
        """Local names of the first target neuron within its population, and of their number."""
        first = self.integer("target_first", "target_first")
        return first, self.integer("target_size", "target_size")

    @property
    def targets(self):
        """Local name of the array of targets."""
        return self.array("targets", "u32", "targets")

    @property
    def weights(self):
        """Local name of the array of weights."""
        code = "f32" if self.synapses.single else "f64"
        return self.array("weights", code, "weight_table")

    @contextmanager
    def spike_loop(self, lines):
        """Open a loop over the spikes that are delivered in this step."""
        where = self.source, *self.source_range, self.delay
        with write_spike_loop(lines, *where, look_ahead=self.look_ahead):
            if self.factors:
                slot = self.source.name("slot") if self.delay is None else "past"
                factor = f"{self.factors}[{slot}*{self.source_range[1]} + i]"
                lines.add(f"{self.name('w')} = {self._scale}[0]*{factor}")
            yield

    @property
    def rows(self):
        """Local name of the array of row pointers."""
        return self.array("rows", "i64", "rows")

    @property
    def look_ahead(self):
        """What is fetched ahead of its use; nothing where rows follow from numbers alone."""
        if self.synapses.dense:
            return None
        return LookAhead(self.rows, self._fetched)

    @property
    def _fetched(self):
        differ = None
        if self.synapses.homogeneous:
            differ = f"{self.integer('differ', 'differ')} == 1"
        n_bytes = 4 if self.synapses.single else 8
        return (self.targets, 4, None), (self.weights, n_bytes, differ)

    def write_row(self, lines):
        """Set `begin` and `end` to the synapses of neuron `i` onto the targets of this thread."""
        rows = self.rows
        lines.add(f"begin = {rows}[i]", f"end = {rows}[i + 1]")
        with lines.block("if n_threads > 1:"):
            write_search(lines, self.targets, "begin", self.target.name("low"))
            write_search(lines, self.targets, "end", self.target.name("high"))

    def write_amounts(self, lines, write):
        """Write what is done with what synapses add, twice where they may share one weight.

        `write` takes the source text of what synapse `k` adds.
        """
        shared = self.name("w")
        own = f"{shared}*{self.weights}[k]"
        if not self.synapses.homogeneous:
            write(own)
            return
        with lines.block(f"if {self.integer('differ', 'differ')} == 0:"):
            write(shared)
        with lines.block("else:"):
            write(own)

    def _write_rows(self, lines):
        def write(amount):
            with lines.block("for k in range(begin, end):"):
                lines.add(f"{self.state}[{self.targets}[k]] += {amount}")

        with self.spike_loop(lines):
            self.write_row(lines)
            self.write_amounts(lines, write)

    def _write_dense(self, lines):
        """Rows without gaps: no list of targets is read, and the loop becomes vector code."""
        first, size = self.write_targets(lines)
        with self.spike_loop(lines):
            lines.add(f"row = i*{size} - {first}")
            with lines.block("for j in range(begin, end):"):
                lines.add(f"{self.state}[j] += {self.name('w')}*{self.weights}[row + j]")

    def write_targets(self, lines):
        """Set `begin` and `end` to the targets of this thread, and give their range as a whole."""
        first, size = self.target_range
        low, high = self.target.name("low"), self.target.name("high")
        lines.add(
            f"begin = {low} if {low} > {first} else {first}",
            f"end = {high} if {high} < {first} + {size} else {first} + {size}",
        )
        return first, size

    @property
    def _scale(self):
        return self.array("scale", "f64", "scale")


def write_search(lines, array, edge, value):
    """Set an edge of ``begin .. end`` to the first place whose element is not below a value.

    Parameters
    ----------
    lines : Lines
    array : str
        Ascending in this range.
    edge : str
        "begin" or "end".
    value : str
    """
    lines.add("left = begin", "right = end")
    with lines.block("while left < right:"):
        lines.add("middle = (left + right)//2")
        with lines.block(f"if {array}[middle] < {value}:"):
            lines.add("left = middle + 1")
        with lines.block("else:"):
            lines.add("right = middle")
    lines.add(f"{edge} = left")
