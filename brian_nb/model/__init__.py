"""What a network is, as plain immutable data.

Takes: checked equation systems and expressions.
Gives: `Population`, `Synapses`, their rules, setters, probes, calls; the `NetworkModel` of them.
Must not know: numbers of neurons, values of parameters, how anything is computed.
"""

from brian_nb.model.calls import Call
from brian_nb.model.network import NetworkModel
from brian_nb.model.places import PARTS, SCHEDULES, SLOTS, places_of
from brian_nb.model.plasticity import (
    LOWER_BOUND,
    UPPER_BOUND,
    WEIGHT,
    Modulation,
    Plasticity,
)
from brian_nb.model.population import Population
from brian_nb.model.probes import (
    NEVER,
    CoincidenceProbe,
    CountProbe,
    IntervalProbe,
    RateProbe,
    RecentProbe,
    SpikeProbe,
    SpikeStateProbe,
    StateProbe,
    StatisticsProbe,
    TotalProbe,
)
from brian_nb.model.setters import Mixer, Setter
from brian_nb.model.synapses import Synapses

__all__ = [
    "LOWER_BOUND",
    "NEVER",
    "PARTS",
    "SCHEDULES",
    "SLOTS",
    "UPPER_BOUND",
    "WEIGHT",
    "Call",
    "Modulation",
    "CoincidenceProbe",
    "CountProbe",
    "IntervalProbe",
    "Mixer",
    "NetworkModel",
    "Plasticity",
    "Population",
    "RateProbe",
    "RecentProbe",
    "Setter",
    "SpikeProbe",
    "SpikeStateProbe",
    "StateProbe",
    "StatisticsProbe",
    "Synapses",
    "TotalProbe",
    "places_of",
]
