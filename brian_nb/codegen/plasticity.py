"""Source for the rules at synapses: statements at spikes of the source and of the target."""

from dataclasses import dataclass

from brian_nb.codegen.events import split_runs
from brian_nb.codegen.formulas import Formulas
from brian_nb.codegen.meetings import Meetings
from brian_nb.codegen.population import PopulationSource
from brian_nb.codegen.spikes import write_own_spike_loop, write_spike_loop
from brian_nb.codegen.statements import StatementWriter
from brian_nb.codegen.synapse_statements import SynapseStatements
from brian_nb.codegen.synapses import name_weights, write_row
from brian_nb.codegen.tables import Tables
from brian_nb.codegen.traces import TraceSource
from brian_nb.model import Plasticity

STREAMS_PER_EVENT = 32
NEURON = {"pre": "i", "post": "j"}
"""Local names of a source neuron and of a target neuron."""


@dataclass(frozen=True)
class PlasticitySource:
    """Writes what spikes do to the synapses of one rule.

    A spike of the source goes through a row of the synapses, one of the target through a column.
    What runs once for a spike is done by the thread that owns the neuron, what runs for each
    synapse by the one that owns its target. So threads have to meet only for values of source
    neurons, and for values of synapses that are stepped or recorded.

    Parameters
    ----------
    index : int
        Position in the network.
    rule : Plasticity
    source, target : PopulationSource
        The populations whose spikes matter.
    traces : dict of str to TraceSource
        By side.
    tables : Tables
    stream : int
        Number of the first stream of random numbers for its draws.
    """

    index: int
    rule: Plasticity
    source: PopulationSource
    target: PopulationSource
    traces: dict[str, TraceSource]
    tables: Tables
    stream: int

    def write(self, lines, clock):
        """Write what happens in a step of a clock, at spikes of the source first."""
        meetings = Meetings(lines, self.tables)
        if self.source.clock is clock and self.rule.pre:
            lines.add(f"# rule {self.index}: spikes of population {self.source.index}")
            self._write_pre(lines, meetings)
        if self.target.clock is clock and self.rule.post:
            lines.add(f"# rule {self.index}: spikes of population {self.target.index}")
            self._write_post(lines, meetings)
        is_stepped = "pre" in self.traces and not self.traces["pre"].is_event_driven
        if "synapse" in self.traces or (meetings.is_read and is_stepped):
            meetings.meet()

    def write_check(self, lines):
        """Count the weights that are not finite."""
        weights, k = name_weights(self.tables, self.rule.synapses), self.rule.synapses
        rows = self.tables.array(f"rows{k}", "i64", "synapses", k, "rows")
        n = f"{rows}[{self._source_range[1]}]"
        share = f"{n}*thread//n_threads, {n}*(thread + 1)//n_threads"
        Meetings(lines, self.tables).meet()
        with lines.block(f"for k in index_range({share}):"):
            lines.add(f"n_bad += {weights}[k] - {weights}[k] != 0.0")

    # -- spikes of the source --------------------------------------------------------------

    def _write_pre(self, lines, meetings):
        delay = self._integer("pre_delay", "pre_delay_steps")
        where = (self.source, *self._source_range, delay)
        writer, is_settled = self._make_writer(0), False
        for run in self._split("pre"):
            if run.own:
                meetings.before_write()
                with write_own_spike_loop(lines, *where):
                    self._write_own(lines, writer, run, "pre", is_settled)
                is_settled = True
            else:
                if self._reads_sources(run):
                    meetings.before_read()
                with write_spike_loop(lines, *where):
                    self._write_row(lines, writer, run)

    def _write_row(self, lines, writer, run):
        statements = self._statements(run, "pre")
        statements.write_neuron(lines)
        write_row(lines, self.rule.synapses, self.target, self.tables)
        with lines.block("for k in index_range(begin, end):"):
            if statements.uses_other:
                k = self.rule.synapses
                targets = self.tables.array(f"targets{k}", "u32", "synapses", k, "targets")
                lines.add(f"j = {targets}[k] - {self._target_range[0]}")
            statements.write_synapse(lines, writer)

    # -- spikes of the target --------------------------------------------------------------

    def _write_post(self, lines, meetings):
        delay = self._integer("post_delay", "post_delay_steps")
        runs, writer, is_settled = self._split("post"), self._make_writer(1), False
        if any(self._reads_sources(run) for run in runs):
            meetings.before_read()
        where = (self.target, *self._target_range, delay)
        with write_own_spike_loop(lines, *where, index=NEURON["post"]):
            for run in runs:
                if run.own:
                    self._write_own(lines, writer, run, "post", is_settled)
                    is_settled = True
                else:
                    self._write_column(lines, writer, run)

    def _write_column(self, lines, writer, run):
        columns, places = self._array("columns", "i64"), self._array("places", "i64")
        statements = self._statements(run, "post")
        statements.write_neuron(lines)
        with lines.block(f"for m in index_range({columns}[j], {columns}[j + 1]):"):
            lines.add(f"k = {places}[m]")
            if statements.uses_other:
                lines.add(f"i = {self._array('sources', 'i32')}[m]")
            statements.write_synapse(lines, writer)

    # -- details ---------------------------------------------------------------------------

    def _write_own(self, lines, writer, run, side, is_settled):
        """Statements that run once for the neuron that fired."""
        traces, neuron = self.traces[side], NEURON[side]
        if not is_settled:
            traces.write_settle(lines, neuron)
        for item in run.items:
            place = f"{traces.state(item.name)}[{neuron}]"
            writer.write(lines, item, place, lambda name: f"{traces.state(name)}[{neuron}]", neuron)

    def _split(self, side):
        traces = self.traces.get(side)
        own = traces.population.system.variables if traces else ()
        return split_runs(getattr(self.rule, side), own)

    def _statements(self, run, side):
        weights = name_weights(self.tables, self.rule.synapses)
        return SynapseStatements(run, side, NEURON, self.traces, weights)

    def _reads_sources(self, run):
        traces = self.traces.get("pre")
        return bool(traces and not run.own and run.used & set(traces.population.system.variables))

    def _make_writer(self, event):
        constants = frozenset(self.rule.constants)
        formulas = Formulas(self.tables, "plasticity", self.index, constants)
        return StatementWriter(formulas, self.stream + event * STREAMS_PER_EVENT)

    @property
    def _source_range(self):
        k = self.rule.synapses
        return (
            self.tables.integer(f"source_first{k}", "synapses", k, "source_first"),
            self.tables.integer(f"source_size{k}", "synapses", k, "source_size"),
        )

    @property
    def _target_range(self):
        return self._integer("target_first", "target_first"), self._integer(
            "target_size", "target_size"
        )

    def _integer(self, stem, role):
        return self.tables.integer(f"{stem}{self.index}", "plasticity", self.index, role)

    def _array(self, role, code):
        return self.tables.array(f"{role}{self.index}", code, "plasticity", self.index, role)
