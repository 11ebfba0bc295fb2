"""From the objects of a network to its model and its storage."""

from dataclasses import replace

from brian_nb.engine import Storage
from brian_nb.model import Call, NetworkModel, Plasticity


class Lowering:
    """The objects of a network as the parts of a model.

    Parameters
    ----------
    groups, connections, rules, monitors, callers : list
        `rules` are those at synapses; `callers` have Python code called in steps.
    clocks : list of Clock
        In the order in which they get their turn.
    schedule : tuple of str
    """

    def __init__(self, groups, connections, rules, monitors, callers, clocks, schedule):
        self._groups, self._connections, self._rules = groups, connections, rules
        self._monitors, self._callers = monitors, callers
        self._clocks, self._schedule = clocks, schedule
        self._places = {group: place for place, group in enumerate(groups)}
        self._clock_places = {clock: place for place, clock in enumerate(clocks)}

    def lower(self):
        """Describe the network.

        Returns
        -------
        NetworkModel, Storage
        """
        rules = [self._rule(item) for item in self._rules]
        plastic = [item for item in rules if isinstance(item[0], Plasticity)]
        modulating = [item for item in rules if not isinstance(item[0], Plasticity)]
        probes = [self._probe(item) for item in self._monitors]
        owned = [(item, call) for item in self._callers for call in item.list_calls()]
        calls = [self._call(*call) for _, call in owned]
        places = {item: place for place, (item, _) in enumerate(owned)}
        model = NetworkModel(
            populations=tuple(self._population(group) for group in self._groups),
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
        )
        storage = Storage(
            populations=[group.values for group in self._groups],
            synapses=[item.values for item in self._connections],
            probes=[buffer for _, buffer in probes],
            calls=[function for _, function in calls],
            timebases=[clock.timebase for clock in self._clocks],
            plasticities=[state for _, state in plastic],
            modulations=[state for _, state in modulating],
        )
        return model, storage

    def _population(self, group):
        population = group.describe_model()
        place = self._clock_places[group.clock]
        return replace(population, clock=place) if place else population

    def _rule(self, rule):
        return rule.lower(self._places.__getitem__, self._connections.index(rule.connection))

    def _probe(self, monitor):
        probe, buffer = monitor.make_probe(self._places[monitor.source.owner])
        place = self._clock_places[monitor.clock]
        return (replace(probe, clock=place) if place else probe), buffer

    def _call(self, when, clock, function):
        return Call(when, self._clock_places[clock]), function

    def _turns(self):
        """Probes and calls in the order in which the user made their objects."""
        turns = [(item.serial, "probe", place) for place, item in enumerate(self._monitors)]
        owners = [item for item in self._callers for _ in item.list_calls()]
        turns += [(item.serial, "call", place) for place, item in enumerate(owners)]
        return tuple((kind, place) for _, kind, place in sorted(turns))
