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

    def to_error(self, storage, timebase):
        """The error to raise, when the simulation is back at the last step that was well.

        Parameters
        ----------
        storage : Storage
        timebase : TimeBase
            The clock of the group.
        """
        neuron = int(self.neurons[0])
        last = storage.populations[self.population].variables[self.variable][neuron]
        others = f" and {len(self.neurons) - 1} more" if len(self.neurons) > 1 else ""
        return SimulationError(
            Diagnostic(
                f"{self.variable} of `{self.group}` became {self.value} at t = "
                f"{timebase.t * 1e3:.6g} ms, in neuron {neuron}{others}",
                notes=(
                    f"last finite value of {self.variable}[{neuron}]: {last:.6g} (SI units)",
                    "the run stopped before that step; what was recorded up to it is kept",
                ),
                hint="look for a division by zero, a wrong sign or too long a time step "
                "in the equations of this variable",
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
    """
    for index, variable in checked:
        array = storage.populations[index].variables[variable]
        bad = np.flatnonzero(~np.isfinite(array))
        if len(bad):
            name = model.populations[index].name
            return BadState(name, index, variable, bad, float(array[bad[0]]))
    raise AssertionError("all state variables are finite")
