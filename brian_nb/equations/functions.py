"""The functions that equations may call: their arguments, their values, their units."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Function:
    """A function of equations.

    Parameters
    ----------
    n_args : int
        How many arguments it takes.
    compute : callable or None
        Its value on float64 arrays; None for random draws, which the engine makes.
    units : str
        "none": takes and gives numbers without unit. "same": all arguments and the result have
        the same unit. "root": the result has the square root of the unit. "sign": any unit in,
        none out.
    """

    n_args: int
    compute: Callable | None
    units: str = "none"

    @property
    def is_random(self):
        return self.compute is None


def exprel(x):
    """``(exp(x) - 1)/x``, and its limit 1 at 0."""
    x = np.asarray(x, dtype=np.float64)
    safe = np.where(x == 0, 1.0, x)
    return np.where(x == 0, 1.0, np.expm1(safe) / safe)


def _clip(x, low, high):
    return np.minimum(np.maximum(x, low), high)


_PLAIN = "exp log log10 sin cos tan sinh cosh tanh arcsin arccos arctan expm1 log1p floor ceil"

FUNCTIONS = {name: Function(1, getattr(np, name)) for name in _PLAIN.split()} | {
    "exprel": Function(1, exprel),
    "sqrt": Function(1, np.sqrt, "root"),
    "abs": Function(1, np.abs, "same"),
    "sign": Function(1, np.sign, "sign"),
    "minimum": Function(2, np.minimum, "same"),
    "maximum": Function(2, np.maximum, "same"),
    "clip": Function(3, _clip, "same"),
    "rand": Function(0, None),
    "randn": Function(0, None),
}
"""All of them, by name."""

OTHER_SPELLINGS = {
    "ln": "log",
    "min": "minimum",
    "max": "maximum",
    "fabs": "abs",
    "absolute": "abs",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "pow": "x**y",
    "power": "x**y",
    "mod": "x % y",
    "where": "a if condition else b",
    "random": "rand",
}
"""What other languages call them, for hints."""
