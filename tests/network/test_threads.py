"""How many threads a run takes by itself, and that its results do not depend on it."""

import numpy as np
import pytest

from brian_nb import Clock, Connection, Network, NeuronGroup, SpikeMonitor, seed
from brian_nb.errors import ModelError
from brian_nb.network import threads
from brian_nb.units import ALL_UNITS

mV, ms = ALL_UNITS["mV"], ALL_UNITS["ms"]


@pytest.fixture
def four_processors(monkeypatch):
    monkeypatch.setattr(threads, "count_processors", lambda: 4)


@pytest.mark.parametrize(
    ("n_neurons", "n_threads"),
    [(0, 1), (4000, 1), (262_143, 1), (262_144, 2), (400_000, 3), (10**6, 4)],
)
def test_small_networks_run_on_one_thread(four_processors, n_neurons, n_threads):
    assert threads.choose_threads(n_neurons) == n_threads


def test_there_are_never_more_than_eight_threads(monkeypatch):
    monkeypatch.setattr(threads, "count_processors", lambda: 64)
    assert threads.choose_threads(10**8) == 8


@pytest.mark.parametrize(
    ("text", "expected"), [("max 100000", 8), ("250000 100000", 2), ("50000 100000", 1), ("", 8)]
)
def test_the_limit_of_a_container_counts(monkeypatch, tmp_path, text, expected):
    (tmp_path / "cpu.max").write_text(text)
    monkeypatch.setattr(threads, "_QUOTA", tmp_path / "cpu.max")
    monkeypatch.setattr(threads.os, "sched_getaffinity", lambda process: range(8), raising=False)
    assert threads.count_processors() == expected


def test_a_network_follows_its_size_unless_told(four_processors, monkeypatch):
    monkeypatch.setattr(threads, "NEURONS_PER_THREAD", 400)
    group, more = NeuronGroup(900, "v : 1"), NeuronGroup(900, "v : 1")
    network = Network(group)
    assert network.threads == 2
    network.run(0.1 * ms)
    assert network._simulation.n_threads == 2
    network.add(more)
    assert network.threads == 4
    network.run(0.1 * ms)
    assert network._simulation.n_threads == 4
    network.run(0.1 * ms, threads=1)
    assert network._simulation.n_threads == network.threads == 1
    network.threads = None
    assert network.threads == network.extend().threads == 4


def test_a_run_needs_a_thread():
    for number in (0, 1.5, -2):
        with pytest.raises(ModelError, match="at least one thread"):
            Network(threads=number)


def test_the_chosen_number_of_threads_gives_the_spikes_of_one(four_processors, monkeypatch):
    monkeypatch.setattr(threads, "NEURONS_PER_THREAD", 400)

    def fire(n_threads):
        seed(1)
        clock = Clock(dt=0.1 * ms)
        G = NeuronGroup(
            900, "dv/dt = (12*mV - v)/(10*ms) : volt", 10 * mV, reset=0 * mV, clock=clock
        )
        G.v = np.linspace(0, 10, 900) * mV
        C = Connection(G, G, "v", sparseness=0.1, weight=0.01 * mV, delay=1 * ms)
        M = SpikeMonitor(G)
        network = Network(C, M, threads=n_threads)
        network.run(50 * ms)
        return network.threads, M.spikes, np.array(G.v)

    chosen, spikes, v = fire(None)
    assert chosen == 2 and len(spikes) > 900
    _, spikes_of_one, v_of_one = fire(1)
    assert spikes == spikes_of_one
    assert np.array_equal(v, v_of_one)
