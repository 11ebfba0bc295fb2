"""Exponential Euler: each equation is solved exactly with all other variables held.

Where ``dx/dt = a*x + b``, the step is ``x + dt*(a*x + b)*exprel(a*dt)``, with
``exprel(z) = (exp(z) - 1)/z``; this form has no pole at ``a = 0``.

Source: Hochbruck & Ostermann 2010, Acta Numerica 19:209, section 2.1.
"""

from brian_nb.diagnostics import Diagnostic, Mark
from brian_nb.equations.affine import decompose_affine
from brian_nb.equations.expressions import Name, names_in, substitute
from brian_nb.errors import EquationError
from brian_nb.numerics.drift import needed_statics, split_drifts
from brian_nb.numerics.terms import DT, add, call, multiply
from brian_nb.numerics.update import StepUpdate

NAME = "exponential_Euler"
ORDER = 1


def build_update(system, reason):
    """Give the step update of the exponential Euler method.

    Raises
    ------
    EquationError
        An equation is not linear in its own variable.
    """
    drifts = split_drifts(system)
    assignments = tuple(_step(system, item) for item in drifts)
    return StepUpdate(
        method=NAME,
        reason=reason,
        temporaries=needed_statics(system, [value for _, value in assignments]),
        assignments=assignments,
    )


def _step(system, item):
    own = Name(item.variable)
    affine = decompose_affine(_inline_dependent(system, item), [item.variable])
    if affine is None:
        raise EquationError(
            Diagnostic(
                f"d{item.variable}/dt is not linear in {item.variable}, "
                "so exponential Euler cannot step it",
                marks=(Mark(system.span_of(item.variable)),),
                hint="use method='backward_Euler', or 'Euler' or 'RK', for this group",
            )
        )
    slope = affine.coefficients.get(item.variable)
    if slope is None:
        return item.variable, add(own, multiply(DT, affine.rest), item.noise_step())
    rate = add(multiply(slope, own), affine.rest)
    growth = multiply(DT, call("exprel", multiply(slope, DT)))
    return item.variable, add(own, multiply(rate, growth), item.noise_step())


def _inline_dependent(system, item):
    """Put the static equations that depend on the variable into its drift, and leave the rest."""
    inlined = {}
    for static in system.statics:
        expression = substitute(static.expression, inlined)
        if item.variable in names_in(expression):
            inlined[static.name] = expression
    return substitute(item.drift, inlined)
