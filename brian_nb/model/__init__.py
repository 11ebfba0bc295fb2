"""What a network is, as plain immutable data.

Takes: checked equation systems and expressions.
Gives: `Population`, `Synapses`, rules at synapses, probes, calls, and the `NetworkModel` of them.
Must not know: numbers of neurons, values of parameters, how anything is computed.
"""

from brian_nb.model.calls import Call
from brian_nb.model.network import NetworkModel
from brian_nb.model.places import SCHEDULES, SLOTS, places_of
from brian_nb.model.plasticity import (
    LOWER_BOUND,
    UPPER_BOUND,
    WEIGHT,
    Modulation,
    Plasticity,
)
from brian_nb.model.population import Population
from brian_nb.model.probes import RateProbe, SpikeProbe, StateProbe
from brian_nb.model.synapses import Synapses

__all__ = [
    "LOWER_BOUND",
    "SCHEDULES",
    "SLOTS",
    "UPPER_BOUND",
    "WEIGHT",
    "Call",
    "Modulation",
    "NetworkModel",
    "Plasticity",
    "Population",
    "RateProbe",
    "SpikeProbe",
    "StateProbe",
    "Synapses",
    "places_of",
]
