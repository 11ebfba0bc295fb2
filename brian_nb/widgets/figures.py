"""Which figures a panel shows, and the monitors that feed them."""

import numpy as np

from brian_nb.errors import ModelError
from brian_nb.network import PopulationRateMonitor, SpikeMonitor, StateMonitor
from brian_nb.widgets.views import Raster, Rates, Traces

KINDS = ("raster", "traces", "rates")
N_TRACES = 3
MAX_TRACE_FIGURES = 3


def add_monitors(network, show=None):
    """A network with the monitors that its figures need.

    Parameters
    ----------
    network : Network
        Left as it is.
    show : None, or list of str
        Of 'raster', 'traces' and 'rates'; all if omitted.

    Returns
    -------
    Network
        The same one where it has all that is needed.
    tuple of monitors
        Those that were added.

    Raises
    ------
    ModelError
        There is no figure of a name.
    """
    kinds = _read_kinds(show)
    added = []
    if "raster" in kinds and not spike_monitors(network):
        added += [SpikeMonitor(group) for group in network.groups if _fires(group)]
    if "traces" in kinds and not state_monitors(network):
        added += [_watch_membrane(group) for group in network.groups if _is_dynamic(group)][:1]
    return network.extend(*added) if added else network, tuple(added)


def make_figures(network, show=None):
    """The figures of a network that has the monitors they need.

    Returns
    -------
    list of Raster, Traces and Rates
    """
    kinds = _read_kinds(show)
    figures = []
    spikes = spike_monitors(network)
    if "raster" in kinds and spikes:
        figures.append(Raster(spikes, {item: find_bands(item, network) for item in spikes}))
    if "traces" in kinds:
        figures += [Traces(items) for items in _group_by_unit(state_monitors(network))]
    rates = [item for item in network.monitors if isinstance(item, PopulationRateMonitor)]
    if "rates" in kinds and rates:
        figures.append(Rates(rates))
    return figures


def spike_monitors(network):
    """Monitors for a raster, none of them twice for the same neurons."""
    chosen = {}
    for item in network.monitors:
        if isinstance(item, SpikeMonitor) and item.recording.keep:
            chosen.setdefault((item.source.owner, item.source.first, item.source.size), item)
    return list(chosen.values())


def state_monitors(network):
    """Monitors for traces."""
    return [
        item
        for item in network.monitors
        if isinstance(item, StateMonitor) and hasattr(item.recording, "tail")
    ]


def find_bands(monitor, network):
    """First neurons of bands within a monitor: the subgroups that connections come from.

    Returns
    -------
    list of int
        Without the first one, 0; empty where there is only one band.
    """
    source = monitor.source
    firsts = {
        item.source.first - source.first
        for item in network.connections
        if item.source.owner is source.owner
    }
    return sorted(first for first in firsts if 0 < first < source.size)


def _read_kinds(show):
    kinds = KINDS if show is None else tuple([show] if isinstance(show, str) else show)
    for kind in kinds:
        if kind not in KINDS:
            raise ModelError(f"there is no figure {kind!r}", hint=f"use {' or '.join(KINDS)}")
    return kinds


def _group_by_unit(monitors):
    figures = {}
    for item in monitors:
        dimension = item.source.owner.system.dimension_of(item.variable)
        figures.setdefault(dimension, []).append(item)
    return list(figures.values())[:MAX_TRACE_FIGURES]


def _watch_membrane(group):
    chosen = np.arange(min(N_TRACES, group.size))
    return StateMonitor(group, group.system.membrane, clock=group.clock, record=chosen)


def _fires(group):
    return group.describe_model().fires


def _is_dynamic(group):
    return group.system.membrane is not None and len(group.system.differentials) > 0
