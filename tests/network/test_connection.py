"""Connections: who gets how much from whom, and when."""

import numpy as np
import pytest
from scipy import sparse

from brian_nb import Connection, Network, NeuronGroup, StateMonitor, seed
from brian_nb.errors import DimensionMismatchError, UnknownNameError, WiringError
from brian_nb.units import ALL_UNITS

mV, nA, ms, volt = (ALL_UNITS[name] for name in ("mV", "nA", "ms", "volt"))


def deliver(connection, duration=1 * ms):
    """What each target neuron got, in volt."""
    Network(connection).run(duration)
    return connection.target.v


def test_one_synapse_reaches_its_target_alone(make_source, make_target):
    C = Connection(make_source(3), make_target(4), "v")
    C[1, 2] = 3 * mV
    assert deliver(C).tolist() == [0, 0, 0.003, 0]


def test_full_connection_adds_all_sources(make_source, make_target):
    C = Connection(make_source(5), make_target(3), "v", weight=2 * mV)
    assert np.allclose(deliver(C), 0.010, rtol=1e-12)


def test_one_to_one_connects_equal_numbers(make_source, make_target):
    C = Connection(make_source(3), make_target(3), "v")
    C.connect_one_to_one(weight=lambda i, j: (1 + j) * mV)
    assert np.allclose(deliver(C), [0.001, 0.002, 0.003], rtol=1e-12)


def test_matrix_gives_each_pair_its_weight(make_source, make_target):
    W = np.arange(12.0).reshape(4, 3)
    C = Connection(make_source(4), make_target(3), "v")
    C.connect(W=W)
    assert C.n_synapses == 11
    assert np.allclose(deliver(C), W.sum(axis=0), rtol=1e-12)


def test_sparse_matrix_and_weight_argument_connect_at_once(make_source, make_target):
    W = sparse.random(30, 20, density=0.2, random_state=1)
    C = Connection(make_source(30), make_target(20), "v", weight=W)
    assert np.allclose(deliver(C), W.toarray().sum(axis=0), rtol=1e-12)


def test_function_of_i_and_j_gets_rows(make_source, make_target):
    C = Connection(make_source(6), make_target(5), "v")
    C.connect_full(weight=lambda i, j: (1 + np.cos(i - j)) * 2 * mV)
    i, j = np.mgrid[:6, :5]
    assert np.allclose(deliver(C), 0.002 * (1 + np.cos(i - j)).sum(axis=0), rtol=1e-12)


def test_function_of_nothing_is_called_for_each_synapse(make_source, make_target):
    calls = iter(range(1, 100))
    C = Connection(make_source(2), make_target(2), "v")
    C.connect_full(weight=lambda: next(calls) * mV)
    assert sorted(C[i, j] / mV for i in range(2) for j in range(2)) == pytest.approx([1, 2, 3, 4])


def test_random_connection_has_the_binomial_number_of_synapses(make_source, make_target):
    seed(5)
    C = Connection(make_source(500), make_target(800), "v", weight=1 * mV, sparseness=0.1)
    mean, deviation = 40_000, np.sqrt(400_000 * 0.1 * 0.9)
    assert abs(C.n_synapses - mean) < 5 * deviation
    per_target = np.bincount(C.values.targets[: C.n_synapses], minlength=800)
    assert abs(per_target.var() / (500 * 0.1 * 0.9) - 1) < 5 * np.sqrt(2 / 800)


def test_fixed_random_connection_gives_every_target_as_many_sources(make_source, make_target):
    C = Connection(make_source(40), make_target(7), "v")
    C.connect_random(sparseness=0.25, weight=1 * mV, fixed=True)
    assert np.allclose(deliver(C), 0.010, rtol=1e-12)


def test_a_seed_of_its_own_repeats_the_choice(make_source, make_target):
    def targets():
        C = Connection(make_source(50), make_target(50), "v")
        C.connect_random(sparseness=0.3, weight=1 * mV, seed=4)
        return C.values.targets.tolist()

    assert targets() == targets()


@pytest.mark.parametrize("sparseness", [0.0, 1.0])
def test_extreme_probabilities(make_source, make_target, sparseness):
    C = Connection(make_source(10), make_target(10), "v")
    C.connect_random(sparseness=sparseness, weight=1 * mV)
    assert C.n_synapses == 100 * sparseness


def test_subgroups_connect_blocks(make_source, make_target):
    source, target = make_source(10), make_target(10)
    C = Connection(source, target, "v")
    C.connect_full(source[2:4], target[5:7], weight=1 * mV)
    C.connect_full(source[8:10], target[0:1], weight=5 * mV)
    assert np.allclose(deliver(C), [0.010, 0, 0, 0, 0, 0.002, 0.002, 0, 0, 0], rtol=1e-12)


