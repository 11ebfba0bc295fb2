"""Source for the rules at synapses: statements at spikes of the source and of the target."""

from dataclasses import dataclass

from brian_nb.codegen.draws import first_stream
from brian_nb.codegen.events import split_runs
from brian_nb.codegen.externals import ExternalSource
from brian_nb.codegen.formulas import Formulas
from brian_nb.codegen.meetings import Meetings
from brian_nb.codegen.spikes import write_own_spike_loop, write_spike_loop
from brian_nb.codegen.statements import StatementWriter
from brian_nb.codegen.synapse_statements import SynapseStatements
from brian_nb.codegen.synapses import SynapseSource, write_search
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
    synapses : SynapseSource
    traces : dict of str to TraceSource
        By side.
    """

    index: int
    rule: Plasticity
    synapses: SynapseSource
    traces: dict[str, TraceSource]

    def write(self, lines, clock):
        """Write what happens in a step of a clock, at spikes of the target first."""
        meetings = Meetings(lines, self.synapses.tables)
        source, target = self.synapses.source, self.synapses.target
        if target.clock is clock and self.rule.post:
            lines.add(f"# rule {self.index}: spikes of population {target.index}")
            self._write_post(lines, meetings)
        if source.clock is clock and self.rule.pre:
            lines.add(f"# rule {self.index}: spikes of population {source.index}")
            self._write_pre(lines, meetings)
        is_stepped = "pre" in self.traces and not self.traces["pre"].is_event_driven
        if "synapse" in self.traces or (meetings.is_read and is_stepped):
            meetings.meet()

    def write_check(self, lines):
        """Count the weights that are not finite."""
        rows, weights = self.synapses.rows, self.synapses.weights
        n = f"{rows}[{self.synapses.source_range[1]}]"
        share = f"{n}*thread//n_threads, {n}*(thread + 1)//n_threads"
        Meetings(lines, self.synapses.tables).meet()
        with lines.block(f"for k in range({share}):"):
            lines.add(f"n_bad += {weights}[k] - {weights}[k] != 0.0")

    # -- spikes of the source --------------------------------------------------------------

    def _write_pre(self, lines, meetings):
        where = self.synapses.source, *self.synapses.source_range
        writer, is_settled = self._make_writer(0), False
        for run in self._split("pre"):
            if run.own:
                meetings.before_write()
                with write_own_spike_loop(lines, *where, self._pre_delay):
                    self._write_own(lines, writer, run, "pre", is_settled)
                is_settled = True
                continue
            if self._reads_sources(run):
                meetings.before_read()
            if self.rule.scattered:
                self._write_scattered(lines, writer, run)
                continue
            with write_spike_loop(lines, *where, self._pre_delay):
                self._write_row(lines, writer, run)

    def _write_row(self, lines, writer, run):
        statements = self._statements(run, "pre")
        statements.write_neuron(lines)
        self.synapses.write_row(lines)
        with lines.block("for k in range(begin, end):"):
            self._write_target(lines, statements)
            statements.write_synapse(lines, writer)

    def _write_scattered(self, lines, writer, run):
        """Go back by each delay that there is, to the spikes that arrive through it now."""
        lags, places = self._array("lags", "i64"), self._array("lag_places", "u32")
        statements, target = self._statements(run, "pre"), self.synapses.target
        where = self.synapses.source, *self.synapses.source_range
        with lines.block(f"for m in range({self._integer('n_lags')}):"):
            lines.add(f"lag = {lags}[m]")
            with write_spike_loop(lines, *where, "lag"):
                self._write_lag(lines)
                with lines.block("if begin < end:"):
                    statements.write_neuron(lines)
                    with lines.block("for e in range(begin, end):"):
                        lines.add(f"k = {places}[e]", f"n = {self.synapses.targets}[k]")
                        own = f"n >= {target.name('low')} and n < {target.name('high')}"
                        with lines.block(f"if {own}:"):
                            self._write_target(lines, statements)
                            statements.write_synapse(lines, writer)

    def _write_lag(self, lines):
        """Set `begin` and `end` to the synapses of source neuron `i` whose delay is `lag`."""
        rows, keys = self.synapses.rows, self._array("lag_keys", "u32")
        lines.add(f"begin = {rows}[i]", f"end = {rows}[i + 1]")
        write_search(lines, keys, "begin", "lag")
        write_search(lines, keys, "end", "lag + 1")

    def _write_target(self, lines, statements):
        if statements.uses_other:
            lines.add(f"j = {self.synapses.targets}[k] - {self.synapses.target_range[0]}")

    @property
    def _pre_delay(self):
        return self._integer("pre_delay_steps")

    # -- spikes of the target --------------------------------------------------------------

    def _write_post(self, lines, meetings):
        delay = self._integer("post_delay_steps")
        runs, writer, is_settled = self._split("post"), self._make_writer(1), False
        if any(self._reads_sources(run) for run in runs):
            meetings.before_read()
        where = self.synapses.target, *self.synapses.target_range, delay
        with write_own_spike_loop(lines, *where, index=NEURON["post"]):
            for run in runs:
                if run.own:
                    self._write_own(lines, writer, run, "post", is_settled)
                    is_settled = True
                else:
                    self._write_column(lines, writer, run)

    def _write_column(self, lines, writer, run):
        columns, places = self._column_array("starts", "i64"), self._column_array("places", "u32")
        statements = self._statements(run, "post")
        statements.write_neuron(lines)
        with lines.block(f"for m in range({columns}[j], {columns}[j + 1]):"):
            lines.add(f"k = {places}[m]")
            if statements.uses_other:
                lines.add(f"i = {self._column_array('sources', 'u32')}[m]")
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
        return SynapseStatements(run, side, NEURON, self.traces, self.synapses.weights)

    def _reads_sources(self, run):
        traces = self.traces.get("pre")
        return bool(traces and not run.own and run.used & set(traces.population.system.variables))

    def _make_writer(self, event):
        constants = frozenset(self.rule.constants)
        tables, places = self.synapses.tables, dict(self.rule.tables)
        formulas = Formulas(tables, "plasticity", self.index, constants)
        externals = ExternalSource(tables, formulas, f"rule{self.index}", places)
        stream = first_stream(self.rule) + event * STREAMS_PER_EVENT
        return StatementWriter(formulas, stream, externals)

    def _integer(self, role):
        name = f"rule_{role}{self.index}"
        return self.synapses.tables.integer(name, "plasticity", self.index, role)

    def _column_array(self, what, code):
        role = f"column_{what}"
        return self.synapses.array(role, code, role)

    def _array(self, role, code):
        name = f"rule_{role}{self.index}"
        return self.synapses.tables.array(name, code, "plasticity", self.index, role)
