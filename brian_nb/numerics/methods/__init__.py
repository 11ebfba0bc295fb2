"""Integrators, one file each; every one turns an equation system into a `StepUpdate`."""

from brian_nb.numerics.methods import (
    backward_euler,
    euler,
    exact,
    exact_noise,
    exponential_euler,
    midpoint,
)

METHODS = {
    "linear": exact,
    "exact_noise": exact_noise,
    "Euler": euler,
    "RK": midpoint,
    "exponential_Euler": exponential_euler,
    "backward_Euler": backward_euler,
}
"""Integrators by the names that users type."""

__all__ = ["METHODS"]
