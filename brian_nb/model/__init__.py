"""What a network is, as plain immutable data.

Takes: checked equation systems and expressions.
Gives: `Population`, `Synapses`, probes and the `NetworkModel` that holds them.
Must not know: numbers of neurons, values of parameters, how anything is computed.
"""

from brian_nb.model.network import NetworkModel
from brian_nb.model.population import Population
from brian_nb.model.probes import SLOTS, RateProbe, SpikeProbe, StateProbe
from brian_nb.model.synapses import Synapses

__all__ = [
    "SLOTS",
    "NetworkModel",
    "Population",
    "RateProbe",
    "SpikeProbe",
    "StateProbe",
    "Synapses",
]
