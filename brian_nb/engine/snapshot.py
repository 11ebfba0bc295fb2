"""The whole state of a simulation, copied and put back at a step boundary."""

from dataclasses import dataclass

import numpy as np

from brian_nb.engine.revision import CountedDict, note_change


@dataclass(frozen=True)
class Snapshot:
    """Copies of everything that a step reads from the step before.

    Random draws need no copy: they are numbered by the step.
    """

    clocks: tuple
    stage: int
    populations: tuple
    synapses: tuple
    rules: tuple
    setters: tuple = ()

    @property
    def step(self):
        """Steps that the fastest clock had done."""
        return min(self.clocks, key=lambda clock: clock[2])[0]


def take_snapshot(storage, stage=0):
    """Copy the state.

    Parameters
    ----------
    storage : Storage
    stage : int
        Which call of Python code within the step comes next; 0 between steps.

    Returns
    -------
    Snapshot
    """
    return Snapshot(
        tuple((item.step, item.origin, item.dt) for item in storage.timebases),
        stage,
        tuple(_copy_population(item) for item in storage.populations),
        tuple(_copy_synapses(item) for item in storage.synapses),
        tuple(item.copy() for item in storage.rules),
        tuple(dict(item.constants) for item in storage.setters),
    )


def put_back(snapshot, storage):
    """Return to a snapshot of the same storage, and give its stage."""
    note_change()
    for timebase, saved in zip(storage.timebases, snapshot.clocks, strict=True):
        timebase.step, timebase.origin, timebase.dt = saved
    for population, saved in zip(storage.populations, snapshot.populations, strict=True):
        _restore_population(population, saved)
    for synapses, (weights, scale, delay) in zip(storage.synapses, snapshot.synapses, strict=True):
        synapses.scale[0], synapses.delay = scale, delay
        if weights is not None:
            synapses.weights[:] = weights
    if len(storage.setters) == len(snapshot.setters):  # inputs may have been given meanwhile
        for setter, constants in zip(storage.setters, snapshot.setters, strict=True):
            setter.constants.update(constants)
    for rule, saved in zip(storage.rules, snapshot.rules, strict=True):
        rule.restore(saved)
    return snapshot.stage


class Checkpoint:
    """The state that steps change, copied again and again into the same place.

    Parameters
    ----------
    storage : Storage
    arrays : list of ndarray
        Those that the program writes, but for the rings of spikes and what goes with them.
    delayed : bool
        Whether a step reads spikes of earlier steps.
    """

    def __init__(self, storage, arrays, delayed):
        self._storage = storage
        rings = [array for item in storage.populations for array in (item.spikes, item.counts)]
        rings += [item.factors for item in storage.modulations]
        sums = [array for probe in storage.probes for array in probe.written_arrays()]
        originals = [*arrays, *(rings if delayed else []), *sums]
        self._pairs = [(array, array.copy()) for array in originals]
        self._counters = [(probe, name) for probe in storage.probes for name in probe.counters]

    def save(self, stage):
        """Copy the state of now."""
        self._stage = stage
        self._steps = [timebase.step for timebase in self._storage.timebases]
        self._counts = [getattr(probe, name) for probe, name in self._counters]
        for array, kept in self._pairs:
            np.copyto(kept, array)

    def put_back(self):
        """Return to the state of the last `save`, and give its stage."""
        for timebase, step in zip(self._storage.timebases, self._steps, strict=True):
            timebase.step = step
        for supply, _ in self._storage.supplies:
            supply.rewind()
        for (probe, name), count in zip(self._counters, self._counts, strict=True):
            setattr(probe, name, count)
        for array, kept in self._pairs:
            np.copyto(array, kept)
        return self._stage

    def step_of(self, timebase):
        """Step of a clock at the last `save`."""
        return self._steps[self._storage.timebases.index(timebase)]


def _copy_population(population):
    return {
        "constants": dict(population.constants),
        "variables": {name: array.copy() for name, array in population.variables.items()},
        "refractory": population.refractory,
        "silence": population.silence,
        "until": population.until.copy(),
        "silent_until": population.silent_until.copy(),
        "held": population.held.copy(),
        "spikes": population.spikes.copy(),
        "counts": population.counts.copy(),
        "ring": (population.ring, population.n_threads),
        "train": population.schedule and population.schedule.train,
        "own": population.copy_own(),
    }


def _restore_population(population, saved):
    population.constants = CountedDict(saved["constants"])
    population.refractory = saved["refractory"]
    population.restore_own(saved["own"])
    population.silence = saved["silence"]
    for name, array in saved["variables"].items():
        population.variables[name][:] = array
    population.until[:] = saved["until"]
    population.silent_until[:] = saved["silent_until"]
    population.held[:] = saved["held"]
    if (population.ring, population.n_threads) != saved["ring"]:
        population.remake_ring(*saved["ring"])
    if population.schedule:
        population.schedule.replace(saved["train"])
    population.spikes[:] = saved["spikes"]
    population.counts[:] = saved["counts"]


def _copy_synapses(synapses):
    weights = None if synapses.weights is None else synapses.weights.copy()
    return weights, float(synapses.scale[0]), synapses.delay
