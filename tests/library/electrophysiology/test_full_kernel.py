"""The full kernel is found again in recordings that were made with one."""

import numpy as np
import pytest

from brian_nb.errors import ModelError
from brian_nb.library.electrophysiology import full_kernel, full_kernel_from_step

KERNEL = 25e6 * np.exp(-np.arange(40) / 2.0) + 0.3e6 * np.exp(-np.arange(40) / 30.0)


def record(current, rest=-0.07):
    return rest + np.convolve(current, KERNEL)[: len(current)]


def make_noise(n=2000, seed=1):
    return np.random.default_rng(seed).uniform(-0.5e-9, 0.5e-9, n)


@pytest.mark.parametrize("n_silent", [0, 40])
def test_the_kernel_and_the_resting_potential_are_exact_without_noise(n_silent):
    current = make_noise()
    current[len(current) - n_silent :] = 0
    kernel, rest = full_kernel(record(current), current, 40, full_output=True)
    assert kernel == pytest.approx(KERNEL, rel=1e-6, abs=1.0)
    assert rest == pytest.approx(-0.07)


def test_any_current_that_varies_will_do():
    current = np.random.default_rng(2).standard_normal(500).cumsum() * 1e-10
    assert full_kernel(record(current), current, 40) == pytest.approx(KERNEL, rel=1e-4)


def test_noise_in_the_recording_averages_out():
    current = make_noise(20_000)
    noise = 1e-3 * np.random.default_rng(3).standard_normal(len(current))
    kernel = full_kernel(record(current) + noise, current, 40)
    # Each value has the standard error noise/(current*sqrt(n)).
    error = 1e-3 / (0.5e-9 / np.sqrt(3) * np.sqrt(20_000))
    assert np.abs(kernel - KERNEL).max() < 4 * error


def test_a_step_shows_the_sum_of_the_kernel():
    current = np.concatenate([np.zeros(1), np.full(60, 0.2e-9)])
    assert full_kernel_from_step(record(current), 0.2e-9, 40) == pytest.approx(KERNEL)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: full_kernel(np.zeros(10), np.zeros(9), 3), "must be one recording"),
        (lambda: full_kernel(np.zeros(10), np.ones(10), 10), "cannot be estimated from 10 values"),
        (lambda: full_kernel(np.zeros(10), np.zeros(10), 3), "does not tell the kernel"),
        (lambda: full_kernel([0, np.nan], [0, 1], 1), "v has values that are no numbers"),
        (lambda: full_kernel(np.zeros((2, 2)), np.zeros((2, 2)), 1), "shape"),
        (lambda: full_kernel("v", "i", 1), "v must be an array"),
        (lambda: full_kernel_from_step(np.zeros(10), 0, 3), "no current"),
        (lambda: full_kernel_from_step(np.zeros(10), 1e-9, 10), "needs 11 values"),
    ],
)
def test_what_tells_no_kernel(call, message):
    with pytest.raises(ModelError, match=message):
        call()
