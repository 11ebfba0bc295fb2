"""Source for the statements of a rule that run for each synapse."""

from dataclasses import dataclass
from functools import cached_property

from brian_nb.codegen.events import Run
from brian_nb.equations.expressions import Name
from brian_nb.model import LOWER_BOUND, UPPER_BOUND, WEIGHT

_OTHER = {"pre": "post", "post": "pre"}


@dataclass(frozen=True)
class SynapseStatements:
    """Writes one run of statements at a synapse `k` between the neurons `i` and `j`.

    Values are read into locals, computed with, and written back.

    Parameters
    ----------
    run : Run
    side : str
        Whose spike it is, "pre" or "post".
    neuron : dict of str to str
        Local names of the two neurons, by side.
    traces : dict of str to TraceSource
        By side.
    weights : str
        Local name of the array of weights.
    """

    run: Run
    side: str
    neuron: dict
    traces: dict
    weights: str

    @property
    def uses_other(self):
        """Whether values of the neuron at the other end are read."""
        return bool(self._used_at(_OTHER[self.side]))

    def write_neuron(self, lines):
        """Read the values of the neuron that fired, before the loop over its synapses."""
        self._write_reading(lines, self.side, self._used_at(self.side))

    def write_synapse(self, lines, writer):
        """Write the statements, within the loop over the synapses.

        Parameters
        ----------
        lines : Lines
        writer : StatementWriter
        """
        run, other = self.run, _OTHER[self.side]
        if WEIGHT in run.used:
            lines.add(f"{_local(WEIGHT)} = {self.weights}[k]")
        self._write_reading(lines, other, self._used_at(other))
        self._write_reading(lines, "synapse", self._loaded)
        for item in run.items:
            writer.write(lines, item, _local(item.name), _local, "k")
        if run.clips:
            _write_clip(lines, writer.formulas)
        if WEIGHT in run.assigned:
            lines.add(f"{self.weights}[k] = {_local(WEIGHT)}")
        self._write_back(lines)

    def _used_at(self, side):
        return [name for name in self._variables(side) if name in self.run.used]

    def _variables(self, side):
        return self.traces[side].population.system.variables if side in self.traces else ()

    @cached_property
    def _changes_synapse(self):
        return any(name in self.run.assigned for name in self._variables("synapse"))

    @cached_property
    def _loaded(self):
        """Variables of the synapse to read; all that flow, if they are to be brought up to date."""
        used = self._used_at("synapse")
        if not self._changes_synapse:
            return used
        return list(dict.fromkeys([*used, *self.traces["synapse"].flowing]))

    def _write_reading(self, lines, side, names):
        index = self.neuron.get(side, "k")
        lines.add(*(f"{_local(name)} = {self.traces[side].value(name, index)}" for name in names))

    def _write_back(self, lines):
        if not self._changes_synapse:
            return
        traces = self.traces["synapse"]
        changed = {*self.run.assigned, *traces.flowing}
        for name in self._loaded:
            if name in changed:
                lines.add(f"{traces.state(name)}[k] = {_local(name)}")
        traces.write_stamp(lines, "k")


def _local(name):
    return f"e_{name}"


def _write_clip(lines, formulas):
    """Bring the weight between its bounds; what is no number stays so, and is noticed."""
    low, high = (formulas.write(Name(name), None) for name in (LOWER_BOUND, UPPER_BOUND))
    weight = _local(WEIGHT)
    lines.add(f"{weight} = {low} if {weight} < {low} else {weight}")
    lines.add(f"{weight} = {high} if {weight} > {high} else {weight}")
