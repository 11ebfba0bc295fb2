"""The objects that a user types: they store what they were told, collect and delegate.

Takes: text, quantities and NumPy arrays from the user, names from the caller's namespace.
Gives: groups, connections, monitors, clocks and networks with the manual's names.
Must not know: widgets, notebooks, how a step is computed.
"""

from brian_nb.network.clock import (
    Clock,
    EventClock,
    RegularClock,
    defaultclock,
    define_default_clock,
    get_default_clock,
    reinit_default_clock,
)
from brian_nb.network.connection import Connection
from brian_nb.network.equations import Equations
from brian_nb.network.generators import (
    MultipleSpikeGeneratorGroup,
    PulsePacket,
    SpikeGeneratorGroup,
)
from brian_nb.network.group import NeuronGroup
from brian_nb.network.linked import linked_var
from brian_nb.network.magic import MagicNetwork, reinit, run, stop
from brian_nb.network.monitors import PopulationRateMonitor, SpikeMonitor, StateMonitor
from brian_nb.network.network import Network
from brian_nb.network.operations import NetworkOperation, network_operation
from brian_nb.network.poisson import PoissonGroup
from brian_nb.network.randomness import seed
from brian_nb.network.subgroup import Subgroup
from brian_nb.network.thresholds import EmpiricalThreshold
from brian_nb.network.timed_array import TimedArray, TimedArraySetter, set_group_var_by_array

__all__ = [
    "Clock",
    "Connection",
    "EmpiricalThreshold",
    "Equations",
    "EventClock",
    "MagicNetwork",
    "MultipleSpikeGeneratorGroup",
    "Network",
    "NetworkOperation",
    "NeuronGroup",
    "PoissonGroup",
    "PopulationRateMonitor",
    "PulsePacket",
    "RegularClock",
    "SpikeGeneratorGroup",
    "SpikeMonitor",
    "StateMonitor",
    "Subgroup",
    "TimedArray",
    "TimedArraySetter",
    "defaultclock",
    "define_default_clock",
    "get_default_clock",
    "linked_var",
    "network_operation",
    "reinit",
    "reinit_default_clock",
    "run",
    "seed",
    "set_group_var_by_array",
    "stop",
]
