"""What a loop costs per piece of its work, so that networks of different sizes can be compared."""

from collections.abc import Callable
from dataclasses import dataclass

STEP_S = 1e-4  # time step of all networks that are compared so


@dataclass(frozen=True)
class Cost:
    """Time of the loop, divided by how often it did something.

    Parameters
    ----------
    title, short : str
        For an axis and for the head of a column.
    count : callable
        Of a workload and one of its measurements: how often.
    """

    title: str
    short: str
    count: Callable

    def of(self, workload, run):
        """Nanoseconds of a measurement."""
        return run.run_s * 1e9 / self.count(workload, run)


def _count_updates(workload, run):
    return run.n_neurons * run.duration_s / STEP_S


def _count_events(workload, run):
    return run.spikes * workload.n_synapses


PER_UPDATE = Cost("ns per neuron and step", "per update", _count_updates)
PER_EVENT = Cost("ns per synaptic event", "per event", _count_events)
COSTS = (PER_UPDATE, PER_EVENT)
