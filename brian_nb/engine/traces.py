"""The state of variables that are brought up to date at events, instead of in each step."""

from threading import RLock

import numpy as np

from brian_nb.engine.state import PopulationState
from brian_nb.equations.expressions import evaluate, names_in
from brian_nb.kernels import allocate
from brian_nb.numerics import ELAPSED

MOST_TARGETS = 1 << 32
"""Pairs of neurons are numbered by source and target, whose numbers are of 32 bits."""


class TraceState(PopulationState):
    """Values of variables of a rule at synapses, in steps or from event to event.

    Where they go from event to event, `variables` hold the values of different times; `present`
    gives those of one time. Time counts as in stepped equations: what is set before a step has
    changed for one step when a spike of that step reads it.

    Parameters
    ----------
    size, variables, constants
        See `PopulationState`.

    Attributes
    ----------
    last : float64[size], second
        Time to which the variables of each element have been brought.
    known_to : float64[1], second
        Time up to which the simulation has come.
    lock : RLock
        Held by whoever reads values of one time or replaces arrays, and while compiled code works
        on them.
    """

    can_fire = False
    remade = {"lock": RLock}

    def __init__(self, size, variables, constants):
        super().__init__(size, variables, constants)
        self.lock = RLock()
        self.last = allocate(size, np.float64)
        self.known_to = allocate(1, np.float64)
        self._flows, self._used, self._dt = (), {}, None
        self._rows, self._columns = np.zeros(1, np.int64), np.empty(0, np.uint32)

    def follow(self, flows, timebase):
        """Go on by these flows; what has passed till now went by those before.

        Parameters
        ----------
        flows : tuple of (str, Expression)
            As of a `StepUpdate`; none where the variables are stepped.
        timebase : TimeBase
            Time may have been set to another value meanwhile, or have other steps.
        """
        names = {name for _, flow in flows for name in names_in(flow)}
        used = {name: value for name, value in self.constants.items() if name in names}
        ahead = (self.known_to[0] - timebase.t) / timebase.dt
        goes_on = self._dt == timebase.dt and -1.5 < ahead < 0.5
        if goes_on and flows == self._flows and used == self._used:
            return
        self.settle()
        if not goes_on:
            self.known_to[0] = timebase.t - timebase.dt
        self.last[:] = np.maximum(self.last, self.known_to) if goes_on else self.known_to
        self._flows, self._used, self._dt = flows, used, timebase.dt

    def fit_synapses(self, synapses):
        """Have an element for each synapse; where there were synapses already, values stay.

        Parameters
        ----------
        synapses : SynapseState
        """
        with self.lock:
            if self._rows is not synapses.rows:
                self._take_synapses(synapses)

    def _take_synapses(self, synapses):
        before = self._rows, self._columns
        self._rows, self._columns = after = synapses.rows, synapses.columns
        if all(map(np.array_equal, before, after)):
            return  # the same synapses, in a copy or laid anew
        self.settle()
        keys, earlier_keys = _number_pairs(*after), _number_pairs(*before)
        _, places, origins = np.intersect1d(
            keys, earlier_keys, assume_unique=True, return_indices=True
        )
        earlier = self.variables
        self._resize(max(1, len(keys)))
        for name, values in self.variables.items():
            values[places] = earlier[name][origins]

    def _resize(self, size):
        PopulationState.__init__(self, size, tuple(self.variables), self.constants)
        self.last = allocate(size, np.float64)
        self.last[:] = self.known_to

    def present(self):
        with self.lock:
            return self._solve()

    def _solve(self):
        elapsed = np.maximum(self.known_to - self.last, 0.0)
        known = {**self._used, **self.variables, ELAPSED.name: elapsed}
        values = {name: array.copy() for name, array in self.variables.items()}
        values |= {name: evaluate(flow, known) for name, flow in self._flows}
        for array in values.values():
            array.flags.writeable = False
        return values

    def settle(self):
        with self.lock:
            for name, values in self._solve().items():
                self.variables[name][:] = values
            self.last[:] = np.maximum(self.last, self.known_to)

    def copy_own(self):
        arrays = self.last.copy(), self.known_to.copy()
        return *arrays, self._flows, self._used, self._dt, self._rows, self._columns

    def restore_own(self, saved):
        last, self.known_to[:], *others = saved
        if len(last) != self.size:
            self._resize(len(last))
        self.last[:] = last
        self._flows, self._used, self._dt, self._rows, self._columns = others


def _number_pairs(rows, columns):
    """Synapses by a number for the pair of their neurons, int64[n_synapses]."""
    sources = np.repeat(np.arange(len(rows) - 1), np.diff(rows))
    return sources * MOST_TARGETS + columns
