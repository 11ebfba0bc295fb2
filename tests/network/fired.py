"""What groups with spikes at given times fire."""

from brian_nb import (
    Network,
    SpikeMonitor,
)
from brian_nb.units import ALL_UNITS

ms, mV, second = (ALL_UNITS[name] for name in ("ms", "mV", "second"))

PAIRS = [(0, 1 * ms), (1, 2 * ms), (1, 3 * ms), (0, 4 * ms)]
EXPECTED = [(0, 10), (1, 20), (1, 30), (0, 40)]
"""Spikes as (neuron, time), and as (neuron, step)."""


def fire(group, duration=10 * ms, threads=1, reference=False, n_runs=1):
    """Spikes of a group as (neuron, step) pairs."""
    M = SpikeMonitor(group)
    network = Network(group, M, threads=threads)
    network._reference = reference
    for _ in range(n_runs):
        network.run(duration / n_runs)
    return steps_of(M)


def steps_of(monitor):
    return [(neuron, round(t / 1e-4)) for neuron, t in monitor.spikes]
