"""The sparseness of connections as a user gives it: a probability, or one for each pair."""

from numbers import Real

import numpy as np

from brian_nb.engine import Rows
from brian_nb.errors import ModelError, WiringError
from brian_nb.network.quantities import to_si
from brian_nb.network.weights import count_arguments
from brian_nb.units import DIMENSIONLESS

_HINT = "give a number, or a function of (i, j) that gives one for each target in the array j"


def read_sparseness(sparseness, what):
    """A probability, or the function that gives those of all pairs.

    Parameters
    ----------
    sparseness : number or function
    what : str
        Whose sparseness it is, for messages.

    Returns
    -------
    float or function

    Raises
    ------
    WiringError
        It is neither, or no probability.
    DimensionMismatchError
        It has a unit.
    """
    if callable(sparseness):
        if count_arguments(sparseness) != 2:
            raise WiringError(f"{what} as a function takes two arguments", hint=_HINT)
        return sparseness
    if not isinstance(sparseness, Real):
        raise WiringError(
            f"{what} is a probability between 0 and 1, not {sparseness!r}", hint=_HINT
        )
    probability = float(to_si(sparseness, DIMENSIONLESS, what))
    if not 0 <= probability <= 1:
        raise WiringError(f"{what} is a probability between 0 and 1, not {sparseness!r}")
    return probability


def draw_rows_by(function, n_source, n_target, what, generator):
    """Every pair with a probability of its own.

    Parameters
    ----------
    function : callable
        ``function(i, j)`` with the number of a source and the array of all targets gives the
        probabilities of their synapses, one or float64[n_target].
    n_source, n_target : int
    what : str
        Whose probabilities they are, for messages.
    generator : numpy.random.Generator

    Returns
    -------
    Rows

    Raises
    ------
    WiringError
        The function gives other shapes, or what is no probability.
    DimensionMismatchError
        It gives something with a unit.
    """
    all_targets, chosen = np.arange(n_target), []
    for source in range(n_source):
        chances = _check_chances(function(source, all_targets.copy()), source, n_target, what)
        chosen.append(np.flatnonzero(generator.random(n_target) < chances).astype(np.uint32))
    starts = np.concatenate([[0], np.cumsum([len(targets) for targets in chosen], dtype=np.int64)])
    targets = np.concatenate(chosen) if chosen else np.empty(0, np.uint32)
    return Rows(0, starts, targets)


def _check_chances(found, source, n_target, what):
    try:
        chances = np.asarray(to_si(found, DIMENSIONLESS, what))
    except ModelError:
        raise WiringError(f"{what} cannot be {found!r}, as it is for source {source}") from None
    if chances.shape not in ((), (n_target,)):
        raise WiringError(
            f"{what}: {chances.shape} probabilities for {n_target} targets of source {source}",
            hint=_HINT,
        )
    wrong = np.flatnonzero(~((chances >= 0) & (chances <= 1)))
    if len(wrong):
        value = chances.ravel()[wrong[0]]
        raise WiringError(
            f"{what} is a probability between 0 and 1, not {value:g},"
            f" as it is from {source} to {wrong[0]}"
        )
    return chances
