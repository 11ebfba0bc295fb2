"""Forward Euler: ``x + dt*f(x)``, with Euler-Maruyama noise.

Source: Kloeden & Platen 1992, Numerical Solution of Stochastic Differential Equations, 10.2.
"""

from brian_nb.equations.expressions import Name
from brian_nb.numerics.drift import needed_statics, split_drifts
from brian_nb.numerics.terms import DT, add, multiply
from brian_nb.numerics.update import StepUpdate

NAME = "Euler"
ORDER = 1
STRONG_ORDER = 0.5


def build_update(system, reason):
    """Give the step update of the explicit Euler method."""
    drifts = split_drifts(system)
    return StepUpdate(
        method=NAME,
        reason=reason,
        temporaries=needed_statics(system, _expressions(drifts)),
        assignments=tuple(
            (
                item.variable,
                add(Name(item.variable), multiply(DT, item.drift), item.noise_step()),
            )
            for item in drifts
        ),
    )


def _expressions(drifts):
    return [item.drift for item in drifts] + [item.noise_step() for item in drifts]
