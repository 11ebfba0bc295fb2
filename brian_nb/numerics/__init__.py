"""From equations to the update of one time step.

Takes: a population, and which of its variables change by other means.
Gives: a `StepUpdate`: what to compute for each neuron in each step, as expressions, with the
integrator that was chosen and the reason for the choice.
Must not know: arrays, loops, kernels.
"""

from brian_nb.numerics.choose import choose_update
from brian_nb.numerics.methods.event_driven import find_obstacle as find_event_obstacle
from brian_nb.numerics.update import ELAPSED, Coefficients, StepUpdate

__all__ = ["ELAPSED", "Coefficients", "StepUpdate", "choose_update", "find_event_obstacle"]
