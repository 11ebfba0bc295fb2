"""Correlated spike trains: rates and covariances."""

import numpy as np
import pytest

from brian_nb import Clock, Network, SpikeMonitor, StateMonitor, seed
from brian_nb.analysis import total_correlation
from brian_nb.correlatedspikes import (
    CorrelatedSpikeTrains,
    HomogeneousCorrelatedSpikeTrains,
    mixture_process,
)
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.network.rectified import find_correlations, find_gaussian, find_moments
from brian_nb.units import ALL_UNITS

ms, mV, Hz, second = (ALL_UNITS[name] for name in ("ms", "mV", "Hz", "second"))

DURATION = 40.0
TAU = 10e-3
STANDARD_ERRORS = 5


def count_steps(monitor, n, duration=DURATION, dt=1e-3):
    """Spikes in bins of 1 ms, float64[n, n_bins]."""
    neurons, times = map(np.array, zip(*monitor.spikes, strict=True))
    bins = np.minimum((times / dt + 1e-6).astype(int), round(duration / dt) - 1)
    counts = np.zeros((n, round(duration / dt)))
    np.add.at(counts, (neurons, bins), 1)
    return counts


def covariance(x, y, lag):
    x, y = x - x.mean(axis=-1, keepdims=True), y - y.mean(axis=-1, keepdims=True)
    end = x.shape[-1] - lag
    return np.mean(x[..., :end] * y[..., lag:])


# -- rectified Gaussians -----------------------------------------------------------------------


@pytest.mark.parametrize("mean, deviation", [(10, 10), (10, 1), (5, 20), (3, 0), (1e-3, 1e-3)])
def test_a_gaussian_is_found_for_every_mean_and_deviation(mean, deviation):
    centre, scale = find_gaussian(np.array([mean]), np.array([deviation]))
    if deviation == 0:
        assert (centre, scale) == (mean, 0)
        return
    first, spread = find_moments(centre / scale)
    assert first * scale == pytest.approx(mean, rel=1e-9)
    assert spread * scale == pytest.approx(deviation, rel=1e-6)


def test_a_gaussian_far_above_zero_is_left_as_it_is():
    assert np.allclose(find_gaussian(np.array([10.0]), np.array([0.5])), [[10], [0.5]], rtol=1e-9)


def test_moments_and_correlations_agree_with_integrals():
    x, weights = np.polynomial.hermite_e.hermegauss(200)
    weights = weights / weights.sum()
    shift = np.array([0.8, -0.4])
    rho = 0.6
    y = rho * x[:, None] + np.sqrt(1 - rho**2) * x
    first, second = np.maximum(shift[0] + x, 0), np.maximum(shift[1] + y, 0)
    joint = weights[:, None] * weights
    wanted = np.sum(joint * first[:, None] * second)
    wanted -= np.sum(weights * first) * np.sum(joint * second)
    means, spreads = find_moments(shift)
    # Gauss's rule meets the corner at 0 between its points.
    assert means[0] == pytest.approx(np.sum(weights * first), rel=1e-2)
    matrix = np.array([[spreads[0] ** 2, wanted], [wanted, spreads[1] ** 2]])
    found = find_correlations(shift, matrix)
    assert found[0, 1] == pytest.approx(rho, abs=0.01)


# -- groups ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def homogeneous():
    """200 neurons with the rate and the correlation of the manual's example."""
    seed(1)
    G = HomogeneousCorrelatedSpikeTrains(200, r=10 * Hz, c=0.1, tauc=10 * ms, clock=Clock())
    M, R = SpikeMonitor(G), StateMonitor(G, "rate", record=[0, 199])
    Network(G, M, R).run(DURATION * second)
    return G, M, R


def test_all_have_the_same_rate_and_it_is_never_negative(homogeneous):
    _, _, R = homogeneous
    assert np.array_equal(R[0], R[199])
    assert R[0].min() == 0


