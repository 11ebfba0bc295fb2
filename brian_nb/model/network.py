"""A network: populations, the synapses between them, the probes on them and calls of Python."""

from dataclasses import dataclass

from brian_nb.model.calls import Call
from brian_nb.model.places import SCHEDULES
from brian_nb.model.plasticity import Modulation, Plasticity
from brian_nb.model.population import Population
from brian_nb.model.synapses import Synapses


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
        "probe" or "call" and a position: the order in which those of one place get their turn.
        Probes in their order, then calls, if empty.
    plasticities : tuple of Plasticity
    modulations : tuple of Modulation
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

    def visitors(self):
        """Probes and calls as (kind, position, object), in the order of their turns."""
        turns = self.turns or (
            *(("probe", k) for k in range(len(self.probes))),
            *(("call", k) for k in range(len(self.calls))),
        )
        kinds = {"probe": self.probes, "call": self.calls}
        return [(kind, position, kinds[kind][position]) for kind, position in turns]

    def inputs_of(self, population):
        """Variables of a population that synapses add to."""
        return {item.variable for item in self.synapses if item.target == population}

    def written_variables(self, population):
        """Variables of a population that change within a step by other means than integration."""
        reset = {item.name for item in self.populations[population].reset}
        return reset | self.inputs_of(population) | self._changed_by_rules(population)

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
