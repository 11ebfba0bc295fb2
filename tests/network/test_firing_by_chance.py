"""Neurons that fire with a probability of their own in each step: counts, and independence."""

import numpy as np
import pytest
from scipy import stats

from brian_nb import (
    Hz,
    Network,
    NeuronGroup,
    PoissonGroup,
    SpikeMonitor,
    defaultclock,
    ms,
    network_operation,
    second,
    seed,
)

N_STEPS = 20_000
STEP = 0.1e-3


def count_spikes(group, duration=2 * second, number=3):
    """Raster bool[n_steps, N] of a run."""
    seed(number)
    monitor = SpikeMonitor(group)
    Network(group, monitor).run(duration)
    raster = np.zeros((int(round(float(duration) / STEP)), len(group)), bool)
    neurons, times = np.array(monitor.spikes).reshape(-1, 2).T
    raster[np.rint(times / STEP).astype(int), neurons.astype(int)] = True
    assert raster.sum() == monitor.nspikes  # nobody twice in a step
    return raster


def p_value_of_counts(counts, chances, n_steps=N_STEPS):
    expected = chances * n_steps
    variance = expected * (1 - chances)
    return stats.chi2.sf(((counts - expected) ** 2 / variance).sum(), len(counts))


@pytest.mark.parametrize("largest", [0.002, 0.014, 0.017, 0.3])
def test_each_neuron_fires_with_its_own_probability(largest):
    chances = np.linspace(0, largest, 600)
    raster = count_spikes(PoissonGroup(600, rates=chances / STEP * Hz))
    assert not raster[:, 0].any()
    assert 1e-3 < p_value_of_counts(raster[:, 1:].sum(0), chances[1:]) < 1 - 1e-3


@pytest.mark.parametrize("rate", [20, 120, 400])
def test_neurons_and_steps_are_independent(rate):
    raster = count_spikes(PoissonGroup(520, rates=rate * Hz))
    chance = rate * STEP
    per_step = raster.sum(1)
    variance = 520 * chance * (1 - chance)
    assert abs(per_step.var() / variance - 1) < 5 * np.sqrt((2 + 1 / variance) / N_STEPS)
    for lag_neurons, lag_steps in [(1, 0), (2, 0), (0, 1), (256, 0), (1, 1)]:
        first = raster[: N_STEPS - lag_steps, : 520 - lag_neurons]
        both = (first & raster[lag_steps:, lag_neurons:]).sum()
        expected = first.size * chance**2
        assert abs(both - expected) < 5 * np.sqrt(expected) + 1


def test_intervals_are_geometric():
    raster = count_spikes(PoissonGroup(300, rates=100 * Hz))
    gaps = np.concatenate([np.diff(np.flatnonzero(train)) for train in raster.T])
    edges = np.append(np.arange(1, 300, 30), np.inf)
    chance = 0.01
    expected = len(gaps) * -np.diff((1 - chance) ** (edges - 1))
    found, _ = np.histogram(gaps, edges)
    assert stats.chisquare(found, expected * found.sum() / expected.sum()).pvalue > 1e-3


@pytest.mark.parametrize("rate", [0, 1e4])
def test_certain_outcomes(rate):
    raster = count_spikes(PoissonGroup(300, rates=rate * Hz), 10 * ms)
    assert raster.all() if rate else not raster.any()


def test_an_undefined_rate_silences_its_neuron_alone():
    group = PoissonGroup(300, rates=100 * Hz)
    group.rate[7] = np.nan
    raster = count_spikes(group)
    assert not raster[:, 7].any()
    others = np.delete(raster.sum(0), 7)
    assert 1e-3 < p_value_of_counts(others, np.full(299, 0.01)) < 1 - 1e-3


def test_escape_noise_follows_the_membrane_potential():
    group = NeuronGroup(
        500, "dv/dt = (1 - v)/(5*ms) : 1", threshold="0.01*v > rand()", reset="v = 0"
    )
    raster = count_spikes(group)
    steps = np.arange(1, 2000)
    hazard = 0.01 * (1 - np.exp(-steps * STEP / 5e-3))
    alive = np.concatenate([[1], np.cumprod(1 - hazard)[:-1]])
    density = alive * hazard
    mean = (density * steps).sum()
    spread = np.sqrt((density * steps**2).sum() - mean**2)
    gaps = np.concatenate([np.diff(np.flatnonzero(train)) for train in raster.T])
    assert abs(gaps.mean() - mean) < 5 * spread / np.sqrt(len(gaps)) + 0.01 * mean


def test_rates_that_change_in_the_time_loop_are_followed():
    group = PoissonGroup(600, rates=lambda t: (200 if t < 1 * second else 20) * Hz)
    raster = count_spikes(group)
    for part, rate in [(raster[:10_000], 200), (raster[10_000:], 20)]:
        chances = np.full(600, rate * STEP)
        assert 1e-3 < p_value_of_counts(part.sum(0), chances, 10_000) < 1 - 1e-3


def test_rates_that_python_changes_within_a_run_are_followed():
    group = PoissonGroup(600, rates=0 * Hz)

    @network_operation
    def switch(clock):
        group.rate = 100 * Hz if clock.t >= 50 * ms else 0 * Hz

    monitor = SpikeMonitor(group)
    Network(group, monitor, switch).run(100 * ms)
    assert min(t for _, t in monitor.spikes) >= 50e-3
    assert abs(monitor.nspikes - 3000) < 5 * np.sqrt(3000)


def fire(segments=(100 * ms,), threads=1, reference=False, number=5):
    seed(number)
    defaultclock.reinit()
    group = PoissonGroup(1100, rates=np.linspace(0, 160, 1100) * Hz)
    monitor = SpikeMonitor(group)
    network = Network(group, monitor)
    network._reference = reference
    for duration in segments:
        network.run(duration, threads=threads)
    neurons, times = np.array(monitor.spikes).reshape(-1, 2).T
    return neurons, np.rint(times / STEP)


def test_same_spikes_in_segments_by_threads_and_in_plain_python():
    expected = fire()
    assert len(expected[0]) > 100
    in_segments = fire((33.3 * ms, 0.1 * ms, 66.6 * ms))
    for other in (in_segments, fire(threads=2), fire(threads=3), fire(reference=True)):
        for found, wanted in zip(other, expected, strict=True):
            np.testing.assert_array_equal(found, wanted)


def test_another_seed_gives_other_spikes():
    assert not np.array_equal(fire()[1], fire(number=6)[1])
