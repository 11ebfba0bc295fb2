"""The electrode's part of a full kernel.

The membrane receives the current through the electrode, so that the full kernel is
``K = Ke + Km * Ke/Re`` with `Km` the membrane's kernel, `*` the convolution and ``Re = sum(Ke)``.
Late in `K`, where `Ke` is over, only the membrane is seen; its time constant is fitted there. How
large `Km` is follows from `Ke` being over there.
"""

import numpy as np

from brian_nb.errors import ModelError
from brian_nb.library.electrophysiology.arrays import read_trace

_SHORTEST_TAIL = 3
_SMALLEST_SIZE, _LARGEST_SIZE = 1e-6, 1e6
"""Of the membrane's resistance, relative to the electrode's."""


def electrode_kernel_soma(K, start_tail, full_output=False):
    """Electrode kernel of a recording at the soma, whose kernel is an exponential.

    Parameters
    ----------
    K : array_like[n], ohm
        Full kernel of a recording without bridge compensation (see `full_kernel`).
    start_tail : int
        Steps of the electrode kernel, about 4 ms; all of `K` after it is the membrane's.
    full_output : bool
        Whether to give the membrane's kernel, too.

    Returns
    -------
    float64[start_tail], ohm
        The electrode kernel; with `full_output` a tuple of it and the membrane's kernel
        float64[n], which is 0 where there is no tail.

    Raises
    ------
    ModelError
        The tail is too short, or there is nothing but it.

    Source
    ------
    Brette et al. 2008, Neuron 59:379, supplementary methods.
    """
    return _split(K, start_tail, _exponential, full_output)


def electrode_kernel_dendrite(K, start_tail, full_output=False):
    """Electrode kernel of a recording in a thin process, whose kernel is ``t**-.5*exp(-t/tau)``.

    Parameters, result and errors are those of `electrode_kernel_soma`; the kernel is that of an
    infinite cable at the place of the injection.
    """
    return _split(K, start_tail, _cable, full_output)


def _exponential(n_steps, decay):
    return decay ** np.arange(n_steps)


def _cable(n_steps, decay):
    """Mean over each step of ``t**-.5*exp(-t*rate)``, which is infinite at 0."""
    from scipy.special import erf

    rate = -np.log(decay)
    return np.diff(erf(np.sqrt(rate * np.arange(n_steps + 1)))) * np.sqrt(np.pi / rate)


def _split(kernel, start_tail, shape, full_output):
    kernel, start_tail = read_trace(kernel, "K"), int(start_tail)
    if not 1 <= start_tail <= len(kernel) - _SHORTEST_TAIL:
        raise ModelError(
            f"the tail of a kernel of {len(kernel)} steps cannot begin at step {start_tail}",
            hint=f"it needs {_SHORTEST_TAIL} steps at least, and the electrode one",
        )
    electrode, membrane = kernel, np.zeros_like(kernel)
    if kernel[start_tail:].sum() > 0:
        membrane = shape(len(kernel), _fit_decay(kernel, start_tail, shape))
        electrode, size = _remove_membrane(kernel, start_tail, membrane)
        membrane *= size * electrode[:start_tail].sum()
    electrode = electrode[:start_tail].copy()
    return (electrode, membrane) if full_output else electrode


def _fit_decay(kernel, start_tail, shape):
    """Factor by which the membrane's kernel decays in one step, fitted to the tail."""
    from scipy.optimize import minimize_scalar

    tail = kernel[start_tail:]

    def misfit(log_steps):
        trial = shape(len(kernel), np.exp(-np.exp(-log_steps)))[start_tail:]
        size = (tail @ trial) / (trial @ trial)
        return np.sum((tail - size * trial) ** 2) if size > 0 else np.sum(tail**2)

    # Time constants from a step to a hundred times the kernel.
    fit = minimize_scalar(misfit, bounds=(0.0, np.log(100.0 * len(kernel))), method="bounded")
    return np.exp(-np.exp(-fit.x))


def _remove_membrane(kernel, start_tail, membrane):
    """Electrode kernel float64[n] that is over, on average, where the tail begins; and ``Km/Re``.

    `membrane` is the shape of `Km`; its size is what is sought.
    """
    from scipy.optimize import brentq
    from scipy.signal import lfilter

    def electrode(size):
        response = size * membrane
        response[0] += 1.0
        return lfilter([1.0], response, kernel)

    def rest(size):
        return electrode(size)[start_tail:].sum()

    upper = _SMALLEST_SIZE / membrane.sum()
    while rest(upper) > 0:
        upper *= 2
        if upper * membrane.sum() > _LARGEST_SIZE:
            raise ModelError(
                "the kernel has no electrode's part before the tail",
                hint="let start_tail be where the membrane alone is left, about 4 ms",
            )
    size = brentq(rest, 0.0, upper)
    return electrode(size), size
