"""Two spike trains -> how often they fire with a given lag.

Pairs are never listed: the number of pairs with a lag below some value is a sum of ranks, so that
a correlogram takes the time of one sorted search for each of its edges, and the memory of a train.
"""

import numpy as np

from brian_nb.analysis.trains import GRID_TOLERANCE, read_positive, read_train
from brian_nb.errors import ModelError
from brian_nb.units import ALL_UNITS

_MS = ALL_UNITS["ms"]
_INTEGRAL_BINS = 20
"""Bins on either side of lag zero in `total_correlation`."""


def correlogram(T1, T2, width=20 * _MS, bin=1 * _MS, T=None):  # noqa: A002, N803
    """Cross-correlogram: the rate of pairs of spikes, by the lag of the second after the first.

    Parameters
    ----------
    T1, T2 : array_like of float or Quantity, second
        Spike trains that were recorded over the same time.
    width : Quantity, second
        Largest lag.
    bin : Quantity, second
        Width of a bin.
    T : Quantity, second, optional
        Duration of the recording; from the first to the last of all spikes if omitted.

    Returns
    -------
    float64[2*n], hertz
        ``n = ceil(width/bin)``; element k counts lags ``T2 - T1`` from ``(k - n)*bin`` up to, but
        not including, ``(k - n + 1)*bin``, so that equal times are in element n. Pairs are divided
        by the time over which both trains could have such a lag, ``T - abs(lag)``; nan where
        there is none.

    Raises
    ------
    DimensionMismatchError, ModelError
        What was given is no spike train or no time; T is shorter than the trains.
    """
    first, second, duration = _read(T1, T2, T)
    edges = _find_edges(width, bin)
    return _count_lags(first, second, edges) / _find_overlap(edges, duration)


def autocorrelogram(T0, width=20 * _MS, bin=1 * _MS, T=None):  # noqa: A002, N803
    """Correlogram of a train with itself; lag zero holds each spike with itself.

    See `correlogram`.
    """
    return correlogram(T0, T0, width, bin, T)


def CCF(T1, T2, width=20 * _MS, bin=1 * _MS, T=None):  # noqa: A002, N802, N803
    """Cross-correlation function, ``<T1(t) T2(t + lag)>``: the correlogram divided by the bin.

    Parameters and errors are those of `correlogram`.

    Returns
    -------
    float64[2*n], hertz**2
        For independent trains the product of their rates, whatever the bin.
    """
    return correlogram(T1, T2, width, bin, T) / read_positive(bin, "the bin")


def ACF(T0, width=20 * _MS, bin=1 * _MS, T=None):  # noqa: A002, N802, N803
    """Autocorrelation function, hertz**2; see `CCF`."""
    return CCF(T0, T0, width, bin, T)


def CCVF(T1, T2, width=20 * _MS, bin=1 * _MS, T=None):  # noqa: A002, N802, N803
    """Cross-covariance function: `CCF` less the product of the mean rates.

    Parameters and errors are those of `correlogram`.

    Returns
    -------
    float64[2*n], hertz**2
        Zero on average for independent trains. The mean rates are spikes divided by T.
    """
    first, second, duration = _read(T1, T2, T)
    return CCF(first, second, width, bin, duration) - _multiply_rates(first, second, duration)


def ACVF(T0, width=20 * _MS, bin=1 * _MS, T=None):  # noqa: A002, N802, N803
    """Autocovariance function, hertz**2; see `CCVF`."""
    return CCVF(T0, T0, width, bin, T)


def total_correlation(T1, T2, width=20 * _MS, T=None):  # noqa: N803
    """Total correlation coefficient: spikes of T2 that one spike of T1 brings with it.

    The integral of the cross-covariance from ``-width`` to ``width``, divided by the rate of T1.

    Parameters
    ----------
    T1, T2 : array_like of float or Quantity, second
    width : Quantity, second
    T : Quantity, second, optional
        Duration of the recording; from the first to the last of all spikes if omitted.

    Returns
    -------
    float
        0 for independent trains, 1 where each spike of a Poisson process T1 comes with one of T2;
        nan without spikes in T1.

    Raises
    ------
    DimensionMismatchError, ModelError
        See `correlogram`.
    """
    first, second, duration = _read(T1, T2, T)
    bin_width = read_positive(width, "the width") / _INTEGRAL_BINS
    covariance = CCVF(first, second, width, bin_width, duration)
    if len(first) == 0:
        return float("nan")
    return float(covariance.sum() * bin_width / (len(first) / duration))


def _read(train, other, duration):
    """Two trains and the time over which they were recorded."""
    first, second = read_train(train), read_train(other)
    ends = [time for times in (first, second) if len(times) for time in (times[0], times[-1])]
    span = max(ends) - min(ends) if ends else 0.0
    if duration is None:
        return first, second, float(span)
    seconds = read_positive(duration, "the duration T")
    if seconds < span - GRID_TOLERANCE:
        raise ModelError(
            f"the spikes lie {span:g} s apart, which is more than the duration T = {duration!r}",
            hint="T is the duration of the whole recording",
        )
    return first, second, seconds


def _find_edges(width, bin_width):
    width, bin_width = read_positive(width, "the width"), read_positive(bin_width, "the bin")
    n = max(1, int(np.ceil(width / bin_width - GRID_TOLERANCE / bin_width)))
    return np.arange(-n, n + 1) * bin_width


def _count_lags(first, second, edges):
    """Pairs with a lag in each bin, int64[n_bins]."""
    below = [np.searchsorted(second, first + edge).sum() for edge in edges - GRID_TOLERANCE]
    return np.diff(below)


def _find_overlap(edges, duration):
    """Mean over each bin of the time that both trains have for a lag, second; nan for none."""
    reach = np.minimum(np.abs(edges), duration)
    total = np.sign(edges) * (duration - reach / 2) * reach
    overlap = np.diff(total) / np.diff(edges)
    return np.where(overlap > 0, overlap, np.nan)


def _multiply_rates(first, second, duration):
    return len(first) * len(second) / duration**2 if duration > 0 else float("nan")