def test_connection_between_subgroups_counts_from_their_first_neuron(make_source, make_target):
    source, target = make_source(10), make_target(10)
    C = Connection(source[5:], target[7:], "v")
    C[0, 1] = 4 * mV
    Network(C).run(1 * ms)
    assert target.v.tolist() == [0] * 8 + [0.004, 0]


def test_subgroups_of_subgroups_and_in_sequence(make_target):
    G = make_target(100)
    first, second = G.subgroup(30), G.subgroup(50)
    assert (first.first, second.first, len(second)) == (0, 30, 50)
    inner = second[10:20][5:]
    assert (inner.first, inner.size) == (45, 5)
    inner.v = 1 * mV
    assert np.flatnonzero(G.v).tolist() == [45, 46, 47, 48, 49]


def test_a_later_weight_replaces_an_earlier_one(make_source, make_target):
    C = Connection(make_source(2), make_target(2), "v", weight=1 * mV)
    C[0, 1] = 7 * mV
    assert C.n_synapses == 4
    assert C[0, 1] == 7 * mV
    assert C[1, :].tolist() == [0.001, 0.001]


@pytest.mark.parametrize("delay_ms", [0.0, 0.1, 0.5, 3.0])
def test_spikes_arrive_after_the_delay(make_source, make_target, delay_ms):
    target = make_target(1)
    C = Connection(make_source(1), target, "v", delay=delay_ms * ms, weight=1 * mV)
    M = StateMonitor(target, "v", record=True)
    Network(C, M).run(5 * ms)
    arrival = M.times[np.flatnonzero(M[0])[0]]
    assert arrival == pytest.approx(delay_ms * 1e-3, abs=1e-9)


def test_a_delay_changed_between_runs_keeps_spikes_in_flight(make_target):
    G = NeuronGroup(1, "dx/dt = 1/(1*ms) : 1", threshold="x > 0.95", reset="x = 0")
    target = make_target(1)
    C = Connection(G, target, "v", delay=4 * ms, weight=1 * mV)
    network = Network(C)
    network.run(3 * ms)
    assert target.v[0] == 0
    C.delay = 0.5 * ms
    network.run(4 * ms)
    assert target.v[0] == pytest.approx(0.006, abs=2e-3)


def test_weight_scale_and_weight_act_from_the_next_run_on(make_target):
    G = NeuronGroup(1, "x : 1", threshold="x > 0", reset="x = x")
    G.x = 1
    target = make_target(2)
    C = Connection(G, target, "v")
    C[0, 0], C[0, 1] = 1 * mV, 2 * mV
    network = Network(C)
    network.run(1 * ms)
    assert np.allclose(target.v, [0.010, 0.020])
    C.weight_scale = 10
    network.run(1 * ms)
    assert np.allclose(target.v, [0.110, 0.220])


def test_two_connections_onto_one_variable_add_up(make_source, make_target):
    source, target = make_source(1), make_target(1)
    C, D = (Connection(source, target, "v", weight=w) for w in (1 * mV, 2 * mV))
    Network(C, D).run(1 * ms)
    assert target.v[0] == pytest.approx(0.003)


def test_default_target_is_the_membrane_variable_though_defined_later(make_source):
    G = NeuronGroup(1, "x : volt\nv : volt")
    assert Connection(make_source(1), G).variable == "v"


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda s, t: Connection(s, t, "z"), UnknownNameError),
        (lambda s, t: Connection(s, t, "v", weight=3 * nA), DimensionMismatchError),
        (lambda s, t: Connection(s, t, "v", weight=3), DimensionMismatchError),
        (lambda s, t: Connection(s, t, "v", delay=-1 * ms), WiringError),
        (lambda s, t: Connection(s, t, "v", delay=3 * mV), DimensionMismatchError),
        (lambda s, t: Connection(s, t, "v", weight=1 * mV, sparseness=1.5), WiringError),
        (lambda s, t: Connection(s, t, "v", weight=float("nan") * volt), WiringError),
        (lambda s, t: Connection(s, t, "v").connect(W=np.ones((2, 2))), WiringError),
        (lambda s, t: Connection(s, t, "v").connect_one_to_one(weight=1 * mV), WiringError),
        (lambda s, t: Connection(s, t, "v").__setitem__((7, 0), 1 * mV), WiringError),
        (lambda s, t: Connection(t, s, "x"), WiringError),
    ],
)
def test_a_wrong_connection_is_refused(make_source, make_target, make, error):
    with pytest.raises(error):
        make(make_source(3), make_target(4))
