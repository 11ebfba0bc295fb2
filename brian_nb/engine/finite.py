"""States that are no numbers: where they are, and what to tell the user."""

from dataclasses import dataclass

import numpy as np

from brian_nb.diagnostics import Diagnostic
from brian_nb.errors import SimulationError


@dataclass(frozen=True)
class BadState:
    """One variable that is no longer a finite number in some neurons."""

    group: str
    population: int
    variable: str
    neurons: np.ndarray
    value: float

    def find_clock(self, model):
        """Position of the clock in whose steps it came about."""
        return model.populations[self.population].clock

    def to_error(self, storage, timebase):
        """The error to raise, when the simulation is back at the last step that was well.

        Parameters
        ----------
        storage : Storage
        timebase : TimeBase
            The clock in whose steps it came about.
        """
        neuron = int(self.neurons[0])
        last = storage.populations[self.population].variables[self.variable][neuron]
        others = f" and {len(self.neurons) - 1} more" if len(self.neurons) > 1 else ""
        notes = (
            f"last finite value of {self.variable}[{neuron}]: {last:.6g} (SI units)",
            "the run stopped before that step; what was recorded up to it is kept",
        )
        hint = (
            "look for a division by zero, a wrong sign or too long a time step "
            "in the equations of this variable"
        )
        if not np.isfinite(last):
            notes = ("no equation made it so: it was set in Python, or is so since an earlier run",)
            hint = (
                f"set {self.variable} of {self.group} anew before the next run; if it comes "
                "back, look for what sets it: a function that a run calls, or a cell"
            )
        return SimulationError(
            Diagnostic(
                f"{self.variable} of {self.group} became {self.value} at t = "
                f"{timebase.t * 1e3:.6g} ms, in neuron {neuron}{others}",
                notes=notes,
                hint=hint,
            )
        )


@dataclass(frozen=True)
class BadWeight:
    """Weights of synapses that are no longer finite numbers."""

    connection: str
    synapses: int
    source: int
    target: int
    n_others: int
    place: int
    value: float

    def find_clock(self, model):
        """Position of the clock in whose steps it came about."""
        return model.clock_of(model.synapses[self.synapses])

    def to_error(self, storage, timebase):
        """The error to raise, when the simulation is back at the last step that was well."""
        last = storage.synapses[self.synapses].weights[self.place]
        pair = f"({self.source}, {self.target})"
        others = f" and {self.n_others} more" if self.n_others else ""
        return SimulationError(
            Diagnostic(
                f"the weight w of {self.connection} became {self.value} at t = "
                f"{timebase.t * 1e3:.6g} ms, at the synapse {pair}{others}",
                notes=(
                    f"last finite weight of {pair}: {last:.6g} (SI units)",
                    "the run stopped before that step; what was recorded up to it is kept",
                ),
                hint="look for a division by zero or an overflow in the statements that change w",
            )
        )


def find_bad_state(model, checked, storage):
    """Find the first variable with values that are not finite.

    Parameters
    ----------
    model : NetworkModel
    checked : sequence of (int, str)
        Variables to look at, each with its population.
    storage : Storage

    Returns
    -------
    BadState or BadWeight
    """
    for index, variable in checked:
        array = storage.populations[index].variables[variable]
        bad = np.flatnonzero(~np.isfinite(array))
        if len(bad):
            name = model.populations[index].name
            return BadState(name, index, variable, bad, float(array[bad[0]]))
    return _find_bad_weight(model, storage)


def _find_bad_weight(model, storage):
    for rule in model.plasticities:
        synapses = storage.synapses[rule.synapses]
        bad = np.flatnonzero(~np.isfinite(synapses.read_weights()))
        if len(bad):
            place = int(bad[0])
            source = int(np.searchsorted(synapses.rows, place, side="right")) - 1
            target = int(synapses.columns[place])
            name, value = model.synapses[rule.synapses].name, float(synapses.weights[place])
            return BadWeight(name, rule.synapses, source, target, len(bad) - 1, place, value)
    raise AssertionError("all state variables and weights are finite")
