"""Integrators, one file each; every one turns an equation system into a `StepUpdate`."""

from brian_nb.numerics.methods import backward_euler, euler, exact, exponential_euler, midpoint

METHODS = {
    "linear": exact,
    "Euler": euler,
    "RK": midpoint,
    "exponential_Euler": exponential_euler,
    "backward_Euler": backward_euler,
}
"""Integrators by the names that users type."""

__all__ = ["METHODS"]
