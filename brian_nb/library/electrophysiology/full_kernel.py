"""The response of neuron and electrode together to a current, estimated from a recording."""

import numpy as np

from brian_nb.errors import ModelError
from brian_nb.library.electrophysiology.arrays import read_trace


def full_kernel(v, i, ksize, full_output=False):
    """Kernel `K` of a recording: ``v[n] = v0 + sum over k of K[k]*i[n - k]``.

    The kernel and `v0` are those with the smallest squared error over the whole recording. The
    best current for it is white noise that stops `ksize` steps before the end.

    Parameters
    ----------
    v : array_like[n], volt
        The recording. Before it the current is taken to be 0.
    i : array_like[n], amp
        The injected current.
    ksize : int
        Steps of the kernel.
    full_output : bool
        Whether to give `v0`, too.

    Returns
    -------
    float64[ksize], ohm
        The kernel; with `full_output` a tuple of it and `v0`, volt.

    Raises
    ------
    ModelError
        The recording is too short or the current does not tell the kernel.

    Source
    ------
    Brette et al. 2008, Neuron 59:379.
    """
    v, i, ksize = read_trace(v, "v"), read_trace(i, "i"), int(ksize)
    if len(v) != len(i):
        raise ModelError(f"v has {len(v)} values and i has {len(i)}; they must be one recording")
    if not 1 <= ksize < len(v):
        raise ModelError(f"a kernel of {ksize} steps cannot be estimated from {len(v)} values")
    scale = np.abs(i).max() or 1.0
    i = i / scale
    matrix, vector = _normal_equations(v, i, ksize)
    solution, _, rank, _ = np.linalg.lstsq(matrix, vector, rcond=None)
    if rank < len(vector):
        raise ModelError(
            "the current does not tell the kernel",
            hint="inject white noise, or use full_kernel_from_step for a step",
        )
    kernel, v0 = solution[:-1] / scale, solution[-1]
    return (kernel, v0) if full_output else kernel


def full_kernel_from_step(v, i, ksize):
    """Kernel of a recording of a step current.

    Parameters
    ----------
    v : array_like[n], volt
        The recording, from the last value before the current on; at least ``ksize + 1`` values.
    i : Quantity or number, amp
        The current.
    ksize : int
        Steps of the kernel.

    Returns
    -------
    float64[ksize], ohm

    Raises
    ------
    ModelError
        The recording is too short, or there is no current.
    """
    v, i, ksize = read_trace(v, "v"), float(i), int(ksize)
    if i == 0:
        raise ModelError("a step of no current tells no kernel")
    if not 1 <= ksize < len(v):
        raise ModelError(f"a kernel of {ksize} steps needs {ksize + 1} values, not {len(v)}")
    return np.diff(v[: ksize + 1]) / i


def _normal_equations(v, i, ksize):
    """Matrix and vector of the least-squares problem for the kernel and `v0`."""
    from scipy.signal import correlate

    n_values = len(v)
    last = i[::-1][:ksize]
    products = np.empty((ksize, ksize))
    products[0] = _lagged(correlate, i, i, ksize)
    for row in range(ksize - 1):
        # The later parts of the kernel do not see what the last steps inject.
        products[row + 1, 0] = products[0, row + 1]
        products[row + 1, 1:] = products[row, :-1] - last[row] * last[:-1]
    sums = i.sum() - np.concatenate([[0.0], np.cumsum(last[:-1])])
    matrix = np.block([[products, sums[:, None]], [sums[None, :], np.full((1, 1), n_values)]])
    return matrix, np.append(_lagged(correlate, v, i, ksize), v.sum())


def _lagged(correlate, x, y, n_lags):
    """Sums ``x[n]*y[n - k]`` over n, for k from 0 on."""
    return correlate(x, y, method="fft")[len(y) - 1 : len(y) - 1 + n_lags]
