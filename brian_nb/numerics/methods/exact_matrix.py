"""Exact step of a large linear system, as one product of a matrix and a vector.

The formulas of `exact` grow with the square of the number of variables; a cable of a hundred
compartments would be ten thousand terms of source to compile. Here the terms stay in a matrix:
``X <- [A F] [X b]``, with the drives ``b`` that are not zero.
"""

import numpy as np

from brian_nb.equations.expressions import Name
from brian_nb.numerics.terms import add, is_number
from brian_nb.numerics.update import Coefficients, MatrixProduct

MATRIX = "propagator"


def make_product(linear, per_neuron, exponentiate):
    """The step of a linear system as a product.

    Parameters
    ----------
    linear : LinearSystem
    per_neuron : bool
        Whether each neuron has a matrix of its own.
    exponentiate : callable
        Maps values to flow and drive matrix, each float64[..., k, k].

    Returns
    -------
    MatrixProduct, Coefficients
    """
    driven = [k for k, term in enumerate(linear.drive) if not is_number(term, 0.0)]
    inputs = (*map(Name, linear.variables), *(linear.drive[k] for k in driven))
    outputs = tuple(map(_output_name, linear.variables))

    def compute(values):
        flow, drive = exponentiate(linear, values)
        return {MATRIX: np.concatenate([flow, drive[..., driven]], axis=-1)}

    shape = (len(outputs), len(inputs))
    return (
        MatrixProduct(MATRIX, inputs, outputs),
        Coefficients((MATRIX,), per_neuron, compute, shape),
    )


def assign_outputs(linear, noise):
    """New values of the variables: the product, and what noise adds to it."""
    return tuple(
        (variable, add(Name(_output_name(variable)), noise[variable]))
        for variable in linear.variables
    )


def _output_name(variable):
    return f"moved_{variable}"
