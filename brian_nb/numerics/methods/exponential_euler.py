"""Exponential Euler: each equation is solved exactly with all other variables held.

Where ``dx/dt = a*x + b``, the step is ``x + dt*(a*x + b)*exprel(a*dt)``, with
``exprel(z) = (exp(z) - 1)/z``; this form has no pole at ``a = 0``.

Source: Hochbruck & Ostermann 2010, Acta Numerica 19:209, section 2.1.
"""

from brian_nb.numerics.conditional import split_own, step_alone
from brian_nb.numerics.drift import needed_statics, split_drifts
from brian_nb.numerics.terms import add
from brian_nb.numerics.update import StepUpdate

NAME = "exponential_Euler"
ORDER = 1
STRONG_ORDER = 0.5


def build_update(system, reason):
    """Give the step update of the exponential Euler method.

    Raises
    ------
    EquationError
        An equation is not linear in its own variable.
    """
    assignments = tuple(
        (
            item.variable,
            add(step_alone(split_own(system, item, "exponential Euler")), item.noise_step()),
        )
        for item in split_drifts(system)
    )
    return StepUpdate(
        method=NAME,
        reason=reason,
        temporaries=needed_statics(system, [value for _, value in assignments]),
        assignments=assignments,
    )
