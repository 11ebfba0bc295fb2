"""Source for one step of a clock: all that its objects do, in the order of the schedule."""

from dataclasses import dataclass

from brian_nb.codegen.meetings import write_barrier
from brian_nb.codegen.population import PopulationSource
from brian_nb.codegen.probes import write_capacity_check, write_probe
from brian_nb.codegen.rules import RuleSources
from brian_nb.codegen.schedules import write_schedule_check
from brian_nb.codegen.setters import SetterSource, write_forecast_check
from brian_nb.codegen.synapses import write_propagation
from brian_nb.codegen.tables import Tables
from brian_nb.model import NetworkModel, places_of


@dataclass(frozen=True)
class StepSource:
    """Writes the steps of a network.

    A step may be left for Python code: `stage` says then at which call, and the next segment goes
    on from there.

    Parameters
    ----------
    model : NetworkModel
    sources : list of PopulationSource
    tables : Tables
    rules : RuleSources
    """

    model: NetworkModel
    sources: list[PopulationSource]
    tables: Tables
    rules: RuleSources

    def write(self, lines, clock):
        """Write one step of a clock."""
        lines.add(f"step = {clock.step}", f"t = {clock.time}")
        *suspended, (last, _) = self._sections(clock)
        fresh = f" and {self._stage} == 0" if suspended else ""
        self._write_capacity_checks(lines, clock, fresh)
        self._write_supply_checks(lines, clock, fresh)
        for stage, (writers, call) in enumerate(suspended, start=1):
            with lines.block(f"if {self._stage} < {stage}:"):
                _write_all(lines, writers)
                lines.add(f"{self._stage} = {stage}", f"{self._call} = {call}", "break")
        _write_all(lines, last)
        if suspended:
            lines.add(f"{self._stage} = 0")
        for source in self._populations(clock):
            source.write_advance(lines)
        lines.add(f"{clock.step} += 1")

    @property
    def _stage(self):
        return self.tables.integer("stage", "network", 0, "stage", saved=True)

    @property
    def _call(self):
        return self.tables.integer("call", "network", 0, "call", saved=True)

    def _sections(self, clock):
        """What is written between two calls, each with the position of the call that ends it."""
        sections, writers = [], []
        for item in self._items(clock):
            if isinstance(item, int):
                sections.append((writers, item))
                writers = []
            else:
                writers.append(item)
        return [*sections, (writers, None)]

    def _items(self, clock):
        """Writers of source, and positions of calls, in the order of the step."""
        visitors = [item for item in self.model.visitors() if item[2].clock == clock.index]
        works = {
            "groups": self._update_writers,
            "connections": self._connection_writers,
            "resets": self._reset_writers,
        }
        for place in places_of(self.model.schedule):
            if place in works:
                yield from works[place](clock)
            for kind, position, visitor in visitors:
                if kind == "call":
                    if visitor.place == place:
                        yield position
                elif visitor.when == place:
                    yield self._visitor_writer(kind, position, visitor)

    def _update_writers(self, clock):
        populations = self._populations(clock)
        for source in populations:
            yield from self._called_part(source, "update")
            yield source.write_update
            yield from self._called_part(source, "threshold")
        if populations:
            yield self._write_barrier

    def _called_part(self, source, part):
        """The call that does a part of a population's work, if it is not compiled."""
        position = self.model.call_of(source.index, part)
        return [] if position is None else [position]

    def _connection_writers(self, clock):
        for index, item in enumerate(self.model.synapses):
            if self.model.clock_of(item) == clock.index:
                yield from self.rules.modulation_writers(index)
                yield self._propagation_writer(index, item)
        yield from self.rules.plasticity_writers(clock)

    def _reset_writers(self, clock):
        for source in self._populations(clock):
            yield source.write_clamp
            yield from self._called_part(source, "reset")
            yield source.write_reset
            if "reset" in source.population.called:
                yield source.write_clamp

    def _populations(self, clock):
        return [item for item in self.sources if item.population.clock == clock.index]

    def _visitor_writer(self, kind, position, visitor):
        if kind == "setter":
            return SetterSource(position, visitor, self.sources, self.tables).write
        return lambda lines: write_probe(lines, position, visitor, self.sources, self.tables)

    def _propagation_writer(self, index, item):
        source, target = self.sources[item.source], self.sources[item.target]
        factors = self.rules.name_factors(index)
        return lambda lines: write_propagation(
            lines, index, item, source, target, self.tables, factors
        )

    def _write_barrier(self, lines):
        write_barrier(lines, self.tables)

    def _write_supply_checks(self, lines, clock, fresh):
        """Leave the loop where what the engine has laid out ahead comes to its end."""
        for source in self._populations(clock):
            if source.population.is_scheduled:
                write_schedule_check(lines, source.index, self.tables, fresh)
        for position, setter in enumerate(self.model.setters):
            if setter.clock == clock.index and setter.is_forecast:
                write_forecast_check(lines, position, self.tables, fresh)

    def _write_capacity_checks(self, lines, clock, fresh):
        for position, probe in enumerate(self.model.probes):
            if probe.clock == clock.index:
                write_capacity_check(lines, position, probe, self.tables, fresh)


def _write_all(lines, writers):
    for write in writers:
        write(lines)
