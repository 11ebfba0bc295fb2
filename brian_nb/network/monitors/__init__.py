"""Monitors: what of a run is kept for the user.

Takes: groups and subgroups, and what the user wants to know of them.
Gives: probes for the time loop, and what these have recorded, with the manual's names.
Must not know: how a probe is compiled, who shows what it has recorded.
"""

from brian_nb.network.monitors.coincidence_counter import CoincidenceCounter
from brian_nb.network.monitors.counters import PopulationSpikeCounter, SpikeCounter
from brian_nb.network.monitors.file_spike_monitor import FileSpikeMonitor
from brian_nb.network.monitors.interval_histogram import ISIHistogramMonitor
from brian_nb.network.monitors.live_plot import LivePlot
from brian_nb.network.monitors.monitor import Monitor
from brian_nb.network.monitors.multi_state_monitor import MultiStateMonitor
from brian_nb.network.monitors.rate_monitor import PopulationRateMonitor
from brian_nb.network.monitors.recent_state_monitor import RecentStateMonitor
from brian_nb.network.monitors.spike_monitor import SpikeMonitor
from brian_nb.network.monitors.state_monitor import StateMonitor
from brian_nb.network.monitors.state_spike_monitor import StateSpikeMonitor

__all__ = [
    "CoincidenceCounter",
    "FileSpikeMonitor",
    "ISIHistogramMonitor",
    "LivePlot",
    "Monitor",
    "MultiStateMonitor",
    "PopulationRateMonitor",
    "PopulationSpikeCounter",
    "RecentStateMonitor",
    "SpikeCounter",
    "SpikeMonitor",
    "StateMonitor",
    "StateSpikeMonitor",
]
