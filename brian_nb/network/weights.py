"""Weights and delays in any form a user may give, as SI numbers for given rows of synapses."""

import inspect

import numpy as np

from brian_nb.errors import WiringError
from brian_nb.network.quantities import check_dimension, to_si


def evaluate_weight(weight, rows, dimension, what):
    """Weights of synapses.

    Parameters
    ----------
    weight : Quantity, number, or function
        A function of no arguments is called for each synapse; one of ``(i, j)`` is called for each
        row, with `i` a number and `j` the array of the targets of that row.
    rows : Rows
        Counted within the groups that are being connected.
    dimension : Dimension
        Dimension of the target variable.
    what : str
        Whose weight it is, for messages.

    Returns
    -------
    float or float64[n]
        In SI units.

    Raises
    ------
    WiringError
        It is an array.
    DimensionMismatchError
        It has another dimension.
    """
    if not callable(weight):
        return _read_number(weight, dimension, what)
    n_synapses = len(rows.targets)
    if count_arguments(weight) == 0:
        values = (_si(weight(), dimension, what) for _ in range(n_synapses))
        return np.fromiter(values, np.float64, n_synapses)
    values = np.empty(n_synapses)
    for source in np.flatnonzero(np.diff(rows.starts)):
        own = slice(rows.starts[source], rows.starts[source + 1])
        targets = rows.targets[own].astype(np.int64)
        values[own] = _si(weight(int(source), targets), dimension, what)
    return values


def count_arguments(function):
    """Number of arguments that a function needs; 2 where it does not say."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return 2
    return sum(
        parameter.default is parameter.empty
        and parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        for parameter in parameters
    )


def _read_number(value, dimension, what):
    if np.ndim(value):
        raise WiringError(
            f"{what} is one for all synapses here, not an array of the shape {np.shape(value)}",
            hint="give a number, a function of (i, j), or a matrix of all pairs to connect(W=...)",
        )
    return float(to_si(value, dimension, what))


def _si(value, dimension, what):
    """A value that a function gave; arrays carry no unit, so only scalars are checked."""
    if np.ndim(value) == 0:
        check_dimension(value, dimension, what)
        return float(value)
    return np.asarray(value, np.float64)
