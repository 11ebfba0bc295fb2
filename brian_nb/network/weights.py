"""Weights in any form a user may give, as SI numbers for given pairs of neurons."""

import inspect

import numpy as np

from brian_nb.network.quantities import check_dimension, to_si


def evaluate_weight(weight, pre, post, dimension, what):
    """Weights of pairs of neurons.

    Parameters
    ----------
    weight : Quantity, number, or function
        A function of no arguments is called for each synapse; one of ``(i, j)`` is called for each
        row, with `i` a number and `j` the array of the targets of that row.
    pre, post : int64[n]
        Numbers within the groups that are being connected.
    dimension : Dimension
        Dimension of the target variable.
    what : str
        Whose weight it is, for messages.

    Returns
    -------
    float or float64[n]
        In SI units.
    """
    if not callable(weight):
        return float(to_si(weight, dimension, what))
    if _n_arguments(weight) == 0:
        return np.array([_si(weight(), dimension, what) for _ in pre])
    return _evaluate_rows(weight, np.asarray(pre), np.asarray(post), dimension, what)


def _evaluate_rows(weight, pre, post, dimension, what):
    values = np.empty(len(pre))
    order = np.argsort(pre, kind="stable")
    sources, starts = np.unique(pre[order], return_index=True)
    for source, own in zip(sources, np.split(order, starts[1:]), strict=True):
        row = weight(int(source), post[own])
        values[own] = _si(row, dimension, what)
    return values


def _si(value, dimension, what):
    """A weight that a function gave; arrays carry no unit, so only scalars are checked."""
    if np.ndim(value) == 0:
        check_dimension(value, dimension, what)
        return float(value)
    return np.asarray(value, np.float64)


def _n_arguments(function):
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return 2
    return sum(
        parameter.default is parameter.empty
        and parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        for parameter in parameters
    )
