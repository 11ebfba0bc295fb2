"""Whether a function of the user treats an array of numbers as each number by itself.

Python gives a function the values of all neurons at once, compiled code those of one neuron after
the other. For a function such as ``v - mean(v)`` this is not the same.
"""

import warnings
from time import perf_counter

import numpy as np

from brian_nb.equations.function_source import Untranslatable

_PATTERN, _SCALES = 0.37, (1e-3, 1.0, 30.0)
_OTHER = 2.0
_LENGTH, MAX_LENGTH, MAX_COMPARED = 3, 100_000, 50
MAX_SECONDS = 0.5
"""No further comparison begins later than this; a slow function is not called any more."""

_TOLERANCE = 1e-6
"""Relative; sums may be taken in another order, and steep functions lose digits."""


def require_elementwise(function, compute, n_args, lengths):
    """Compare a function for arrays with the same for their elements.

    It is called with some arrays, as Python would in a run. One that cannot be called so is a
    function of numbers.

    Parameters
    ----------
    function : callable
        Changes nothing.
    compute : callable
        The same for numbers.
    n_args : int
    lengths : sequence of int
        Of the arrays that the function uses, for which it may be made.

    Raises
    ------
    Untranslatable
        There is a difference.
    """
    if not n_args:
        return
    begin = perf_counter()
    known = sorted({_LENGTH, *(item for item in lengths if 1 < item <= MAX_LENGTH)})
    samples = [_make_samples(length, scale, n_args) for scale in _SCALES for length in known]
    for arguments in (item for sample in samples for item in _mix(sample)):
        if not _agrees(function, compute, arguments):
            raise Untranslatable("it makes one thing of the values of all neurons")
        if perf_counter() - begin > MAX_SECONDS:
            return


def _make_samples(length, scale, n_args):
    """An array for each argument, all numbers different, of both signs."""
    numbers = np.arange(1, length * n_args + 1)
    return scale * (np.sin(numbers * _PATTERN) + 0.1).reshape(n_args, length)


def _mix(samples):
    """The arrays together, then each with arrays of one number for the others."""
    yield list(samples)
    if len(samples) > 1:
        for place, sample in enumerate(samples):
            others = [np.full(1, _OTHER) for _ in samples]
            others[place] = sample
            yield others


def _agrees(function, compute, arguments):
    length = max(map(len, arguments))
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = function(*(item.copy() for item in arguments))
    except Exception:  # whatever a function raises that is made for numbers
        return True
    try:
        found = np.asarray(found, dtype=np.float64)
    except (TypeError, ValueError):
        return False
    if found.size == 1:
        found = np.full(length, found.reshape(()))
    if found.shape != (length,):
        return False
    places = np.unique(np.linspace(0, length - 1, MAX_COMPARED).astype(int))
    columns = [np.broadcast_to(item, length)[places] for item in arguments]
    single = np.array([compute(*map(float, items)) for items in zip(*columns, strict=True)])
    least = _TOLERANCE * np.max(np.abs(found), initial=0.0, where=np.isfinite(found))
    return np.allclose(found[places], single, _TOLERANCE, 1e-3 * least, equal_nan=True)
