"""A network: populations, the synapses between them and the probes on them."""

from dataclasses import dataclass

from brian_nb.model.population import Population
from brian_nb.model.synapses import Synapses


@dataclass(frozen=True)
class NetworkModel:
    """All that decides how a network works, and nothing that decides how large it is.

    Two networks with equal models run the same compiled code.
    """

    populations: tuple[Population, ...] = ()
    synapses: tuple[Synapses, ...] = ()
    probes: tuple = ()

    def inputs_of(self, population):
        """Variables of a population that synapses add to."""
        return {item.variable for item in self.synapses if item.target == population}

    def written_variables(self, population):
        """Variables of a population that change within a step by other means than integration."""
        reset = {item.name for item in self.populations[population].reset}
        return reset | self.inputs_of(population)
