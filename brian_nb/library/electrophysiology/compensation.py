"""Recordings without what the electrode adds to them."""

from brian_nb.errors import ModelError
from brian_nb.library.electrophysiology.arrays import read_trace


def AEC_compensate(v, i, ke):
    """Membrane potential of a recording: ``v - ke * i``, with `*` the convolution.

    Parameters
    ----------
    v : array_like[n], volt
        The raw recording.
    i : array_like[n], amp
        The injected current; before it there was none.
    ke : array_like[k], ohm
        Electrode kernel (see `electrode_kernel_soma`).

    Returns
    -------
    float64[n], volt

    Raises
    ------
    ModelError
        `v` and `i` have different lengths.

    Source
    ------
    Brette et al. 2008, Neuron 59:379.
    """
    from scipy.signal import fftconvolve

    v, i, ke = read_trace(v, "v"), read_trace(i, "i"), read_trace(ke, "ke")
    if len(v) != len(i):
        raise ModelError(f"v has {len(v)} values and i has {len(i)}; they must be one recording")
    return v - fftconvolve(i, ke)[: len(v)]
