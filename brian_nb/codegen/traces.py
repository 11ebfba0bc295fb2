"""Source for the variables of rules at synapses: stepped, or brought up to date at events."""

from dataclasses import dataclass
from functools import cached_property

from brian_nb.codegen.population import PopulationSource
from brian_nb.numerics import ELAPSED


@dataclass(frozen=True)
class TraceSource(PopulationSource):
    """Writes the code of a population that holds variables of a rule.

    Parameters
    ----------
    master : int or None
        Position of the population to whose neurons the values belong: a thread works on those
        whose neurons are its own. None for values of synapses.
    first : str
        Local name of the first of these neurons within their population.
    """

    master: int | None = None
    first: str = ""

    def write_ranges(self, lines):
        if self.master is None:
            super().write_ranges(lines)
        else:
            self._write_followed_ranges(lines)
        if self._flows:
            lines.add(f"{self._now} = {self._known_to}[0]")

    def write_update(self, lines):
        super().write_update(lines)
        if self._flows:
            lines.add(f"{self._now} = t")

    def write_check(self, lines, variables):
        if self._flows:
            with lines.block("if thread == 0:"):
                lines.add(f"{self._known_to}[0] = {self._now}")
        super().write_check(lines, variables)

    def value(self, variable, index, until="t"):
        """Source text of a variable at a time.

        Parameters
        ----------
        variable, index : str
        until : str
            Source text of the time; that of the step if omitted.
        """
        array = f"{self.state(variable)}[{index}]"
        if variable not in self._flows:
            return array
        elapsed = f"({until} - {self._last}[{index}])"
        known = {ELAPSED.name: elapsed, variable: array}
        return self.formulas.write(self._flows[variable], self.reader(index, known))

    def write_settle(self, lines, index):
        """Bring all variables of one element up to the time of the step."""
        for variable in self._flows:
            lines.add(f"{self.state(variable)}[{index}] = {self.value(variable, index)}")
        self.write_stamp(lines, index)

    def write_stamp(self, lines, index):
        """Note that all variables of one element are up to date."""
        if self._flows:
            lines.add(f"{self._last}[{index}] = t")

    @property
    def fills_lanes(self):
        """Never: behind its last value may be those of another thread."""
        return False

    @property
    def is_event_driven(self):
        return self.population.event_driven

    @property
    def flowing(self):
        """Variables that change between events, without being stepped."""
        return tuple(self._flows)

    # -- details ---------------------------------------------------------------------------

    @cached_property
    def _flows(self):
        return dict(self.update.flows)

    @property
    def _now(self):
        return self.name("now")

    @property
    def _last(self):
        return self.array("last", "f64", "last")

    @property
    def _known_to(self):
        return self.array("known_to", "f64", "known_to")

    def _write_followed_ranges(self, lines):
        n = self.integer("n", "size")
        for edge in ("low", "high"):
            own = self.name(edge)
            lines.add(f"{own} = {edge}{self.master} - {self.first}")
            lines.add(f"{own} = 0 if {own} < 0 else {own}")
            lines.add(f"{own} = {n} if {own} > {n} else {own}")

    def at(self, variable, index):
        until = f"({self._now} if {self._now} > {self._last}[{index}] else {self._last}[{index}])"
        return self.value(variable, index, until)
