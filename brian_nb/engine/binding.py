"""What the tables of a program hold for one simulation."""

from math import prod

import numpy as np

from brian_nb.engine.timebase import TOLERANCE, find_due
from brian_nb.equations.expressions import evaluate
from brian_nb.kernels import allocate

BARRIER_SIZE = 16
POPULATION_STATE = ("state", "until", "silent_until", "held", "last", "known_to")


class Binding:
    """Arrays, numbers and integers of one program, in the order of its tables.

    Parameters
    ----------
    model : NetworkModel
    program : Program
    updates : sequence of StepUpdate
    storage : Storage
    seed : int
        63-bit seed of all random draws.

    Attributes
    ----------
    stage : int
        Where the present step was left for Python code; 0 between steps.
    call : int
        Position of the code that has its turn then.
    """

    def __init__(self, model, program, updates, storage, seed):
        self._program, self._updates, self._storage = program, updates, storage
        self._seed = seed
        self.stage = self.call = 0
        self._clock_of = [storage.timebases[item.clock] for item in model.populations]
        self._clock_of_synapses = [
            storage.timebases[model.clock_of(item)] for item in model.synapses
        ]
        self._plastic = {item.synapses for item in model.plasticities}
        self._traces = [
            (storage.populations[place], updates[place].flows, self._clock_of[place])
            for rule in (*model.plasticities, *model.modulations)
            for _, place in rule.traces
        ]
        self._probes = [
            (probe, storage.timebases[item.clock])
            for item, probe in zip(model.probes, storage.probes, strict=True)
        ]
        self.numbers = allocate(max(1, len(program.numbers)), np.float64)
        self._integers = allocate(max(1, len(program.integers)), np.int64)
        self.integers = memoryview(self._integers)  # faster than the array, item by item
        self._barrier = allocate(BARRIER_SIZE, np.int64)
        self._times = [allocate(3, np.float64) for _ in storage.timebases]
        self._coefficients = {}
        self._parameters_of = {
            index: tuple(item.name for item in model.populations[index].system.parameters)
            for index, update in enumerate(updates)
            if update.coefficients and (update.coefficients.per_neuron or update.coefficients.shape)
        }
        self._derived_from, self._numbers_from = {}, {}
        places = {(slot.part, slot.index, slot.role): k for k, slot in enumerate(program.integers)}
        self._stops = [places["clock", k, "stop"] for k in range(len(storage.timebases))]
        self._counters = [
            (
                place,
                self if slot.part == "network" else storage.part(slot.part, slot.index),
                slot.role,
            )
            for place, slot in enumerate(program.integers)
            if slot.saved
        ]

    def arrays(self):
        """Arrays for one thread, its scratch space its own."""
        return [*self._heads(), *map(self._find_array, self._program.arrays)]

    def probe_arrays(self, is_chosen):
        """Arrays of some probes, each with its place in the table.

        Parameters
        ----------
        is_chosen : list of bool
            For each probe.
        """
        return [
            (place, self._find_array(slot))
            for place, slot in enumerate(self._program.arrays, start=len(self._heads()))
            if slot.part == "probe" and is_chosen[slot.index]
        ]

    def written_arrays(self):
        """State arrays that the program may write, but for the spike rings."""
        return [
            self._find_array(slot)
            for slot in self._program.arrays
            if (slot.part == "population" and slot.role in POPULATION_STATE)
            or (slot.role == "weight_table" and slot.index in self._plastic)
        ]

    def write_sizes(self):
        """Set the integers that stay as they are during a segment: sizes, delays, periods."""
        for place, slot in enumerate(self._program.integers):
            self.integers[place] = self._find_integer(slot)

    def write_probe_sizes(self, is_chosen):
        """The same for some probes, as `probe_arrays`."""
        for place, slot in enumerate(self._program.integers):
            if slot.part == "probe" and is_chosen[slot.index]:
                self.integers[place] = self._find_integer(slot)

    def write_values(self):
        """Bring the numbers that derive from constants, parameters and dt up to date."""
        tolerance = TOLERANCE * min(timebase.dt for timebase in self._storage.timebases)
        for times, timebase in zip(self._times, self._storage.timebases, strict=True):
            times[:] = timebase.origin, timebase.dt, tolerance
        for traces, flows, timebase in self._traces:
            traces.follow(flows, timebase)
        for index, population in enumerate(self._storage.populations):
            self._derive_numbers(index, population)
        for index, plasticity in enumerate(self._storage.plasticities):
            self._write_numbers("plasticity", index, plasticity.constants)
        self._derive_further_numbers()
        self.write_coefficients()

    def write_coefficients(self):
        """Bring coefficients that differ between neurons up to date with their parameters."""
        for index in self._parameters_of:
            self._derive_coefficients(index)

    def begin_probes(self):
        """Let the probes record from now on: from the next step where their turn is over."""
        timebases = self._storage.timebases
        due = timebases[find_due(timebases)] if self.stage else None
        for place, (probe, timebase) in enumerate(self._probes):
            probe.begin(timebase)
            is_over = timebase is due and self._program.probe_stages[place] < self.stage
            probe.align(timebase.step + is_over)

    def write_counters(self, stops):
        """Set the integers that a segment changes, and the steps before which clocks stop."""
        for place, stop in zip(self._stops, stops, strict=True):
            self.integers[place] = stop
        for place, owner, role in self._counters:
            self.integers[place] = getattr(owner, role)

    def read_counters(self):
        """Take the integers back that a segment has changed."""
        for place, owner, role in self._counters:
            setattr(owner, role, self.integers[place])

    # -- arrays ----------------------------------------------------------------------------

    def _heads(self):
        """What lies before the arrays of the program in the table."""
        return self.numbers, self._integers

    def _find_array(self, slot):
        if slot.role == "scratch":
            return allocate(slot.length, np.float64)
        if slot.part == "network":
            return self._barrier
        if slot.part == "clock":
            return self._times[slot.index]
        if slot.role == "state":
            return self._storage.populations[slot.index].variables[slot.name]
        if slot.role == "coefficient":
            return self._find_coefficient(slot)
        return getattr(self._storage.part(slot.part, slot.index), slot.role)

    def _find_coefficient(self, slot):
        key = slot.index, slot.name
        if key not in self._coefficients:
            coefficients = self._updates[slot.index].coefficients
            n_own = self._storage.populations[slot.index].size if coefficients.per_neuron else 1
            self._coefficients[key] = allocate(n_own * prod(coefficients.shape), np.float64)
        return self._coefficients[key]

    # -- integers --------------------------------------------------------------------------

    def _find_integer(self, slot):
        if slot.part == "network":
            return {"seed": self._seed, "stage": 0, "call": 0}[slot.role]
        if slot.role == "stop":
            return 0
        part = self._storage.part(slot.part, slot.index)
        if slot.role == "refractory_steps":
            return self._clock_of[slot.index].steps_in(part.refractory)
        if slot.role == "silence_steps":
            return self._clock_of[slot.index].steps_in(part.silence)
        if (slot.part, slot.role) == ("synapses", "delay_steps"):
            return self._clock_of_synapses[slot.index].steps_in(part.delay)
        return getattr(part, slot.role)

    # -- numbers ---------------------------------------------------------------------------

    def _derive_numbers(self, index, population):
        """Compute lifted constants and the coefficients that all neurons share, if any changed."""
        coefficients = self._updates[index].coefficients
        values = dict(population.constants, dt=self._clock_of[index].dt)
        if values == self._numbers_from.get(index):
            return
        self._numbers_from[index] = dict(values)
        if coefficients and index not in self._parameters_of:
            values |= coefficients.compute(values)
        self._write_numbers("population", index, values)

    def _write_numbers(self, part, index, values):
        for place, slot in enumerate(self._program.numbers):
            if (slot.part, slot.index) == (part, index):
                self.numbers[place] = evaluate(slot.expression, values)

    def _derive_further_numbers(self):
        """Compute the numbers of setters and tables."""
        for place, slot in enumerate(self._program.numbers):
            if slot.part in ("setter", "table"):
                constants = self._storage.part(slot.part, slot.index).constants
                self.numbers[place] = evaluate(slot.expression, constants)

    def _derive_coefficients(self, index):
        """Compute the coefficients of each neuron, unless nothing they come from has changed."""
        population, coefficients = (
            self._storage.populations[index],
            self._updates[index].coefficients,
        )
        constants = dict(population.constants, dt=self._clock_of[index].dt)
        parameters = {name: population.variables[name] for name in self._parameters_of[index]}
        if _equal((constants, parameters), self._derived_from.get(index)):
            return
        copies = {name: array.copy() for name, array in parameters.items()}
        self._derived_from[index] = constants, copies
        found = coefficients.compute(constants | parameters)
        for name in coefficients.names:
            if (index, name) in self._coefficients:
                self._coefficients[index, name][:] = _flatten(found[name], coefficients.shape)


def _flatten(coefficient, shape):
    """A coefficient of each neuron as one row of memory; matrices lie column by column."""
    return np.moveaxis(coefficient, -1, -2).ravel() if shape else coefficient


def _equal(origin, earlier):
    return (
        earlier is not None
        and origin[0] == earlier[0]
        and all(np.array_equal(array, earlier[1][name]) for name, array in origin[1].items())
    )
