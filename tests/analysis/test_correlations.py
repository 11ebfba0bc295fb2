"""Correlograms, against counts of all pairs and processes whose correlation is known."""

import numpy as np
import pytest

from brian_nb.analysis import (
    ACF,
    ACVF,
    CCF,
    CCVF,
    autocorrelogram,
    correlogram,
    total_correlation,
)
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.units import ms, mV, second

DURATION = 1000.0
RATE, OTHER_RATE = 20.0, 50.0
SIGMAS = 5
"""Standard errors that a statistic may be off; one run in two million fails by chance."""


def poisson_train(rate, seed):
    rng = np.random.default_rng(seed)
    return np.sort(rng.uniform(0, DURATION, rng.poisson(rate * DURATION)))


@pytest.fixture(scope="module")
def trains():
    return poisson_train(RATE, 1), poisson_train(OTHER_RATE, 2)


def test_counts_are_those_of_all_pairs():
    rng = np.random.default_rng(4)
    first, second_ = rng.uniform(0, 1, 60), rng.uniform(0, 1, 80)
    lags = np.subtract.outer(second_, first).ravel()
    edges = np.arange(-20, 21) * 0.001
    counts, _ = np.histogram(lags, edges)
    centres = np.abs(edges[:-1] + 0.0005)
    assert np.allclose(correlogram(first, second_, T=1 * second), counts / (1 - centres))


def test_lags_on_a_grid_fall_into_the_bin_that_they_begin():
    # Rounding puts many of these differences a little below a multiple of 1 ms.
    steps = np.arange(0, 40_000, 13)
    train = steps * 0.0001
    lag = 7
    other = (steps + 10 * lag) * 0.0001
    found = correlogram(train, other, width=20 * ms, bin=1 * ms, T=5 * second)
    pairs = np.subtract.outer(steps + 10 * lag, steps).ravel()
    expected = [np.sum((pairs >= 10 * k) & (pairs < 10 * k + 10)) for k in range(-20, 20)]
    weights = 5 - np.abs(np.arange(-20, 20) + 0.5) * 0.001
    assert np.allclose(found * weights, expected)
    assert found.argmax() == 20 + lag


def test_width_is_covered_by_whole_bins():
    assert len(correlogram([0.1], [0.2], width=20 * ms, bin=1 * ms, T=1.0)) == 40
    assert len(correlogram([0.1], [0.2], width=20 * ms, bin=3 * ms, T=1.0)) == 14
    assert len(correlogram([0.1], [0.2], width=1 * ms, bin=5 * ms, T=1.0)) == 2


def test_sign_of_the_lag_is_that_of_the_second_train():
    late = correlogram([0.1], [0.1055], T=1.0)
    assert np.flatnonzero(late).tolist() == [25]
    early = correlogram([0.1055], [0.1], T=1.0)
    assert np.flatnonzero(early).tolist() == [14]


def test_independent_poisson_trains_have_the_product_of_their_rates(trains):
    expected = RATE * OTHER_RATE
    for width in (0.5 * ms, 1 * ms, 2 * ms):
        found = CCF(*trains, bin=width, T=DURATION * second)
        per_bin = expected * DURATION * float(width)
        assert np.all(np.abs(found / expected - 1) < SIGMAS / np.sqrt(per_bin))
        mean_error = SIGMAS * np.sqrt(1 / (RATE * DURATION) + 1 / (OTHER_RATE * DURATION))
        assert found.mean() == pytest.approx(expected, rel=mean_error)


def test_long_lags_are_not_biased_by_the_end_of_the_recording():
    rng = np.random.default_rng(5)
    found = np.zeros(4)
    for _ in range(400):
        pair = [np.sort(rng.uniform(0, 1, rng.poisson(50))) for _ in range(2)]
        found += CCF(*pair, width=0.8 * second, bin=0.4 * second, T=1 * second) / 400
    assert np.allclose(found, 2500, rtol=0.06)  # 3 standard errors of the outer bins


