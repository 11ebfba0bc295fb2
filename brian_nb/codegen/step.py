"""Source for one step of a clock: all that its objects do, in the order of the schedule."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from brian_nb.codegen.meetings import write_barrier
from brian_nb.codegen.population import PopulationSource
from brian_nb.codegen.probes import write_probe, write_room
from brian_nb.codegen.rules import RuleSources
from brian_nb.codegen.schedules import write_schedule_check
from brian_nb.codegen.setters import SetterSource, write_forecast_check
from brian_nb.codegen.synapses import SynapseSource
from brian_nb.codegen.tables import Tables
from brian_nb.model import NetworkModel, places_of


@dataclass(frozen=True)
class _Leave:
    """Where the step is left for Python code.

    Parameters
    ----------
    call : int
        Position of the code.
    count : callable or None
        Writes the count of spikes, `n_found`, without which the step goes on.
    """

    call: int
    count: object = None


@dataclass(frozen=True)
class _ProbeWriter:
    """Writes the source of one probe."""

    position: int
    write: Callable

    def __call__(self, lines):
        self.write(lines)


@dataclass(frozen=True)
class StepSource:
    """Writes the steps of a network.

    A step may be left for Python code: `stage` says then at which call, and the next segment goes
    on from there.

    Parameters
    ----------
    model : NetworkModel
    sources : list of PopulationSource
    synapses : list of SynapseSource
    rules : RuleSources
    tables : Tables

    Attributes
    ----------
    probe_stages : dict of int to int
        Calls that come before each probe in a step of its clock.
    """

    model: NetworkModel
    sources: list[PopulationSource]
    synapses: list[SynapseSource]
    rules: RuleSources
    tables: Tables
    probe_stages: dict[int, int] = field(default_factory=dict)

    def write_room(self, lines, clocks):
        """Find out how many steps may be done before a buffer could be full; `break` at none.

        What is recorded in the rest of a step that Python code has interrupted does fit.
        """
        to_come = [f"max({clock.stop} - {clock.step}, 0)" for clock in clocks]
        lines.add("room = " + " + ".join(to_come))
        for position, probe in enumerate(self.model.probes):
            write_room(lines, position, probe, self.tables)
        if any(len(self._sections(clock)) > 1 for clock in clocks):
            with lines.block(f"if {self._stage} > 0:"):
                lines.add("room = 1")
        with lines.block("if room <= 0:"):
            lines.add("break")

    def write(self, lines, clock):
        """Write one step of a clock."""
        lines.add(f"step = {clock.step}", f"t = {clock.time}")
        *suspended, (last, _) = self._sections(clock)
        fresh = f" and {self._stage} == 0" if suspended else ""
        self._write_supply_checks(lines, clock, fresh)
        for stage, (writers, leave) in enumerate(suspended, start=1):
            with lines.block(f"if {self._stage} < {stage}:"):
                _write_all(lines, writers)
                lines.add(f"{self._stage} = {stage}")
                self._write_leave(lines, leave)
        _write_all(lines, last)
        if suspended:
            lines.add(f"{self._stage} = 0")
        for source in self._populations(clock):
            source.write_advance(lines)
        for source in self.synapses:
            if _arrives_in(clock, source):
                source.write_advance(lines)
        lines.add(f"{clock.step} += 1")

    @property
    def _stage(self):
        return self.tables.integer("stage", "network", 0, "stage", saved=True)

    @property
    def _call(self):
        return self.tables.integer("call", "network", 0, "call", saved=True)

    def _sections(self, clock):
        """What is written between two calls, each with the call that ends it."""
        sections, writers = [], []
        for item in self._items(clock):
            if isinstance(item, _Leave):
                sections.append((writers, item))
                writers = []
                continue
            if isinstance(item, _ProbeWriter):
                self.probe_stages[item.position] = len(sections)
            writers.append(item)
        return [*sections, (writers, None)]

    def _items(self, clock):
        """Writers of source, and calls, in the order of the step."""
        visitors = [item for item in self.model.visitors() if item[2].clock == clock.index]
        works = {
            "groups": self._update_writers,
            "connections": self._connection_writers,
            "resets": self._reset_writers,
        }
        is_updated = False
        for place in places_of(self.model.schedule):
            is_updated = is_updated or place == "groups"
            if place in works:
                calls = self._behind_update(visitors) if place == "groups" else []
                work = [*works[place](clock), *calls, *self._visitor_writers(visitors, place)]
                yield from work if is_updated else self._shift_back(clock, work)
                continue
            for visitor in visitors:
                kind, position, item = visitor
                if kind == "call" and item.place == place:
                    yield _Leave(position)
                yield from self._visitor_writers([visitor], place)

    def _update_writers(self, clock):
        populations = self._populations(clock)
        for source in populations:
            yield from self._called_part(source, "update")
            yield source.write_update
            yield from self._called_part(source, "threshold")
        if populations:
            yield self._write_barrier

    def _behind_update(self, visitors):
        """Calls that come before anything can read what the update has left."""
        return [
            _Leave(position)
            for kind, position, item in visitors
            if kind == "call" and item.place == "groups"
        ]

    def _called_part(self, source, part):
        """The call that does a part of a population's work, if it is not compiled."""
        position = self.model.call_of(source.index, part)
        return [] if position is None else [_Leave(position)]

    def _connection_writers(self, clock):
        for source in self.synapses:
            item = source.synapses
            if self.model.clock_of(item) != clock.index:
                pass
            elif item.call is not None:
                yield _Leave(item.call, None if item.always_called else source.write_count)
            else:
                yield from self.rules.modulation_writers(source.index)
                yield source.write_propagation
            if _arrives_in(clock, source):
                yield source.write_arrival
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

    def _shift_back(self, clock, work):
        """Let work that comes before the update of the groups see the spikes of the last step."""
        populations = self._populations(clock)
        for item in work:
            if isinstance(item, _Leave):
                count = item.count and _write_in_last_step(item.count, populations)
                yield replace(item, count=count)
            elif isinstance(item, _ProbeWriter):
                yield replace(item, write=_write_in_last_step(item.write, populations))
            else:
                yield _write_in_last_step(item, populations)

    def _visitor_writers(self, visitors, place):
        """Writers of the setters and probes among visitors that have their turn at a place."""
        for kind, position, item in visitors:
            if kind == "setter" and item.when == place:
                yield SetterSource(position, item, self.sources, self.tables).write
            elif kind == "probe" and item.when == place:
                parts = position, item, self.sources, self.tables
                yield _ProbeWriter(position, lambda lines, parts=parts: write_probe(lines, *parts))

    def _write_leave(self, lines, leave):
        if leave.count is None:
            lines.add(f"{self._call} = {leave.call}", "break")
            return
        leave.count(lines)
        with lines.block("if n_found > 0:"):
            lines.add(f"{self._call} = {leave.call}", "break")

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


def _write_in_last_step(write, populations):
    """A writer of the same source, which works in the step before the present one."""

    def write_between(lines):
        lines.add("step -= 1")
        for source in populations:
            source.write_retreat(lines)
        write(lines)
        lines.add("step += 1")
        for source in populations:
            source.write_advance(lines)

    return write_between


def _arrives_in(clock, source):
    """Whether effects that have waited reach their targets in the steps of a clock."""
    return source.synapses.delayed and source.target.population.clock == clock.index


def _write_all(lines, writers):
    for write in writers:
        write(lines)
