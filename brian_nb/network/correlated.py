"""Spike trains that are correlated with each other.

Source
------
Brette 2009, Generation of correlated spike trains, Neural Comput. 21:188.
"""

import numpy as np

from brian_nb.equations.expressions import Binary, Call, Compare, Name
from brian_nb.errors import ModelError
from brian_nb.network.equations import Equations
from brian_nb.network.group import NeuronGroup
from brian_nb.network.quantities import to_si
from brian_nb.network.rectified import find_correlations, find_gaussian
from brian_nb.network.setters import MixtureSetter
from brian_nb.units import ALL_UNITS, DIMENSIONLESS, Quantity, get_dimension

_SECOND = ALL_UNITS["second"]
_TIME = get_dimension(_SECOND)
_HERTZ = get_dimension(ALL_UNITS["hertz"])
_NOISE_UNIT = _TIME**-0.5
_FIRES = Compare("<", Call("rand", ()), Binary("*", Name("rate"), Name("dt")))
_SMALLEST_SHARE = 1e-10
"""Share of the variance below which a common factor of the rates is rounding error."""


class CoxGroup(NeuronGroup):
    """Neurons that fire as Poisson processes whose rates are common random processes.

    The rate of neuron i is ``offsets[i] + sum(weights[i, k]*x[k])``, or 0 where this is negative;
    the x[k] are independent Ornstein-Uhlenbeck processes of unit variance, stationary from the
    start. All is done by the compiled loop.

    Parameters
    ----------
    offsets : float64[n], hertz
    weights : float64[n, n_factors], hertz
    tauc : float, second
        Correlation time.
    clock : Clock, optional

    Attributes
    ----------
    rate : float64[n], hertz
    """

    def __init__(self, offsets, weights, tauc, clock):
        rates = "drive : hertz\nrate = maximum(drive, 0*hertz) : hertz"
        super().__init__(
            len(offsets), Equations(rates, namespace={}), threshold=_FIRES, clock=clock
        )
        gain = _find_gain(tauc, self.clock.timebase.dt)
        process = Equations("dx/dt = -x/tauc + gain*xi : 1", tauc=tauc * _SECOND, gain=gain)
        factors = NeuronGroup(np.shape(weights)[1], process, clock=self.clock)
        factors.x = np.random.standard_normal(factors.size)
        self.attach(_RateMixture(self, factors, offsets, weights))

    def __repr__(self):
        return f"<{type(self).__name__}: {self.describe()}, {self.size} neurons>"


class HomogeneousCorrelatedSpikeTrains(CoxGroup):
    """Neurons that fire with the same rate and are correlated alike.

    The cross-covariance of two spike trains at lag s is ``(c*r/tauc)*exp(-abs(s)/tauc)``: exactly
    at lag 0, and elsewhere the better, the smaller the correlation.

    Parameters
    ----------
    N : int
        Number of neurons.
    r : Quantity, hertz
        Rate of each.
    c : float
        Strength of the correlation.
    tauc : Quantity, second
        Correlation time.
    clock : Clock, optional

    Attributes
    ----------
    rate : float64[N], hertz
        Present rate, the same for all: a Gaussian process with negative values cut off.

    Raises
    ------
    DimensionMismatchError
        A parameter is in another unit.
    ModelError
        `r` or `tauc` is not positive, or `c` is negative.
    """

    def __init__(self, N, r, c, tauc, clock=None):  # noqa: N803 - the manual's name
        rate = _read_positive(r, _HERTZ, "the rate")
        time = _read_positive(tauc, _TIME, "the correlation time")
        strength = float(to_si(c, DIMENSIONLESS, "the strength of the correlation"))
        if not strength >= 0:
            raise ModelError(f"the strength of the correlation cannot be negative, as {c!r} is")
        mean, deviation = find_gaussian(rate, np.sqrt(strength * rate / time))
        offsets, weights = np.full(N, mean), np.full((N, 1), deviation)
        super().__init__(offsets, weights, time, clock)


class CorrelatedSpikeTrains(CoxGroup):
    """Neurons whose rates and covariances are given.

    The cross-covariance of the spike trains i and j at lag s is ``C[i, j]*exp(-abs(s)/tauc)``:
    exactly at lag 0, and elsewhere the better, the smaller the correlation.

    Parameters
    ----------
    rates : array_like[n], hertz
    C : array_like[n, n], hertz**2
        Symmetric; the diagonal holds the variances of the rates.
    tauc : Quantity, second
        Correlation time.
    clock : Clock, optional

    Attributes
    ----------
    rate : float64[n], hertz
        Present rates: Gaussian processes with negative values cut off.

    Raises
    ------
    DimensionMismatchError
        A parameter is in another unit.
    ModelError
        There are no processes with these rates and covariances.
    """

    def __init__(self, rates, C, tauc, clock=None):  # noqa: N803 - the manual's name
        means = _read_rates(rates)
        time = _read_positive(tauc, _TIME, "the correlation time")
        covariances = _read_covariances(C, len(means))
        offsets, deviations = find_gaussian(means, np.sqrt(np.diag(covariances)))
        weights = _find_weights(offsets, deviations, covariances)
        super().__init__(offsets, weights, time, clock)


