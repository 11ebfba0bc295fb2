"""A network: populations, synapses between them, setters and probes on them, calls of Python."""

from dataclasses import dataclass

from brian_nb.model.calls import Call
from brian_nb.model.places import SCHEDULES, places_of
from brian_nb.model.plasticity import Modulation, Plasticity
from brian_nb.model.population import Population
from brian_nb.model.synapses import Synapses

_WORK_OF = {"update": "groups", "threshold": "groups", "reset": "resets"}


@dataclass(frozen=True)
class NetworkModel:
    """All that decides how a network works, and nothing that decides how large it is.

    Two networks with equal models run the same compiled code.

    Parameters
    ----------
    populations, synapses, probes, calls : tuple
    n_clocks : int
        Clocks whose steps differ; where two are due at the same time, the first goes first.
    schedule : tuple of str
        Order of the update of "groups", the work of "connections", and "resets" in a step.
    turns : tuple of (str, int)
        "probe", "call" or "setter" and a position: the order in which those of one place get their
        turn. Setters in their order, then probes, then calls, if empty.
    plasticities : tuple of Plasticity
    modulations : tuple of Modulation
    setters : tuple of Setter or Mixer
    """

    populations: tuple[Population, ...] = ()
    synapses: tuple[Synapses, ...] = ()
    probes: tuple = ()
    calls: tuple[Call, ...] = ()
    n_clocks: int = 1
    schedule: tuple[str, ...] = SCHEDULES["default"]
    turns: tuple[tuple[str, int], ...] = ()
    plasticities: tuple[Plasticity, ...] = ()
    modulations: tuple[Modulation, ...] = ()
    setters: tuple = ()

    def visitors(self):
        """Setters, probes and calls as (kind, position, object), in the order of their turns."""
        kinds = {"setter": self.setters, "probe": self.probes, "call": self.calls}
        turns = self.turns or [(kind, k) for kind in kinds for k in range(len(kinds[kind]))]
        return [(kind, position, kinds[kind][position]) for kind, position in turns]

    def call_of(self, population, part):
        """Position of the Python code that does a part of a population's work; None if compiled."""
        for position, call in enumerate(self.calls):
            if (call.population, call.place) == (population, part):
                return position
        return None

    def follows_update(self, call):
        """Whether a call comes after the groups of its clock have been updated."""
        places = places_of(self.schedule)
        place = _WORK_OF.get(call.place, call.place)
        return places.index(place) > places.index("groups")

    def inputs_of(self, population):
        """Variables of a population that synapses add to."""
        return {item.variable for item in self.synapses if item.target == population}

    def written_variables(self, population):
        """Variables of a population that change within a step by other means than integration."""
        reset = {item.name for item in self.populations[population].reset}
        given = {item.variable for item in self.setters if item.population == population}
        inputs = self.inputs_of(population) | self._changed_by_rules(population)
        return reset | given | inputs

    def _changed_by_rules(self, population):
        names = set(self.populations[population].system.variables)
        rules = (*self.plasticities, *self.modulations)
        return {
            name
            for rule in rules
            for _, position in rule.traces
            if position == population
            for name in rule.assigned & names
        }

    def clock_of(self, synapses):
        """Position of the clock of synapses: that of their source."""
        return self.populations[synapses.source].clock
