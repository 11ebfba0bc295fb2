"""Poisson spike trains, with rates in every form."""

import math

import numpy as np
import pytest

from brian_nb import (
    Network,
    NeuronGroup,
    PoissonGroup,
    SpikeMonitor,
    StateMonitor,
    defaultclock,
    seed,
)
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.network.poisson import RateInput
from brian_nb.network.setters import ExpressionSetter, ForecastSetter
from brian_nb.units import ALL_UNITS

ms, mV, Hz, second = (ALL_UNITS[name] for name in ("ms", "mV", "Hz", "second"))
N = 300
TIMES = np.arange(300) * 1e-4


def record_rates(rates, n=2, threads=1, reference=False):
    """Rates of all neurons at all steps of 30 ms, float64[n, 300]."""
    defaultclock.reinit()
    P = PoissonGroup(n, rates)
    M = StateMonitor(P, "rate", record=True)
    network = Network(P, M)
    network._reference = reference
    network.run(7 * ms, threads=threads)
    network.run(23 * ms)
    return M.values, P


def count_spikes(rates, n=N, duration=1 * second):
    P = PoissonGroup(n, rates)
    M = SpikeMonitor(P)
    Network(P, M).run(duration)
    neurons, times = map(np.array, zip(*M.spikes, strict=True))
    return neurons, times


def within(count, expected, deviations=5):
    """Whether a Poisson count is within some standard deviations of its mean."""
    return abs(count - expected) < deviations * math.sqrt(expected)


# -- statistics --------------------------------------------------------------------------------


def test_counts_follow_the_poisson_law():
    seed(1)
    neurons, times = count_spikes(40 * Hz, n=2000)
    counts = np.bincount(neurons, minlength=2000)
    assert within(counts.sum(), 80_000)
    # A Bernoulli trial a step: the variance is the mean times 1 - rate*dt; 5 standard errors.
    assert counts.var() == pytest.approx(40 * (1 - 0.004), rel=5 * (2 / 2000) ** 0.5)
    assert within((times < 0.5).sum(), 40_000)


def test_each_neuron_may_have_a_rate_of_its_own():
    seed(2)
    rates = np.linspace(0, 100, N)
    neurons, _ = count_spikes(rates)
    counts = np.bincount(neurons, minlength=N)
    assert counts[0] == 0
    for part in range(0, N, 50):
        mean = rates[part : part + 50].sum()
        assert within(counts[part : part + 50].sum(), mean)


def test_spikes_follow_a_rate_that_changes_in_time():
    seed(3)
    _, times = count_spikes(lambda t: 100 * Hz * (t > 300 * ms) * (t < 600 * ms))
    assert within(len(times), 300 * 30)
    assert times.min() > 0.3 and times.max() < 0.6


# -- functions ---------------------------------------------------------------------------------

r1, r2 = np.array([101.0, 102.0]), np.array([1.0, 2.0])
base = 10 * Hz


def two_phases(t):
    if t < 10 * ms:
        return r1
    else:
        return r2


FUNCTIONS = {
    "cosine": (
        lambda t: 200 * Hz * (1 + np.cos(2 * np.pi * t * 50 * Hz)),
        200 * (1 + np.cos(100 * np.pi * TIMES)),
    ),
    "window by and": (
        lambda t: (t < 20 * ms and 2000 * Hz) or 0 * Hz,
        np.where(TIMES < 20e-3 - 1e-9, 2000, 0),
    ),
    "two arrays": (
        two_phases,
        np.where(TIMES < 10e-3 - 1e-9, r1[:, None], r2[:, None]),
    ),
    "cosine without a unit": (lambda t: (1 + np.cos(t)) * base, 10 * (1 + np.cos(TIMES))),
    "ramp": (lambda t: 5000 * Hz * (t / (100 * ms)), 5e4 * TIMES),
    "text": ("10*Hz*(1 + sin(2*pi*t*base))", 10 * (1 + np.sin(20 * np.pi * TIMES))),
    "array of functions": (
        lambda t: (1 + np.cos(t / second)) * r1,
        (1 + np.cos(TIMES)) * r1[:, None],
    ),
}


@pytest.mark.parametrize("threads, reference", [(1, False), (2, False), (3, False), (1, True)])
def test_functions_of_time_are_compiled(threads, reference):
    chosen = list(FUNCTIONS.values())
    if not reference:
        chosen = chosen[:3]  # the others need seconds to be compiled, and come to nothing else
    groups = [PoissonGroup(2, function) for function, _ in chosen]
    monitors = [StateMonitor(group, "rate", record=True) for group in groups]
    network = Network(groups, monitors)
    network._reference = reference
    network.run(7 * ms, threads=threads)
    network.run(23 * ms)
    for group, monitor, (_, expected) in zip(groups, monitors, chosen, strict=True):
        assert np.allclose(monitor.values, expected, rtol=1e-9, atol=1e-12)
        assert isinstance(group.attached[0], ExpressionSetter)
    assert network.callers == []


@pytest.mark.parametrize("threads, reference", [(1, False), (2, False), (1, True)])
def test_functions_of_arrays_are_computed_ahead(threads, reference):
    stimulus = np.random.default_rng(1).uniform(0, 100, (40, 2))
    values, P = record_rates(
        lambda t: stimulus[int(t / (1 * ms))], threads=threads, reference=reference
    )
    assert isinstance(P.attached[0], ForecastSetter)
    assert np.allclose(values, stimulus[:30].repeat(10, axis=0).T)


