"""The gamma factor, against trains whose coincidences are known."""

import numpy as np
import pytest

from brian_nb.analysis import gamma_factor
from brian_nb.analysis.coincidences import count_coincidences
from brian_nb.errors import ModelError
from brian_nb.units import ms

DURATION, RATE = 2000.0, 20.0


def poisson_train(seed):
    rng = np.random.default_rng(seed)
    return np.sort(rng.uniform(0, DURATION, rng.poisson(RATE * DURATION)))


def test_equal_trains_have_gamma_one():
    train = poisson_train(1)
    assert gamma_factor(train, train, 2 * ms) == pytest.approx(1)


def test_a_poisson_train_predicts_nothing():
    error = 5 / np.sqrt(RATE * DURATION)
    assert gamma_factor(poisson_train(2), poisson_train(3), 2 * ms) == pytest.approx(0, abs=error)


def test_half_of_the_spikes_give_what_the_formula_gives():
    target = np.arange(101) * 0.1
    source = target[::2]  # rate 5 Hz, 51 coincidences
    chance = 2 * 5 * 0.004
    expected = 2 * (51 - chance * 101) / (51 + 101) / (1 - chance)
    assert gamma_factor(source, target, 4 * ms) == pytest.approx(expected)


def test_trains_that_avoid_each_other_are_worse_than_chance():
    target = np.arange(100) * 0.1
    chance = 2 * 10 * 0.004
    assert gamma_factor(target + 0.05, target, 4 * ms) == pytest.approx(-chance / (1 - chance))


def test_coincidences_are_those_of_all_pairs():
    rng = np.random.default_rng(5)
    source, target = np.sort(rng.uniform(0, 1, 70)), np.sort(rng.uniform(0, 1, 50))
    near = np.abs(np.subtract.outer(target, source)) <= 0.003
    assert count_coincidences(source, target, 0.003) == near.any(axis=1).sum()


def test_a_distance_of_exactly_delta_counts():
    steps = np.arange(0, 10_000, 200)
    assert count_coincidences(steps * 1e-4, (steps + 20) * 1e-4, 0.002) == len(steps)
    assert count_coincidences(steps * 1e-4, (steps + 21) * 1e-4, 0.002) == 0


def test_a_spike_of_the_model_may_serve_several_target_spikes():
    assert count_coincidences(np.array([0.1]), np.array([0.099, 0.101]), 0.002) == 2


def test_silent_trains():
    train = [0.1, 0.2]
    assert gamma_factor([], train, 2 * ms) == 0
    assert gamma_factor(train, [], 2 * ms) == 0
    assert np.isnan(gamma_factor([], [], 2 * ms))
    assert gamma_factor([0.1], [0.1], 2 * ms) == 1


def test_gamma_is_undefined_where_chance_reaches_everything():
    assert np.isnan(gamma_factor(np.arange(100) * 0.001, [0.05], 1 * ms))


def test_delta_is_positive():
    with pytest.raises(ModelError, match="delta must be positive"):
        gamma_factor([0.1], [0.1], 0 * ms)