def test_mean_and_variance_of_the_rate_are_those_of_the_formula(homogeneous):
    _, M, R = homogeneous
    # The rate has about DURATION/(2*TAU) independent values; its variance is c*r/tauc = 100 Hz**2.
    error = 10 * (2 * TAU / DURATION) ** 0.5
    assert R[0].mean() == pytest.approx(10, abs=STANDARD_ERRORS * error)
    assert R[0].var() == pytest.approx(100, rel=STANDARD_ERRORS * 2.5 * (2 * TAU / DURATION) ** 0.5)
    assert M.nspikes == pytest.approx(200 * 10 * DURATION, rel=STANDARD_ERRORS * error / 10 + 0.01)


def test_the_cross_covariance_decays_with_the_correlation_time(homogeneous):
    _, M, R = homogeneous
    counts = count_steps(M, 200)
    total, single = counts.sum(axis=0), counts
    for lag in (0, 5, 10, 20):
        own = np.mean([covariance(row, row, lag) for row in single[::10]])
        pairs = (covariance(total, total, lag) - 200 * own) / (200 * 199) / 1e-3**2
        # Exact at lag 0; cutting off moves the rest by a few percent.
        assert pairs == pytest.approx(100 * np.exp(-lag / 10), abs=12)
    rate = R[0]
    assert covariance(rate, rate, 100) == pytest.approx(100 * np.exp(-1), rel=0.2)


def test_the_total_correlation_is_that_of_the_formula(homogeneous):
    _, M, _ = homogeneous
    trains = [M[k] for k in range(40)]
    found = [
        total_correlation(trains[i], trains[j], width=30 * ms, T=DURATION * second)
        for i in range(0, 40, 2)
        for j in range(1, 40, 2)
    ]
    # Twice c*r/tauc*tauc*(1 - exp(-3)) over the rate.
    assert np.mean(found) == pytest.approx(0.2 * (1 - np.exp(-3)), abs=0.04)


def test_given_rates_and_covariances_are_met():
    seed(2)
    rates = np.array([10.0, 20.0, 30.0])
    C = np.array([[50.0, 30.0, -20.0], [30.0, 100.0, 0.0], [-20.0, 0.0, 400.0]])
    G = CorrelatedSpikeTrains(rates, C, 5 * ms)
    R = StateMonitor(G, "rate", record=True)
    Network(G, R).run(DURATION * second)
    n_independent = DURATION / 10e-3
    error = STANDARD_ERRORS * np.sqrt(np.diag(C) / n_independent)
    assert np.all(abs(R.values.mean(axis=1) - rates) < error)
    found = np.cov(R.values)
    scale = np.sqrt(np.outer(np.diag(C), np.diag(C)))
    assert np.all(abs(found - C) < STANDARD_ERRORS * 2 * scale / np.sqrt(n_independent))


@pytest.mark.parametrize("n, threads, reference", [(300, 2, False), (300, 3, False), (20, 1, True)])
def test_threads_and_segments_do_not_change_the_spikes(n, threads, reference):
    def spikes(threads, reference, durations):
        seed(3)
        clock = Clock()
        C = 50 * (np.eye(n) + 0.3)
        G = CorrelatedSpikeTrains(np.linspace(5, 50, n) * 300 / n, C, 5 * ms, clock=clock)
        M = SpikeMonitor(G)
        network = Network(G, M, threads=threads)
        network._reference = reference
        for duration in durations:
            network.run(duration * ms)
        return M.spikes

    expected = spikes(1, False, [3])
    assert len(expected) > 10
    assert spikes(threads, reference, [1, 2]) == expected