def test_covariance_is_zero_for_independent_trains_and_a_peak_for_equal_ones(trains):
    train = trains[0]
    bin_width = 1 * ms
    error = RATE * OTHER_RATE / np.sqrt(RATE * OTHER_RATE * DURATION * float(bin_width))
    assert np.all(np.abs(CCVF(*trains, T=DURATION)) < SIGMAS * error)
    own = ACVF(train, T=DURATION)
    error = RATE**2 / np.sqrt(RATE**2 * DURATION * 0.001)
    area = len(train) / DURATION  # of the delta function at lag zero
    assert own[20] == pytest.approx(area / 0.001, abs=SIGMAS * error)
    assert np.all(np.abs(np.delete(own, 20)) < SIGMAS * error)


def test_a_regular_train_has_peaks_at_its_periods():
    train = np.arange(1001) * 0.005
    found = autocorrelogram(train, width=20 * ms, bin=1 * ms)
    peaks = np.flatnonzero(found)
    assert peaks.tolist() == [0, 5, 10, 15, 20, 25, 30, 35]
    assert np.allclose(found[peaks], 200, rtol=2e-3)


def test_definitions_hold_between_the_functions(trains):
    first, second_ = (train[:2000] for train in trains)
    crossed = correlogram(first, second_, bin=2 * ms)
    assert np.array_equal(CCF(first, second_, bin=2 * ms), crossed / 0.002)
    assert np.array_equal(autocorrelogram(first), correlogram(first, first))
    assert np.array_equal(ACF(first), CCF(first, first))
    assert np.array_equal(ACVF(first), CCVF(first, first))


def test_total_correlation_of_thinned_and_jittered_trains(trains):
    first, other = trains
    rng = np.random.default_rng(6)
    kept = first[rng.random(len(first)) < 0.3]
    kept = np.clip(kept + rng.normal(0, 0.002, len(kept)), 0, DURATION)
    error = SIGMAS * np.sqrt(RATE * DURATION * RATE * 0.04) / (RATE * DURATION)
    assert total_correlation(first, first, T=DURATION) == pytest.approx(1, abs=error)
    assert total_correlation(first, kept, T=DURATION) == pytest.approx(0.3, abs=error)
    assert total_correlation(first, other, T=DURATION) == pytest.approx(0, abs=2 * error)


def test_total_correlation_is_the_integral_of_the_covariance(trains):
    first, other = trains
    mixed = np.sort(np.concatenate([first + 0.003, other]))[:-500]
    bins = CCVF(first, mixed, width=20 * ms, bin=1 * ms, T=1001.0)
    expected = bins.sum() * 0.001 / (len(first) / 1001)
    assert total_correlation(first, mixed, width=20 * ms, T=1001.0) == pytest.approx(expected)


def test_duration_is_that_of_both_trains_unless_it_is_given():
    first, second_ = [0.1, 0.2], [0.15, 1.1]
    assert np.array_equal(correlogram(first, second_), correlogram(first, second_, T=1.0))


def test_lags_that_cannot_be_seen_are_undefined():
    found = correlogram([0.0, 0.005], [0.0, 0.005], width=10 * ms, bin=1 * ms)
    assert np.isnan(found[:5]).all() and np.isnan(found[15:]).all()
    assert np.isfinite(found[5:15]).all()
    assert np.isnan(correlogram([], [])).all()


def test_empty_trains_have_no_pairs():
    assert not correlogram([], [0.1], T=1.0).any()
    assert np.isnan(total_correlation([], [0.1], T=1.0))


def test_memory_stays_that_of_a_train():
    import tracemalloc

    train = np.sort(np.random.default_rng(7).uniform(0, 10, 100_000))  # 4e7 pairs within 20 ms
    tracemalloc.start()
    correlogram(train, train)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10 * train.nbytes


def test_wrong_arguments_are_refused():
    with pytest.raises(ModelError, match="more than the duration"):
        correlogram([0.1, 2.0], [0.3], T=1 * second)
    with pytest.raises(ModelError, match="the bin must be positive"):
        CCF([0.1], [0.2], bin=0 * ms, T=1.0)
    with pytest.raises(DimensionMismatchError, match="the width must be in second"):
        correlogram([0.1], [0.2], width=3 * mV)
