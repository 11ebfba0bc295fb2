"""Updates with fewer operations in the time loop, equal but for rounding."""

from dataclasses import replace

from brian_nb.equations.collecting import Collector
from brian_nb.equations.expressions import substitute
from brian_nb.numerics.quotients import QuotientFiller
from brian_nb.numerics.sharing import share_exponentials


def simplify_update(update, system):
    """Take out of a step what need not be computed for each neuron, or in each step.

    Temporaries that are constant are put in where they are used, constant factors of products
    are put together, so that one number in a table holds them, quotients that are 0/0 at a point
    have their limit there, and exponentials are computed from others.

    Parameters
    ----------
    update : StepUpdate
    system : EquationSystem

    Returns
    -------
    StepUpdate
    """
    constants = Collector({*system.constants, "dt", *_shared_coefficients(update)})
    temporaries, fixed = _split_fixed(update.temporaries, constants)
    assignments = [(name, substitute(value, fixed)) for name, value in update.assignments]
    product = update.product
    if product:
        inputs = tuple(substitute(item, fixed) for item in product.inputs)
        product = replace(product, inputs=inputs)
    filler = QuotientFiller(constants)
    temporaries, assignments = _change(filler.fill, temporaries), _change(filler.fill, assignments)
    temporaries, assignments = share_exponentials(
        temporaries, assignments, constants, filler.filled
    )
    return replace(
        update,
        temporaries=_change(constants.collect, temporaries),
        assignments=_change(constants.collect, assignments),
        product=product,
    )


def _change(change, values):
    return tuple((name, change(value)) for name, value in values)


def _split_fixed(temporaries, constants):
    """Those that change, and the values of those that do not, each put in where it is used."""
    moving, fixed = [], {}
    for name, expression in temporaries:
        value = substitute(expression, fixed)
        if constants.is_constant(value):
            fixed[name] = value
        else:
            moving.append((name, value))
    return moving, fixed


def _shared_coefficients(update):
    found = update.coefficients
    return () if found is None or found.per_neuron or found.shape else found.names
