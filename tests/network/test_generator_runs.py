"""Spikes at given times however a run is done, and when they are changed."""

import logging

import numpy as np
import pytest

from brian_nb import (
    Clock,
    Connection,
    Network,
    NeuronGroup,
    SpikeGeneratorGroup,
    SpikeMonitor,
    defaultclock,
    network_operation,
    seed,
)
from brian_nb.units import ALL_UNITS
from tests.network.fired import EXPECTED, PAIRS, fire, steps_of

ms, mV, second = (ALL_UNITS[name] for name in ("ms", "mV", "second"))


# -- determinism -------------------------------------------------------------------------------


def make_network(form=list, threads=1, reference=False):
    """A noisy group driven by 700 neurons that fire at given times."""
    defaultclock.reinit()
    seed(3)
    rng = np.random.default_rng(5)
    times = np.sort(rng.uniform(0, 0.05, 3000))
    pairs = zip(rng.integers(0, 700, 3000).tolist(), times.tolist(), strict=True)
    P = SpikeGeneratorGroup(700, form(pairs))
    G = NeuronGroup(300, "dv/dt = -v/(5*ms) : volt", threshold=3 * mV, reset=0 * mV)
    C = Connection(P, G, "v", weight=1 * mV, sparseness=0.1, delay=1 * ms)
    M, L = SpikeMonitor(P), SpikeMonitor(G)
    network = Network(P, G, C, M, L, threads=threads)
    network._reference = reference
    return network, M, L


@pytest.fixture(scope="module")
def expected():
    network, M, L = make_network()
    network.run(50 * ms)
    assert M.nspikes > 2900 and L.nspikes > 100
    return steps_of(M), steps_of(L)


@pytest.mark.parametrize("form", [list, iter])
@pytest.mark.parametrize("threads", [1, 2, 3])
def test_threads_and_segments_do_not_change_the_spikes(expected, form, threads):
    network, M, L = make_network(form, threads)
    for duration in (0.1, 4.9, 30, 15):
        network.run(duration * ms)
    assert (steps_of(M), steps_of(L)) == expected


def test_plain_python_gives_the_same_spikes(expected):
    network, M, L = make_network(iter, reference=True)
    network.run(10 * ms)
    assert steps_of(M) == [spike for spike in expected[0] if spike[1] < 100]
    assert steps_of(L) == [spike for spike in expected[1] if spike[1] < 100]


@pytest.mark.parametrize("form", [list, iter])
def test_a_restored_state_repeats_what_followed(expected, form):
    network, M, L = make_network(form)
    network.run(20 * ms)
    state = network.store()
    network.run(20 * ms)
    M.clear_recordings()
    L.clear_recordings()
    network.restore(state)
    network.run(30 * ms)
    assert steps_of(M) == [spike for spike in expected[0] if spike[1] >= 200]
    assert steps_of(L) == [spike for spike in expected[1] if spike[1] >= 200]


def test_a_restored_state_brings_back_earlier_spike_times():
    G = SpikeGeneratorGroup(2, PAIRS)
    M = SpikeMonitor(G)
    network = Network(G, M)
    network.run(1.5 * ms)
    state = network.store()
    G.spiketimes = [(0, 9 * ms)]
    network.restore(state)
    network.run(8.5 * ms)
    assert steps_of(M) == EXPECTED


# -- changes -----------------------------------------------------------------------------------


def test_spike_times_can_be_changed_between_runs():
    G = SpikeGeneratorGroup(2, PAIRS)
    M = SpikeMonitor(G)
    network = Network(G, M)
    network.run(2.5 * ms)
    G.spiketimes = [(0, 1 * ms), (0, 2.5 * ms), (1, 4 * ms)]
    network.run(2.5 * ms)
    assert steps_of(M) == [(0, 10), (1, 20), (0, 25), (1, 40)]


def test_spike_times_can_be_changed_by_an_operation():
    G = SpikeGeneratorGroup(1, [(0, 1 * ms)])
    M = SpikeMonitor(G)

    @network_operation
    def change():
        if abs(defaultclock.t - 2 * ms) < 0.01 * ms:
            G.spiketimes = [(0, 2 * ms), (0, 2.1 * ms), (0, 3 * ms)]

    Network(G, M, change).run(4 * ms)
    assert steps_of(M) == [(0, 10), (0, 21), (0, 30)]


@pytest.mark.parametrize("form", [list, iter, lambda spikes: lambda: iter(spikes)])
def test_reinit_begins_again(form):
    G = SpikeGeneratorGroup(2, form(PAIRS))
    M = SpikeMonitor(G)
    network = Network(G, M)
    network.run(2.5 * ms)
    network.reinit()
    network.run(10 * ms)
    assert steps_of(M) == EXPECTED


def test_reinit_calls_a_function_anew():
    calls = []

    def spikes():
        calls.append(1)
        yield 0, len(calls) * ms

    G = SpikeGeneratorGroup(1, spikes)
    M = SpikeMonitor(G)
    network = Network(G, M)
    network.run(5 * ms)
    assert steps_of(M) == [(0, 10)]
    network.reinit()
    network.run(5 * ms)
    assert steps_of(M) == [(0, 20)]


def test_a_clock_with_another_step_gives_another_grid():
    times = [0.4, 0.5, 0.74, 1.3]
    clock = Clock(dt=0.25 * ms)
    G = SpikeGeneratorGroup(1, [(0, t * ms) for t in times], clock=clock)
    M = SpikeMonitor(G)
    Network(G, M).run(0.5 * ms)
    clock.set_dt(0.1 * ms)
    Network(G, M).run(1 * ms)
    assert np.allclose([t for _, t in M.spikes], np.array([0.5, 0.8, 1.3]) * 1e-3)


def test_spikes_before_the_beginning_are_left_out_with_a_warning(caplog):
    defaultclock.t = 2.5 * ms
    with caplog.at_level(logging.WARNING, "brian_nb"):
        assert fire(SpikeGeneratorGroup(2, PAIRS)) == EXPECTED[2:]
    assert "2 spikes lie before t = 2.5 ms" in caplog.text
