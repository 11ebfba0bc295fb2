"""From the objects of a network to its model and its storage."""

from dataclasses import replace

from brian_nb.engine import NativeState, Storage, TableState
from brian_nb.equations.externals import Table
from brian_nb.equations.natives import Native
from brian_nb.equations.walking import find_externals
from brian_nb.model import PARTS, Call, NetworkModel, Plasticity
from brian_nb.network.streams import number_streams


class Lowering:
    """The objects of a network as the parts of a model.

    Parameters
    ----------
    groups, connections, rules, monitors, callers : list
        `rules` are those at synapses; `callers` have Python code called in steps.
    clocks : list of Clock
        In the order in which they get their turn.
    schedule : tuple of str
    setters : list
    streams : dict of NetworkObject to int
        What `number_streams` gave the last time.

    Attributes
    ----------
    streams : dict of NetworkObject to int
        After `lower`: what it gives now.
    """

    def __init__(
        self, groups, connections, rules, monitors, callers, clocks, schedule, setters, streams
    ):
        self._groups, self._connections, self._rules = groups, connections, rules
        self._monitors, self._callers = monitors, callers
        self._clocks, self._schedule = clocks, schedule
        self._setters, self._tables = setters, {}
        self.streams = streams
        self._places = {group: place for place, group in enumerate(groups)}
        self._clock_places = {clock: place for place, clock in enumerate(clocks)}

    def lower(self):
        """Describe the network.

        Returns
        -------
        NetworkModel, Storage
        """
        populations = [self._population(group) for group in self._groups]
        rules = [self._rule(item) for item in self._rules]
        self._number_streams(populations, rules)
        plastic = [item for item in rules if isinstance(item[0], Plasticity)]
        modulating = [item for item in rules if not isinstance(item[0], Plasticity)]
        probes = [self._probe(item) for item in self._monitors]
        owned = [(item, call) for item in self._callers for call in item.list_calls()]
        calls = [self._call(item, *call) for item, call in owned]
        places = {item: place for place, (item, _) in enumerate(owned)}
        model = NetworkModel(
            populations=tuple(populations),
            synapses=tuple(
                item.describe_model(
                    self._places[item.source.owner],
                    self._places[item.target.owner],
                    call=places.get(item),
                )
                for item in self._connections
            ),
            probes=tuple(probe for probe, _ in probes),
            calls=tuple(call for call, _ in calls),
            n_clocks=len(self._clocks),
            schedule=self._schedule,
            turns=self._turns(),
            plasticities=tuple(rule for rule, _ in plastic),
            modulations=tuple(rule for rule, _ in modulating),
            setters=tuple(self._setter(item) for item in self._setters),
        )
        storage = Storage(
            populations=[group.values for group in self._groups],
            synapses=[item.values for item in self._connections],
            probes=[buffer for _, buffer in probes],
            calls=[self._follow(function) for _, function in calls],
            timebases=[clock.timebase for clock in self._clocks],
            plasticities=[state for _, state in plastic],
            modulations=[state for _, state in modulating],
            setters=[item.values for item in self._setters],
            tables=[_make_state(item) for item in self._tables.values()],
            supplies=self._supplies(),
        )
        return model, storage

    def _population(self, group):
        population = group.describe_model()
        place = self._clock_places[group.clock]
        tables = self._place_tables(population.expressions)
        changed = place or tables
        return replace(population, clock=place, tables=tables) if changed else population

    def _number_streams(self, populations, rules):
        """Tell the parts that draw random numbers which ones are theirs."""
        parts = [*populations, *(rule for rule, _ in rules)]
        owners = [*self._groups, *self._rules]
        drawing = [owner for owner, part in zip(owners, parts, strict=True) if part.draws]
        self.streams = number_streams(drawing, self.streams)
        for place, group in enumerate(self._groups):
            if group in self.streams:
                populations[place] = replace(populations[place], stream=self.streams[group])
        for place, owner in enumerate(self._rules):
            if owner in self.streams:
                rule, state = rules[place]
                rules[place] = replace(rule, stream=self.streams[owner]), state

    def _place_tables(self, expressions):
        """Positions of what expressions call outside; calls of one array share its table."""
        places = []
        for name, external in find_externals(expressions).items():
            if isinstance(external, Table | Native):
                is_table = isinstance(external, Table)
                key = (id(external.owner), external.form) if is_table else (id(external.code), "")
                self._tables.setdefault(key, external)
                places.append((name, list(self._tables).index(key)))
        return tuple(places)

    def _setter(self, item):
        source = None if item.source is None else self._places[item.source.owner]
        population, clock = self._places[item.target.owner], self._clock_places[item.clock]
        return item.describe_model(population, source, clock, self._place_tables)

    def _supplies(self):
        """What is laid out ahead of segments, each with the position of its clock."""
        schedules = [(item.values.schedule, item.clock) for item in self._groups]
        forecasts = [(item.values.forecast, item.clock) for item in self._setters]
        return [
            (supply, self._clock_places[clock]) for supply, clock in schedules + forecasts if supply
        ]

    def _rule(self, rule):
        connection = self._connections.index(rule.connection)
        lowered, state = rule.lower(self._places.__getitem__, connection)
        if isinstance(lowered, Plasticity):
            tables = self._place_tables(lowered.expressions)
            lowered = replace(lowered, tables=tables) if tables else lowered
        return lowered, state

    def _probe(self, monitor):
        probe, buffer = monitor.make_probe(self._places[monitor.source.owner])
        place = self._clock_places[monitor.clock]
        return (replace(probe, clock=place) if place else probe), buffer

    def _call(self, item, when, clock, function):
        population = self._places[item] if when in PARTS else None
        return Call(when, self._clock_places[clock], population), function

    def _follow(self, function):
        """Python code after which groups look at what their functions find around them."""
        followers = [group for group in self._groups if group.has_watched_values]
        if not followers:
            return function

        def call():
            function()
            for group in followers:
                group.follow_functions()

        return call

    def _turns(self):
        """Probes, calls and setters in the order in which the user made their objects."""
        turns = [(item.serial, "probe", place) for place, item in enumerate(self._monitors)]
        owners = [item for item in self._callers for _ in item.list_calls()]
        turns += [(item.serial, "call", place) for place, item in enumerate(owners)]
        turns += [(item.serial, "setter", place) for place, item in enumerate(self._setters)]
        return tuple((kind, place) for _, kind, place in sorted(turns))


def _make_state(external):
    return TableState(external) if isinstance(external, Table) else NativeState(external.code)
