"""What ``from brian_nb import *`` brings beside our own classes.

Units, the mathematics and random numbers of NumPy, and the plotting functions of pyplot. Names
that need a heavy library are functions that import it when they are first called, so that a script
which plots nothing never waits for Matplotlib. Builtins are left as they are.
"""

import builtins
from functools import cache
from importlib import import_module

import numpy as np

from brian_nb.units import ALL_UNITS

_RANDOM = (
    "binomial choice exponential gamma lognormal multivariate_normal normal permutation poisson "
    "rand randint randn random_sample shuffle uniform"
).split()
_PYPLOT = (
    "annotate axes axhline axis axvline bar clf close colorbar contour contourf draw errorbar "
    "figure figlegend fill fill_between gca gcf grid hist hist2d imshow ioff ion legend "
    "loglog matshow pcolor pcolormesh pie plot polar quiver savefig scatter semilogx semilogy show "
    "specgram stem step subplot subplots subplots_adjust suptitle text tight_layout title twinx "
    "vlines hlines xlabel xlim xscale xticks ylabel ylim yscale yticks"
).split()
_LATE = (
    dict.fromkeys(_PYPLOT, "matplotlib.pyplot")
    | dict.fromkeys(["raster_plot"], "brian_nb.plotting")
    | dict.fromkeys(["handle", "live"], "brian_nb.widgets")
)


def names():
    """All names of this module, a set of str."""
    return {*ALL_UNITS, *_numpy_names(), *_RANDOM, *_LATE, "pi", "inf", "nan"}


@cache
def find_name(name):
    """The object of a name.

    Raises
    ------
    AttributeError
        There is none.
    """
    if name in ALL_UNITS:
        return ALL_UNITS[name]
    if name in _LATE:
        return _forward(_LATE[name], name)
    if name in _RANDOM:
        return getattr(np.random, name)
    if name in _numpy_names() or name in ("pi", "inf", "nan"):
        return getattr(np, name)
    raise AttributeError(f"brian_nb has no name {name!r}")


@cache
def _numpy_names():
    taken = {*dir(builtins), *ALL_UNITS, *_RANDOM, *_LATE}
    loaded = vars(np)  # what is in `__all__` only, such as f2py, would be imported here
    return frozenset(name for name in np.__all__ if name in loaded and name not in taken)


def _forward(module, name):
    """A function that imports its module when it is called."""

    def forward(*args, **keywords):
        return getattr(import_module(module), name)(*args, **keywords)

    forward.__name__ = forward.__qualname__ = name
    forward.__doc__ = f"See `{module}.{name}`."
    return forward