def test_another_time_step_leaves_the_variance():
    seed(4)
    clock = Clock(dt=0.1 * ms)
    G = HomogeneousCorrelatedSpikeTrains(1, r=10 * Hz, c=0.1, tauc=10 * ms, clock=clock)
    network = Network(G)
    network.run(1 * ms)
    clock.set_dt(2 * ms)
    R = StateMonitor(G, "rate", record=True)
    network = Network(G, R)
    network.run(200 * second)
    assert R[0].var() == pytest.approx(100, rel=STANDARD_ERRORS * 2.5 * (20e-3 / 200) ** 0.5)


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda: HomogeneousCorrelatedSpikeTrains(3, 0 * Hz, 0.1, 5 * ms), "rate .* positive"),
        (lambda: HomogeneousCorrelatedSpikeTrains(3, 1 * Hz, -0.1, 5 * ms), "cannot be negative"),
        (lambda: HomogeneousCorrelatedSpikeTrains(3, 1 * Hz, 0.1, 0 * ms), "time .* positive"),
        (lambda: CorrelatedSpikeTrains([1 * Hz] * 2, np.eye(3), 5 * ms), "2 by 2"),
        (lambda: CorrelatedSpikeTrains([1 * Hz] * 2, [[1, 2], [3, 4]], 5 * ms), "symmetric"),
        (lambda: CorrelatedSpikeTrains([1 * Hz] * 2, [[1, 5], [5, 1]], 5 * ms), "too large"),
        (lambda: CorrelatedSpikeTrains([1 * Hz] * 2, [[0, 1], [1, 1]], 5 * ms), "without variance"),
    ],
)
def test_mistakes_are_named(make, message):
    with pytest.raises(ModelError, match=message):
        make()


def test_units_are_checked():
    with pytest.raises(DimensionMismatchError):
        HomogeneousCorrelatedSpikeTrains(3, r=1 * mV, c=0.1, tauc=5 * ms)
    with pytest.raises(DimensionMismatchError):
        CorrelatedSpikeTrains([1 * Hz], [[1]], tauc=5 * Hz)


# -- mixtures ----------------------------------------------------------------------------------


def test_a_mixture_has_the_rates_and_covariances_of_its_formula():
    seed(5)
    nu = np.array([20.0, 50.0, 5.0])
    P = np.array([[1.0, 0.2, 0.0], [0.5, 0.4, 1.0]])
    duration, tau = 400.0, 5e-3
    spikes = mixture_process(nu * Hz, P, tau * second, duration * second)
    neurons, times = map(np.array, zip(*spikes, strict=True))
    assert np.all(np.diff(times) >= 0)
    rates = np.bincount(neurons) / duration
    assert np.all(abs(rates - P @ nu) < STANDARD_ERRORS * np.sqrt(P @ nu / duration))
    trains = [times[neurons == k] for k in (0, 1)]
    width = 40e-3
    low = np.searchsorted(trains[1], trains[0] - width)
    high = np.searchsorted(trains[1], trains[0] + width)
    lags = np.concatenate(
        [trains[1][a:b] - t for a, b, t in zip(low, high, trains[0], strict=True)]
    )
    chance = rates[0] * rates[1] * duration
    expected = np.sum(P[0] * P[1] * nu) * duration
    for edge in (2e-3, 5e-3, 20e-3):
        found = np.sum(abs(lags) < edge) - chance * 2 * edge
        error = STANDARD_ERRORS * np.sqrt(chance * 2 * edge + expected)
        assert found == pytest.approx(expected * (1 - np.exp(-edge / tau)), abs=error)


def test_a_mixture_can_be_fired_by_a_group():
    from brian_nb import SpikeGeneratorGroup

    seed(6)
    spikes = mixture_process(30 * Hz, [[0.5], [1.0]], 0 * ms, 1 * second)
    G = SpikeGeneratorGroup(2, spikes)
    M = SpikeMonitor(G)
    Network(G, M).run(1 * second)
    assert M.nspikes == len(spikes) > 20
    assert {t for i, t in spikes if i == 0} <= {t for i, t in spikes if i == 1}


@pytest.mark.parametrize(
    "nu, P, message",
    [
        ([1 * Hz], [[0.5, 0.5]], "1 columns"),
        ([1 * Hz], [[1.5]], "probabilities"),
        ([-1 * Hz], [[0.5]], "cannot be negative"),
    ],
)
def test_mistakes_in_mixtures_are_named(nu, P, message):
    with pytest.raises(ModelError, match=message):
        mixture_process(nu, P, 5 * ms, 1 * second)