def mixture_process(nu, P, tauc, t):  # noqa: N803 - the manual's names
    """Correlated spike trains that share spikes of independent Poisson trains.

    Each spike of source k is copied to target i with the probability ``P[i, k]``, and each copy
    comes later by a random time with an exponential distribution. So target i fires at the rate
    ``sum(P[i, k]*nu[k])``, and the cross-covariance of targets i and j at lag s is
    ``sum(P[i, k]*P[j, k]*nu[k])*exp(-abs(s)/tauc)/(2*tauc)``.

    Parameters
    ----------
    nu : Quantity or array_like[n_sources], hertz
        Rates of the sources.
    P : array_like[n_targets, n_sources]
        Probabilities.
    tauc : Quantity, second
        Mean of the random time; copies come at once if it is 0.
    t : Quantity, second
        How long the sources fire.

    Returns
    -------
    list of (int, Quantity)
        Targets and times, in the order of time, as `SpikeGeneratorGroup` takes them.

    Raises
    ------
    DimensionMismatchError
        A parameter is in another unit.
    ModelError
        A rate or a time is negative, an entry of `P` is no probability, or the sizes do not fit.
    """
    rates = np.atleast_1d(_read_values(nu, _HERTZ, "the rates of the sources"))
    shares = np.atleast_2d(np.asarray(P, dtype=np.float64))
    delay = float(to_si(tauc, _TIME, "the correlation time"))
    duration = float(to_si(t, _TIME, "the duration"))
    _check_mixture(rates, shares, delay, duration)
    targets, times = [], []
    for source, count in enumerate(np.random.poisson(rates * duration)):
        spikes = np.random.uniform(0, duration, count)
        copied = np.random.random((len(shares), count)) < shares[:, [source]]
        target, spike = np.nonzero(copied)
        targets.append(target)
        times.append(spikes[spike] + np.random.exponential(1.0, len(spike)) * delay)
    target, time = np.concatenate(targets), np.concatenate(times)
    order = np.argsort(time, kind="stable")
    return [(int(target[k]), float(time[k]) * _SECOND) for k in order]


class _RateMixture(MixtureSetter):
    """Adds the common factors up to the drive of each neuron, and keeps their variance at 1."""

    is_watching = True

    def __init__(self, group, factors, offsets, weights):
        super().__init__(group, "drive", factors, "x", offsets, weights)
        self._dt = self.clock.timebase.dt

    def refresh(self):
        time_step = self.clock.timebase.dt
        if time_step != self._dt:
            self._dt = time_step
            self.source.gain = _find_gain(self.source.values.constants["tauc"], time_step)


def _find_gain(tauc, time_step):
    """Amplitude of the noise for which the variance is 1, with steps of this length."""
    variance = -np.expm1(-2 * time_step / tauc)
    return Quantity(np.sqrt(variance / time_step), _NOISE_UNIT)


def _find_weights(offsets, deviations, covariances):
    """Weights of common factors, float64[n, n_factors]."""
    varies = np.flatnonzero(deviations > 0)
    if np.any(np.delete(covariances, varies, axis=0)):
        raise ModelError("a rate without variance cannot have a covariance: C has no such rates")
    scale = deviations[varies]
    wanted = covariances[np.ix_(varies, varies)] / np.outer(scale, scale)
    correlations = find_correlations(offsets[varies] / scale, wanted)
    shares, directions = np.linalg.eigh(correlations)
    if np.any(shares < -1e-6):
        raise ModelError(
            "there are no rates with these covariances: C is not positive definite, once negative "
            "rates are cut off"
        )
    kept = shares > _SMALLEST_SHARE
    weights = np.zeros((len(offsets), max(1, np.count_nonzero(kept))))
    if kept.any():
        weights[varies] = scale[:, None] * directions[:, kept] * np.sqrt(shares[kept])
    return weights


def _read_positive(value, dimension, what):
    found = float(to_si(value, dimension, f"{what} of correlated spike trains"))
    if not found > 0:
        raise ModelError(f"{what} of correlated spike trains must be positive, not {value!r}")
    return found


def _read_values(values, dimension, what):
    if isinstance(values, (list, tuple)):
        return np.array([float(to_si(item, dimension, what)) for item in values])
    return to_si(values, dimension, what)


def _read_rates(rates):
    found = np.atleast_1d(_read_values(rates, _HERTZ, "the rates of correlated spike trains"))
    if found.ndim != 1 or not np.all(found > 0):
        raise ModelError("the rates of correlated spike trains must be positive, one a neuron")
    return found


def _read_covariances(C, size):
    covariances = np.asarray(C, dtype=np.float64)
    if covariances.shape != (size, size):
        raise ModelError(
            f"the covariances of {size} spike trains are {size} by {size}, not of the shape "
            f"{covariances.shape}"
        )
    if not np.allclose(covariances, covariances.T, rtol=1e-9, atol=0):
        raise ModelError("the covariances of spike trains must be symmetric: C[i, j] is C[j, i]")
    if np.any(np.diag(covariances) < 0):
        raise ModelError("the variances of rates, on the diagonal of C, cannot be negative")
    return covariances


def _check_mixture(rates, shares, delay, duration):
    if shares.shape[1] != len(rates):
        raise ModelError(
            f"P has a row for each target and a column for each source: {len(rates)} columns, "
            f"not {shares.shape[1]}"
        )
    if not np.all((shares >= 0) & (shares <= 1)):
        raise ModelError("the entries of P are probabilities, between 0 and 1")
    if not (np.all(rates >= 0) and delay >= 0 and duration >= 0):
        raise ModelError("rates and times of a mixture process cannot be negative")
