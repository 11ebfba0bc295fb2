"""What ``from brian_nb import *`` brings beside our own classes.

Units, the mathematics and random numbers of NumPy, and the plotting functions of pyplot, as pylab
and SciPy gave them when the manual was written. Names that need a heavy library are functions that
import it when they are first called, so that a script which plots nothing never waits for
Matplotlib. Builtins are left as they are, but for `sum`, `any` and `all`.
"""

import builtins
from functools import cache
from importlib import import_module

import numpy as np

from brian_nb.units import ALL_UNITS, find_unit, reductions

_RANDOM = (
    "beta binomial chisquare choice dirichlet exponential gamma geometric gumbel hypergeometric "
    "laplace logistic lognormal logseries multinomial multivariate_normal negative_binomial "
    "normal pareto permutation poisson rand randint randn random_sample ranf rayleigh sample "
    "shuffle standard_cauchy standard_exponential standard_gamma standard_normal standard_t "
    "triangular uniform vonmises wald weibull zipf"
).split()
_LINALG = (
    "cholesky cond det eig eigh eigvals eigvalsh inv lstsq matrix_power matrix_rank norm pinv qr "
    "slogdet solve svd"
).split()
_FFT = (
    "fft fft2 fftfreq fftn fftshift hfft ifft ifft2 ifftn ifftshift ihfft irfft irfft2 irfftn rfft "
    "rfft2 rfftfreq rfftn"
).split()
_PYPLOT = (
    "acorr angle_spectrum annotate arrow autoscale autumn axes axhline axhspan axis axline axvline "
    "axvspan bar bar_label barbs barh bone box boxplot broken_barh cla clabel clf clim close "
    "cohere colorbar connect contour contourf cool copper csd delaxes disconnect draw errorbar "
    "eventplot figimage figlegend figtext figure fill fill_between fill_betweenx findobj flag gca "
    "gcf gci getp ginput grid hexbin hist hist2d hlines hot hsv imread imsave imshow inferno ioff "
    "ion isinteractive jet legend locator_params loglog magma magnitude_spectrum margins matshow "
    "minorticks_off minorticks_on nipy_spectral pause pcolor pcolormesh phase_spectrum pie pink "
    "plasma plot polar prism psd quiver quiverkey rc rc_context rcdefaults rgrids savefig sca "
    "scatter sci semilogx semilogy set_cmap setp show specgram spring spy stackplot stairs stem "
    "step streamplot subplot subplot2grid subplot_mosaic subplot_tool subplots subplots_adjust "
    "summer suptitle switch_backend table text thetagrids tick_params ticklabel_format "
    "tight_layout title tricontour tricontourf tripcolor triplot twinx twiny violinplot viridis "
    "vlines waitforbuttonpress winter xcorr xkcd xlabel xlim xscale xticks ylabel ylim yscale "
    "yticks"
).split()
_LATE = (
    dict.fromkeys(_FFT, "numpy.fft")
    | dict.fromkeys(_PYPLOT, "matplotlib.pyplot")
    | dict.fromkeys(["handle", "live"], "brian_nb.widgets")
)
_OLD = {
    **dict.fromkeys(("Inf", "Infinity", "infty"), "inf"),
    **{"NaN": "nan", "alltrue": "all", "cumproduct": "cumprod", "in1d": "isin"},
    **{"product": "prod", "row_stack": "vstack", "sometrue": "any", "trapz": "trapezoid"},
}
"""Names that NumPy has given up, and what they are called now."""
_REDUCTIONS = ("all", "any", "sum")


def names():
    """All names of this module, a set of str."""
    further = (*_LINALG, *_REDUCTIONS, "np", "pi", "inf", "nan")
    return {*ALL_UNITS, *_numpy_names(), *_RANDOM, *_LATE, *_OLD, *further}


@cache
def find_name(name):
    """The object of a name.

    Raises
    ------
    AttributeError
        There is none.
    """
    if name in ALL_UNITS:
        return find_unit(name)
    if name in _LATE:
        return forward_call(_LATE[name], name)
    if name in _RANDOM:
        return getattr(np.random, name)
    if name in _LINALG:
        return getattr(np.linalg, name)
    if name in _REDUCTIONS:
        return getattr(reductions, name)
    if name == "np":
        return np
    if name in _numpy_names() or name in _OLD or name in ("pi", "inf", "nan"):
        return getattr(np, _OLD.get(name, name))
    raise AttributeError(f"brian_nb has no name {name!r}")


@cache
def _numpy_names():
    taken = {*dir(builtins), *ALL_UNITS, *_RANDOM, *_LINALG, *_LATE}
    loaded = vars(np)  # what is in `__all__` only, such as f2py, would be imported here
    return frozenset(name for name in np.__all__ if name in loaded and name not in taken)


def forward_call(module, name):
    """A function that imports its module when it is called.

    Parameters
    ----------
    module : str
        Full name of the module, which may stand above the caller's in the order of packages.
    name : str
        Function in it.
    """

    def forward(*args, **keywords):
        return getattr(import_module(module), name)(*args, **keywords)

    forward.__name__ = forward.__qualname__ = name
    forward.__doc__ = f"See `{module}.{name}`."
    return forward
