"""The objects that a user types: they store what they were told, collect and delegate.

Takes: text, quantities and NumPy arrays from the user, names from the caller's namespace.
Gives: groups, connections, rules, monitors, clocks and networks with the manual's names.
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
from brian_nb.network.connection import Connection, DelayConnection
from brian_nb.network.equations import Equations
from brian_nb.network.exponential_stdp import ExponentialSTDP
from brian_nb.network.group import NeuronGroup
from brian_nb.network.identity_connection import IdentityConnection
from brian_nb.network.magic import MagicNetwork, reinit, run, stop
from brian_nb.network.matrices import (
    ConnectionMatrix,
    ConnectionVector,
    ConstructionMatrix,
    DenseConnectionMatrix,
    DenseConnectionVector,
    DenseConstructionMatrix,
    DynamicConnectionMatrix,
    DynamicConstructionMatrix,
    SparseConnectionMatrix,
    SparseConnectionVector,
    SparseConstructionMatrix,
)
from brian_nb.network.monitors import PopulationRateMonitor, SpikeMonitor, StateMonitor
from brian_nb.network.network import Network
from brian_nb.network.operations import NetworkOperation, network_operation
from brian_nb.network.poisson import PoissonGroup
from brian_nb.network.randomness import seed
from brian_nb.network.stdp import STDP
from brian_nb.network.stp import STP
from brian_nb.network.subgroup import Subgroup
from brian_nb.network.thresholds import EmpiricalThreshold

__all__ = [
    "Clock",
    "Connection",
    "ConnectionMatrix",
    "ConnectionVector",
    "ConstructionMatrix",
    "DelayConnection",
    "DenseConnectionMatrix",
    "DenseConnectionVector",
    "DenseConstructionMatrix",
    "DynamicConnectionMatrix",
    "DynamicConstructionMatrix",
    "EmpiricalThreshold",
    "Equations",
    "EventClock",
    "ExponentialSTDP",
    "IdentityConnection",
    "MagicNetwork",
    "Network",
    "NetworkOperation",
    "NeuronGroup",
    "PoissonGroup",
    "PopulationRateMonitor",
    "RegularClock",
    "STDP",
    "STP",
    "SparseConnectionMatrix",
    "SparseConnectionVector",
    "SparseConstructionMatrix",
    "SpikeMonitor",
    "StateMonitor",
    "Subgroup",
    "defaultclock",
    "define_default_clock",
    "get_default_clock",
    "network_operation",
    "reinit",
    "reinit_default_clock",
    "run",
    "seed",
    "stop",
]
