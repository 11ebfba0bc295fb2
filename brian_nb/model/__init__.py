"""What a network is, as plain immutable data.

Takes: checked equation systems and expressions.
Gives: `Population`, `Synapses`, setters, probes, calls and the `NetworkModel` that holds them.
Must not know: numbers of neurons, values of parameters, how anything is computed.
"""

from brian_nb.model.calls import Call
from brian_nb.model.network import NetworkModel
from brian_nb.model.places import SCHEDULES, SLOTS, places_of
from brian_nb.model.population import Population
from brian_nb.model.probes import RateProbe, SpikeProbe, StateProbe
from brian_nb.model.setters import Mixer, Setter
from brian_nb.model.synapses import Synapses

__all__ = [
    "SCHEDULES",
    "SLOTS",
    "Call",
    "Mixer",
    "NetworkModel",
    "Population",
    "RateProbe",
    "Setter",
    "SpikeProbe",
    "StateProbe",
    "Synapses",
    "places_of",
]
