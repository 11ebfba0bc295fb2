"""Integrators, one file each; every one turns an equation system into a `StepUpdate`."""

from brian_nb.numerics.methods import (
    backward_euler,
    closed_form,
    euler,
    exact,
    exact_noise,
    exponential_euler,
    exponential_rk2,
    heun,
    midpoint,
    milstein,
    rk4,
)

METHODS = {
    "linear": exact,
    "exact": closed_form,
    "exact_noise": exact_noise,
    "Euler": euler,
    "Milstein": milstein,
    "RK": midpoint,
    "Heun": heun,
    "RK4": rk4,
    "exponential_Euler": exponential_euler,
    "exponential_RK2": exponential_rk2,
    "backward_Euler": backward_euler,
}
"""Integrators by the names that users type."""

__all__ = ["METHODS"]
