"""Rates, irregularity and locking, against processes whose statistics are known."""

import numpy as np
import pytest

from brian_nb.analysis import CV, firing_rate, vector_strength
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.units import ms, mV

N = 200_000
SIGMAS = 5
"""Standard errors that a statistic may be off; one run in two million fails by chance."""


def gamma_train(order, rate, seed=1):
    intervals = np.random.default_rng(seed).gamma(order, 1 / (order * rate), N)
    return np.cumsum(intervals)


def test_rate_of_a_regular_train_is_exact():
    assert firing_rate(np.arange(11) * 0.125) == 8.0
    assert firing_rate([10 * ms, 20 * ms, 30 * ms]) == pytest.approx(100)


def test_rate_of_a_poisson_process():
    assert firing_rate(gamma_train(1, 40)) == pytest.approx(40, rel=SIGMAS / N**0.5)


def test_rate_of_no_spike_is_zero_and_of_one_undefined():
    assert firing_rate([]) == 0
    assert np.isnan(firing_rate([0.5]))


@pytest.mark.parametrize("order", [1, 2, 4, 16])
def test_cv_of_a_gamma_process_is_one_over_the_root_of_its_order(order):
    # Standard error of a coefficient of variation c: about c*sqrt((1 + 2c**2)/(2N)), times 2 for
    # the heavy tail of exponential intervals.
    expected = order**-0.5
    error = 2 * expected * np.sqrt((1 + 2 * expected**2) / (2 * N))
    assert CV(gamma_train(order, 25)) == pytest.approx(expected, abs=SIGMAS * error)


def test_cv_of_a_regular_train_is_zero():
    assert CV(np.arange(50) / 4) == 0
    assert CV([0, 1, 3]) == pytest.approx(1 / 3)  # intervals 1 and 2: 0.5 around 1.5


@pytest.mark.parametrize("spikes", [[], [0.1], [0.1, 0.2], [0.1, 0.1, 0.1]])
def test_cv_needs_two_intervals(spikes):
    assert np.isnan(CV(spikes))


def test_order_of_spikes_does_not_matter():
    train = gamma_train(2, 10)[:100]
    mixed = np.random.default_rng(0).permutation(train)
    assert CV(mixed) == CV(train)
    assert firing_rate(mixed) == firing_rate(train)


def test_vector_strength_of_locked_and_spread_phases():
    assert vector_strength(0.3 + 0.02 * np.arange(10), 20 * ms) == pytest.approx(1)
    assert vector_strength(np.arange(8) / 8, 1.0) == pytest.approx(0, abs=1e-15)
    assert vector_strength([0, 0.25], 1.0) == pytest.approx(np.sqrt(0.5))  # a right angle


def test_vector_strength_of_phases_with_jitter_is_that_of_a_wrapped_normal():
    # The mean of exp(i*phi) of a normal phase is exp(-sigma**2/2).
    rng = np.random.default_rng(3)
    phases = rng.normal(0, 0.8, N)
    times = (np.arange(N) + phases / (2 * np.pi)) * 0.01
    assert vector_strength(times, 10 * ms) == pytest.approx(np.exp(-0.32), abs=SIGMAS / N**0.5)


def test_vector_strength_of_nothing_is_undefined():
    assert np.isnan(vector_strength([], 10 * ms))


def test_what_is_no_spike_train_is_refused():
    with pytest.raises(DimensionMismatchError, match="a spike time must be in second"):
        firing_rate([1 * mV, 2 * mV])
    with pytest.raises(ModelError, match="list of spike times"):
        CV([(0, 0.1), (1, 0.2)])
    with pytest.raises(ModelError, match="list of spike times"):
        CV(len)
    with pytest.raises(ModelError, match="infinite or undefined"):
        CV([0.1, np.nan])


def test_a_monitor_is_no_spike_train():
    class Monitor:
        spiketimes = {}

        def __repr__(self):
            return "<SpikeMonitor of 3 neurons>"

    with pytest.raises(ModelError, match=r"M\[0\]"):
        firing_rate(Monitor())


@pytest.mark.parametrize("period", [0 * ms, -1 * ms, np.inf])
def test_a_period_is_positive(period):
    with pytest.raises(ModelError, match="the period must be positive"):
        vector_strength([0.1], period)
    with pytest.raises(DimensionMismatchError, match="the period must be in second"):
        vector_strength([0.1], 3 * mV)
