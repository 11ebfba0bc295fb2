"""The whole state of a simulation, copied and put back at a step boundary."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Snapshot:
    """Copies of everything that a step reads from the step before.

    Random draws need no copy: they are numbered by the step.
    """

    step: int
    origin: float
    dt: float
    populations: tuple
    synapses: tuple


def take_snapshot(storage, timebase):
    """Copy the state.

    Returns
    -------
    Snapshot
    """
    return Snapshot(
        timebase.step,
        timebase.origin,
        timebase.dt,
        tuple(_copy_population(item) for item in storage.populations),
        tuple(_copy_synapses(item) for item in storage.synapses),
    )


def put_back(snapshot, storage, timebase):
    """Return to a snapshot of the same storage."""
    timebase.step, timebase.origin, timebase.dt = snapshot.step, snapshot.origin, snapshot.dt
    for population, saved in zip(storage.populations, snapshot.populations, strict=True):
        _restore_population(population, saved)
    for synapses, (weights, scale, delay) in zip(storage.synapses, snapshot.synapses, strict=True):
        synapses.scale[0], synapses.delay = scale, delay
        if weights is not None:
            synapses.weights[:] = weights


class Checkpoint:
    """The state that steps change, copied again and again into the same place.

    Parameters
    ----------
    storage : Storage
    timebase : TimeBase
    delayed : bool
        Whether a step reads spikes of earlier steps.
    """

    def __init__(self, storage, timebase, delayed):
        self._storage, self._timebase = storage, timebase
        originals = [
            array for item in storage.populations for array in _changing_arrays(item, delayed)
        ]
        self._pairs = [(array, array.copy()) for array in originals]
        self.save()

    def save(self):
        """Copy the state of now."""
        self.step = self._timebase.step
        self._probes = [(probe.count, probe.due) for probe in self._storage.probes]
        for array, kept in self._pairs:
            np.copyto(kept, array)

    def put_back(self):
        """Return to the state of the last `save`."""
        self._timebase.step = self.step
        for probe, (count, due) in zip(self._storage.probes, self._probes, strict=True):
            probe.count, probe.due = count, due
        for array, kept in self._pairs:
            np.copyto(array, kept)


def _changing_arrays(population, delayed):
    arrays = list(population.variables.values())
    if delayed:
        arrays += [population.spikes, population.counts]
    if population.refractory:
        arrays += [population.until, population.held]
    return arrays


def _copy_population(population):
    return {
        "constants": dict(population.constants),
        "variables": {name: array.copy() for name, array in population.variables.items()},
        "refractory": population.refractory,
        "until": population.until.copy(),
        "held": population.held.copy(),
        "spikes": population.spikes.copy(),
        "counts": population.counts.copy(),
        "ring": (population.ring, population.n_threads),
    }


def _restore_population(population, saved):
    population.constants = dict(saved["constants"])
    population.refractory = saved["refractory"]
    for name, array in saved["variables"].items():
        population.variables[name][:] = array
    population.until[:] = saved["until"]
    population.held[:] = saved["held"]
    if (population.ring, population.n_threads) != saved["ring"]:
        population.remake_ring(*saved["ring"])
    population.spikes[:] = saved["spikes"]
    population.counts[:] = saved["counts"]


def _copy_synapses(synapses):
    weights = None if synapses.weights is None else synapses.weights.copy()
    return weights, float(synapses.scale[0]), synapses.delay
