"""Spiking neural networks in notebooks, written as their equations with physical units.

The flow, each package turning the noun on its left into the noun on its right::

    text -> equations -> model -> numerics -> codegen -> kernels -> engine -> recordings -> widgets

`pipeline` shows it in one place. ``from brian_nb import *`` brings the names of the manual;
importing has no effect, and heavy libraries are loaded only when something needs them.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOMES = {
    "brian_nb.errors": ["BrianError", "DimensionMismatchError"],
    "brian_nb.units": [
        "Quantity",
        "Unit",
        "check_units",
        "get_unit",
        "have_same_dimensions",
        "is_dimensionless",
        "qarray",
    ],
    "brian_nb.analysis": [
        "ACF",
        "ACVF",
        "CCF",
        "CCVF",
        "CV",
        "autocorrelogram",
        "correlogram",
        "firing_rate",
        "gamma_factor",
        "total_correlation",
        "vector_strength",
    ],
    "brian_nb.equations.tables": ["Tabulate", "TabulateInterp"],
    "brian_nb.globalprefs": ["get_global_preference", "set_global_preferences"],
    "brian_nb.logs": ["log_level_debug", "log_level_error", "log_level_info", "log_level_warn"],
    "brian_nb.network.parameters": ["Parameters"],
    "brian_nb.network": [
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
        "EventClock",
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
        "PulsePacket",
        "RecentStateMonitor",
        "Refractoriness",
        "RegularClock",
        "Reset",
        "SimpleCustomRefractoriness",
        "SimpleFunThreshold",
        "SparseConnectionMatrix",
        "SparseConnectionVector",
        "SparseConstructionMatrix",
        "SpikeMonitor",
        "StateMonitor",
        "StateSpikeMonitor",
        "StateUpdater",
        "StringReset",
        "StringThreshold",
        "SynapticNoise",
        "Threshold",
        "TimedArray",
        "TimedArraySetter",
        "VariableReset",
        "VariableThreshold",
        "clear",
        "SpikeCounter",
        "SpikeMonitor",
        "StateMonitor",
        "StateSpikeMonitor",
        "PulsePacket",
        "RegularClock",
        "SpikeGeneratorGroup",
        "SpikeMonitor",
        "StateMonitor",
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
    ],
    "brian_nb.network.linear_equations": ["get_linear_equations", "is_affine"],
    "brian_nb.network.correlated": [
        "CorrelatedSpikeTrains",
        "HomogeneousCorrelatedSpikeTrains",
        "mixture_process",
    ],
    "brian_nb.library.compartments": ["Compartments"],
    "brian_nb.library.membrane": ["Current", "IonicCurrent", "MembraneEquation"],
    "brian_nb.plotting": ["hist_plot", "raster_plot"],
    "brian_nb.selfcheck": ["run_all_tests"],
    "brian_nb.magics": ["load_ipython_extension", "unload_ipython_extension"],
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name):
    if name == "__all__":
        return _star_names()
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    from brian_nb.star import find_name

    return find_name(name)


def __dir__():
    return sorted({*globals(), *_star_names()})


def _star_names():
    from brian_nb.star import names

    return sorted({name for name in _HOME_OF if not name.endswith("_ipython_extension")} | names())