def test_a_function_may_give_one_rate_at_times_and_many_at_others():
    stimulus = np.array([3.0, 4.0])

    def rates(t):
        return stimulus * np.sum([1.0]) if 5 * ms < t < 15 * ms else 0.0 * Hz * np.prod([1])

    values, P = record_rates(rates)
    inside = (TIMES > 5e-3 + 1e-9) & (TIMES < 15e-3 - 1e-9)
    assert np.allclose(values, np.where(inside, stimulus[:, None], 0))
    assert isinstance(P.attached[0], ForecastSetter)


def test_other_functions_are_called_in_every_step():
    G = NeuronGroup(1, "dx/dt = 1/ms : 1")
    P = PoissonGroup(2, lambda t: G.x[0] * 100 * Hz)
    M = StateMonitor(P, "rate", record=True)
    network = Network(P, G, M)
    network.run(3 * ms)
    assert np.allclose(M[1], np.arange(30) * 10)
    assert isinstance(P.attached[0], RateInput) and network.callers == P.attached
    assert "called by Python in every step" in repr(P.attached[0])


def test_random_functions_are_called_in_every_step():
    P = PoissonGroup(2, lambda t: np.random.uniform(0, 10) * Hz)
    assert isinstance(P.attached[0], RateInput)


def test_numbers_and_arrays_of_a_function_are_read_again_in_every_run():
    rate, rates = 10 * Hz, np.array([1.0, 2.0])
    P = PoissonGroup(2, lambda t: rate)
    Q = PoissonGroup(2, lambda t: rates + 0 * t)
    R = PoissonGroup(2, lambda t: np.roll(rates, 1))
    network = Network(P, Q, R)
    network.run(1 * ms)
    assert P.rate.tolist() == [10, 10] and Q.rate.tolist() == [1, 2] and R.rate.tolist() == [2, 1]
    rate = 20 * Hz
    rates[:] = [3, 4]
    network.run(1 * ms)
    assert P.rate.tolist() == [20, 20] and Q.rate.tolist() == [3, 4] and R.rate.tolist() == [4, 3]


def test_rates_can_be_changed_to_another_form_between_runs():
    seed(4)
    P = PoissonGroup(N, 0 * Hz)
    M = SpikeMonitor(P)
    network = Network(P, M)
    expected = 0
    for rates, mean in (
        (0 * Hz, 0),
        (lambda t: 50 * Hz, 50),
        (np.full(N, 100.0), 100),
        ("20*Hz", 20),
        (lambda t: np.cumsum([10.0, 20.0])[1] * Hz, 30),
        (5 * Hz, 5),
    ):
        before = M.nspikes
        P.rates = rates
        network.run(500 * ms)
        expected = N * mean / 2
        assert within(M.nspikes - before, expected) or M.nspikes == before == expected
        assert P.rates is rates
    P.rate = 80 * Hz
    before = M.nspikes
    network.run(500 * ms)
    assert within(M.nspikes - before, N * 40)


def test_segments_and_snapshots_do_not_change_the_spikes():
    def make():
        defaultclock.reinit()
        seed(5)
        table = np.linspace(0, 200, 400)
        P = PoissonGroup(N, lambda t: 100 * Hz * (1 + np.sin(2 * np.pi * t * 20 * Hz)))
        Q = PoissonGroup(N, lambda t: table[int(t / (0.1 * ms) + 0.5)])
        M, L = SpikeMonitor(P), SpikeMonitor(Q)
        return Network(P, Q, M, L), M, L

    network, M, L = make()
    network.run(40 * ms)
    expected = M.spikes, L.spikes
    network, M, L = make()
    network.run(13 * ms)
    state = network.store()
    network.run(9 * ms)
    network.restore(state)
    M.clear_recordings()
    L.clear_recordings()
    network.run(27 * ms, threads=2)
    later = [[spike for spike in spikes if spike[1] > 12.99e-3] for spikes in expected]
    assert [M.spikes, L.spikes] == later


# -- mistakes ----------------------------------------------------------------------------------


def test_rates_have_to_be_frequencies():
    for rates in (10 * mV, 10, lambda t: 10 * mV, lambda t: t, "10*mV", lambda t: 3.0):
        with pytest.raises(DimensionMismatchError):
            PoissonGroup(2, rates)
    with pytest.raises(ModelError, match="cannot be negative"):
        PoissonGroup(2, -1 * Hz)
    with pytest.raises(ModelError, match="one value or 2"):
        PoissonGroup(2, np.ones(3))
    wrong = np.ones(3)
    with pytest.raises(ModelError, match="has 3 values, one for each neuron"):
        PoissonGroup(2, lambda t: wrong)
    P = PoissonGroup(2, lambda t: np.cumsum(wrong))
    with pytest.raises(ModelError, match="gave 3 values"):
        Network(P).run(1 * ms)
    P.rates = lambda t: np.sum([1.0]) * mV
    with pytest.raises(DimensionMismatchError, match="the rates of `P` must be in"):
        Network(P).run(1 * ms)


def test_negative_values_of_a_function_count_as_zero():
    seed(6)
    P = PoissonGroup(N, lambda t: 100 * Hz * np.cos(2 * np.pi * t * 10 * Hz))
    M = SpikeMonitor(P)
    Network(P, M).run(1 * second)
    assert within(M.nspikes, N * 100 / np.pi)


def test_the_group_says_what_runs_in_python():
    def rates(t):
        print("", end="")
        return 3 * Hz

    P, Q = PoissonGroup(2, rates), PoissonGroup(2, 3 * Hz)
    assert P.python_parts == ["the function of the rates"] and Q.python_parts == []
    assert repr(P).endswith("2 neurons, the function of the rates in Python>")
    assert repr(Q) == "<PoissonGroup: 2 neurons>"
