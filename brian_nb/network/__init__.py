"""The objects that a user types: they store what they were told, collect and delegate.

Takes: text, quantities and NumPy arrays from the user, names from the caller's namespace.
Gives: groups, connections, synaptic rules, monitors, clocks and networks by the manual's names.
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
from brian_nb.network.function_thresholds import FunThreshold, SimpleFunThreshold
from brian_nb.network.generators import (
    MultipleSpikeGeneratorGroup,
    PulsePacket,
    SpikeGeneratorGroup,
)
from brian_nb.network.group import NeuronGroup
from brian_nb.network.identity_connection import IdentityConnection
from brian_nb.network.linked import linked_var
from brian_nb.network.magic import (
    MagicNetwork,
    clear,
    forget,
    magic_register,
    magic_return,
    recall,
    reinit,
    run,
    stop,
)
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
from brian_nb.network.model import Model
from brian_nb.network.monitors import (
    CoincidenceCounter,
    FileSpikeMonitor,
    ISIHistogramMonitor,
    MultiStateMonitor,
    PopulationRateMonitor,
    PopulationSpikeCounter,
    RecentStateMonitor,
    SpikeCounter,
    SpikeMonitor,
    StateMonitor,
    StateSpikeMonitor,
)
from brian_nb.network.network import Network
from brian_nb.network.operations import NetworkOperation, network_operation
from brian_nb.network.poisson import PoissonGroup
from brian_nb.network.randomness import seed
from brian_nb.network.refractoriness import (
    CustomRefractoriness,
    Refractoriness,
    SimpleCustomRefractoriness,
)
from brian_nb.network.resets import FunReset, NoReset, Reset, StringReset, VariableReset
from brian_nb.network.stdp import STDP
from brian_nb.network.stp import STP
from brian_nb.network.subgroup import Subgroup
from brian_nb.network.thresholds import (
    EmpiricalThreshold,
    NoThreshold,
    PoissonThreshold,
    StringThreshold,
    Threshold,
    VariableThreshold,
)
from brian_nb.network.timed_array import TimedArray, TimedArraySetter, set_group_var_by_array
from brian_nb.network.updaters import (
    LazyStateUpdater,
    LinearStateUpdater,
    NonlinearStateUpdater,
    StateUpdater,
    SynapticNoise,
)

__all__ = [
    "STDP",
    "STP",
    "Clock",
    "CoincidenceCounter",
    "Connection",
    "CustomRefractoriness",
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
    "FileSpikeMonitor",
    "ISIHistogramMonitor",
    "IdentityConnection",
    "MagicNetwork",
    "MultiStateMonitor",
    "FunReset",
    "FunThreshold",
    "ISIHistogramMonitor",
    "LazyStateUpdater",
    "LinearStateUpdater",
    "MagicNetwork",
    "Model",
    "MultipleSpikeGeneratorGroup",
    "Network",
    "NetworkOperation",
    "NeuronGroup",
    "NoReset",
    "NoThreshold",
    "NonlinearStateUpdater",
    "PoissonGroup",
    "PoissonThreshold",
    "PopulationRateMonitor",
    "PopulationSpikeCounter",
    "RecentStateMonitor",
    "RegularClock",
    "STDP",
    "STP",
    "SpikeCounter",
    "PulsePacket",
    "RegularClock",
    "SpikeGeneratorGroup",
    "SparseConnectionMatrix",
    "SparseConnectionVector",
    "SparseConstructionMatrix",
    "SpikeMonitor",
    "StateMonitor",
    "StateSpikeMonitor",
    "Refractoriness",
    "RegularClock",
    "Reset",
    "SimpleCustomRefractoriness",
    "SimpleFunThreshold",
    "SpikeCounter",
    "SpikeGeneratorGroup",
    "SpikeMonitor",
    "StateMonitor",
    "StateSpikeMonitor",
    "StateUpdater",
    "StringReset",
    "StringThreshold",
    "Subgroup",
    "SynapticNoise",
    "Threshold",
    "TimedArray",
    "TimedArraySetter",
    "VariableReset",
    "VariableThreshold",
    "clear",
    "TimedArray",
    "TimedArraySetter",
    "defaultclock",
    "define_default_clock",
    "forget",
    "get_default_clock",
    "magic_register",
    "magic_return",
    "linked_var",
    "network_operation",
    "recall",
    "reinit",
    "reinit_default_clock",
    "run",
    "seed",
    "set_group_var_by_array",
    "stop",
]
