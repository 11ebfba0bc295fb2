"""The whole state of a simulation, copied and put back at a step boundary."""

from dataclasses import dataclass

import numpy as np

from brian_nb.engine.revision import CountedDict, note_change
from brian_nb.engine.ring_copy import RingCopy
from brian_nb.errors import SimulationError


@dataclass(frozen=True)
class Snapshot:
    """Copies of everything that a step reads from the step before.

    Random draws need no copy: they are numbered by the step.
    """

    clocks: tuple
    stage: int
    populations: tuple
    synapses: tuple
    rules: tuple = ()
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
        tuple((item.step, item.origin, item.dt, item.end) for item in storage.timebases),
        stage,
        tuple(_copy_population(item) for item in storage.populations),
        tuple(item.take_snapshot() for item in storage.synapses),
        tuple(item.take_snapshot() for item in storage.rules),
        tuple(dict(item.constants) for item in storage.setters),
    )


def put_back(snapshot, storage):
    """Return to a snapshot of the same storage, and give its stage.

    Raises
    ------
    SimulationError
        The network has other parts now.
    """
    if not _fits(snapshot, storage):
        raise SimulationError(
            "this state does not fit the network, which has other groups or connections now",
            hint="store a state again after objects were added",
        )
    for timebase, saved in zip(storage.timebases, snapshot.clocks, strict=True):
        timebase.step, timebase.origin, timebase.dt, timebase.end = saved
    for population, saved in zip(storage.populations, snapshot.populations, strict=True):
        _restore_population(population, saved)
    for synapses, saved in zip(storage.synapses, snapshot.synapses, strict=True):
        synapses.put_back(saved)
    for rule, saved in zip(storage.rules, snapshot.rules, strict=True):
        rule.put_back(saved)
    if len(storage.setters) == len(snapshot.setters):  # inputs may have been given meanwhile
        for setter, constants in zip(storage.setters, snapshot.setters, strict=True):
            setter.constants.update(constants)
    note_change()
    return snapshot.stage


def _fits(snapshot, storage):
    """Whether a network has still the parts that were copied."""
    kept = (snapshot.clocks, snapshot.populations, snapshot.synapses, snapshot.rules)
    present = (storage.timebases, storage.populations, storage.synapses, storage.rules)
    return list(map(len, kept)) == list(map(len, present)) and all(
        map(_has_form, storage.populations, snapshot.populations)
    )


def _has_form(population, saved):
    if [*population.variables] != [*saved["variables"]]:
        return False
    return saved["own"] is not None or population.size == len(saved["until"])


class Checkpoint:
    """The state that steps change, copied again and again into the same place.

    Parameters
    ----------
    storage : Storage
    arrays : list of ndarray
        Those that the program writes, but for the rings of spikes and what goes with them.
    reads_past : bool
        Whether a segment may read spikes that were fired before it: earlier ones, or those of a
        step that was left for Python code.
    """

    def __init__(self, storage, arrays, reads_past):
        self._storage = storage
        self._arrivals = [item.arrivals for item in storage.synapses if item.arrivals]
        self._rings = [RingCopy(item) for item in storage.populations] if reads_past else []
        factors = [item.factors for item in storage.modulations]
        sums = [array for probe in storage.probes for array in probe.written_arrays()]
        originals = [*arrays, *(factors if reads_past else []), *sums]
        self._pairs = [(array, array.copy()) for array in originals]
        self._counters = [(probe, name) for probe in storage.probes for name in probe.counters]

    def save(self, stage):
        """Copy the state of now."""
        self._stage = stage
        self._steps = [timebase.step for timebase in self._storage.timebases]
        self._counts = [getattr(probe, name) for probe, name in self._counters]
        for array, kept in self._pairs:
            np.copyto(kept, array)
        for ring in self._rings:
            ring.save()
        for arrivals in self._arrivals:
            arrivals.save()

    def put_back(self):
        """Return to the state of the last `save`, and give its stage."""
        for timebase, step in zip(self._storage.timebases, self._steps, strict=True):
            timebase.step = step
        for (probe, name), count in zip(self._counters, self._counts, strict=True):
            setattr(probe, name, count)
        for supply, _ in self._storage.supplies:
            supply.rewind()
        for array, kept in self._pairs:
            np.copyto(array, kept)
        for ring in self._rings:
            ring.put_back()
        for arrivals in self._arrivals:
            arrivals.restore()
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
        "stand": population.copy_stand(),
        "own": population.copy_own(),
        "train": population.schedule and population.schedule.train,
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
    population.restore_stand(saved["stand"])
