"""Recordings as plain arrays."""

import numpy as np

from brian_nb.errors import ModelError


def read_trace(values, name):
    """A recording as float64[n] in SI units.

    Raises
    ------
    ModelError
        It is no list of finite numbers.
    """
    try:
        trace = np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ModelError(f"{name} must be an array of numbers, not {values!r}") from None
    if trace.ndim != 1 or not trace.size:
        raise ModelError(f"{name} must be a list of values, not an array of shape {trace.shape}")
    if not np.isfinite(trace).all():
        raise ModelError(f"{name} has values that are no numbers")
    return trace
