"""Which pairs are connected: counts against the binomial law, exact numbers, bounded memory."""

import copy
import pickle
import tracemalloc

import numpy as np
import pytest
from scipy import sparse

from brian_nb import Connection, IdentityConnection, Network, NeuronGroup, seed
from brian_nb.errors import WiringError
from brian_nb.network.wiring import draw_fixed_rows, draw_rows, seeded
from brian_nb.units import ALL_UNITS

mV, ms = ALL_UNITS["mV"], ALL_UNITS["ms"]
DEVIATIONS = 5
"""Statistics may be off by this many standard deviations: once in a million times by chance."""


def test_drawn_pairs_are_as_many_as_the_binomial_law_says():
    n, p = 2000, 0.05
    rows = draw_rows(n, n, p, np.random.default_rng(1))
    per_source = np.diff(rows.starts)
    per_target = np.bincount(rows.targets, minlength=n)
    variance = n * p * (1 - p)
    for counts in (per_source, per_target):
        assert abs(counts.sum() - n * n * p) < DEVIATIONS * np.sqrt(n * variance)
        assert abs(counts.var() / variance - 1) < DEVIATIONS * np.sqrt(2 / n)
    for row in np.split(rows.targets, rows.starts[1:-1]):
        assert (np.diff(row.astype(int)) > 0).all()


@pytest.mark.parametrize("probability", [0.1, 0.9, 0.0, 1.0])
def test_fixed_numbers_of_sources_are_drawn_evenly_and_without_repetition(probability):
    n_source, n_target = 50, 3000
    rows = draw_fixed_rows(n_source, n_target, probability, np.random.default_rng(2))
    n_each = round(probability * n_source)
    assert (np.bincount(rows.targets, minlength=n_target) == n_each).all()
    per_source = np.diff(rows.starts)
    expected, variance = n_target * probability, n_target * probability * (1 - probability)
    assert (abs(per_source - expected) <= DEVIATIONS * np.sqrt(variance)).all()


def test_fixed_sets_of_sources_are_equally_likely():
    """Of 4 sources 2 are drawn: 6 sets, each with probability 1/6."""
    n_target = 6000
    rows = draw_fixed_rows(4, n_target, 0.5, np.random.default_rng(3))
    sets = np.zeros(n_target, int)
    for source, row in enumerate(np.split(rows.targets, rows.starts[1:-1])):
        sets[row] += 2**source
    counts = np.unique(sets, return_counts=True)[1]
    assert len(counts) == 6
    assert (abs(counts - 1000) < DEVIATIONS * np.sqrt(6000 * 5 / 36)).all()


def test_large_sparse_groups_connect_in_bounded_memory():
    n = 64_000
    G = NeuronGroup(n, "v : volt", threshold=1 * mV)
    C = Connection(G, G, "v")
    tracemalloc.start()
    C.connect_random(p=80 / n, weight=1 * mV)
    C.compress()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert abs(C.n_synapses - 80 * n) < DEVIATIONS * np.sqrt(80 * n)
    assert peak < 60 * C.n_synapses  # bytes: the synapses take 4 each, the drawn places 8
    assert C.values.targets.dtype == np.uint32


def test_a_seed_repeats_pairs_and_weights_and_leaves_others_alone(make_source, make_target):
    def connect():
        C = Connection(make_source(50), make_target(50), "v")
        C.connect_random(p=0.3, weight=lambda: np.random.rand() * mV, seed=4)
        return C.W.todense()

    seed(1)
    first, after = connect(), np.random.rand()
    seed(1)
    assert after == np.random.rand()
    assert np.array_equal(first, connect())
    with seeded(4):
        inside = np.random.rand()
    assert inside == np.random.RandomState(4).rand()


@pytest.mark.parametrize(
    "arguments", [{"p": 0.5}, {"sparseness": 0.5}, {"p": 0.5, "fixed": True}], ids=str
)
def test_names_of_the_probability(make_source, make_target, arguments):
    C = Connection(make_source(40), make_target(40), "v")
    C.connect_random(C.source, C.target, weight=1 * mV, **arguments)
    assert 500 < C.n_synapses < 1100


def test_functions_get_numbers_within_the_parts(make_source, make_target):
    source, target = make_source(10), make_target(12)
    C = Connection(source, target, "v")
    seen = []

    def weight(i, j):
        seen.append((i, j.tolist()))
        return (10 * i + j) * mV

    C.connect_full(source[4:6], target[9:12], weight=weight)
    assert seen == [(0, [0, 1, 2]), (1, [0, 1, 2])]
    assert C.W.todense()[4:6, 9:12] == pytest.approx(np.array([[0, 1, 2], [10, 11, 12]]) * 1e-3)
    assert C.n_synapses == 6


def test_a_function_is_called_once_for_each_row_that_has_synapses(make_source, make_target):
    C = Connection(make_source(100), make_target(100), "v")
    calls = []
    C.connect_random(p=0.05, weight=lambda i, j: calls.append(i) or 1 * mV)
    assert sorted(set(calls)) == calls
    assert calls == np.unique(np.nonzero(C.W.todense())[0]).tolist()


def test_blocks_that_overlap_keep_what_came_last(make_source, make_target):
    source, target = make_source(6), make_target(6)
    C = Connection(source, target, "v")
    C.connect_full(source[:4], target[:4], weight=1 * mV)
    C.connect_full(source[2:], target[2:], weight=2 * mV)
    C.connect_one_to_one(weight=3 * mV)
    expected = np.zeros((6, 6))
    expected[:4, :4], expected[2:, 2:] = 1, 2
    np.fill_diagonal(expected, 3)
    assert C.W.todense() == pytest.approx(expected * 1e-3)


def test_a_sparse_matrix_is_left_as_it_was_and_adds_what_it_holds_twice(make_source, make_target):
    W = sparse.coo_matrix(([1.0, 2.0, 4.0], ([0, 0, 1], [1, 1, 0])), shape=(2, 2))
    C = Connection(make_source(2), make_target(2), "v")
    C.connect(W=W)
    assert C.W.todense().tolist() == [[0, 3], [4, 0]]
    assert W.nnz == 3


def test_the_matrix_of_one_connection_connects_another(make_source, make_target):
    source, target = make_source(5), make_target(6)
    C = Connection(source, target, "v", weight=1 * mV, sparseness=0.5)
    D = Connection(source, target, "v", weight=C.W)
    assert np.array_equal(C.W.todense(), D.W.todense())


# -- one to one ------------------------------------------------------------------------------


def test_an_identity_connection_joins_equal_numbers(make_source, make_target):
    source, target = make_source(5), make_target(9)
    C = IdentityConnection(source, target[4:], "v", weight=3 * mV, delay=0.2 * ms)
    assert C.weight == 3 * mV and C.n_synapses == 5
    network = Network(C)
    network.run(0.2 * ms)
    assert not target.v.any()
    network.run(0.1 * ms)
    assert target.v.tolist() == [0] * 4 + [0.003] * 5


def test_an_identity_connection_counts_spikes_without_a_weight(make_source, make_target):
    target = make_target(3)
    Network(IdentityConnection(make_source(3), target, "w")).run(1 * ms)
    assert target.w.tolist() == [1, 1, 1]


@pytest.mark.parametrize(
    "make",
    [
        lambda s, t: IdentityConnection(s, t[:2], "v", weight=1 * mV),
        lambda s, t: IdentityConnection(s, t, "v", weight=lambda: 1 * mV),
        lambda s, t: IdentityConnection(s, t, "v", weight=1 * mV, delay=(1 * ms, 2 * ms)),
    ],
)
def test_an_identity_connection_has_one_weight_and_one_delay(make_source, make_target, make):
    with pytest.raises(WiringError):
        make(make_source(3), make_target(3))


# -- copies ----------------------------------------------------------------------------------


def spread(value):
    return {"weight": lambda i, j: (1 + i + j) * mV, "delay": value}


@pytest.mark.parametrize("structure", ["sparse", "dense", "dynamic"])
@pytest.mark.parametrize("delay", [0.3 * ms, (0 * ms, 1 * ms)])
def test_a_copy_has_synapses_of_its_own(make_source, make_target, structure, delay):
    C = Connection(make_source(3), make_target(4), "v", structure=structure, **spread(delay))
    D = copy.copy(C)
    assert D.source is C.source
    D[1, 1] = 50 * mV
    assert C[1, 1] == 3 * mV and D[1, 1] == 50 * mV
    Network(D).run(2 * ms)
    assert D.target.v == pytest.approx(D.W.todense().sum(axis=0))


@pytest.mark.parametrize("structure", ["sparse", "dense", "dynamic"])
@pytest.mark.parametrize("delay", [0.3 * ms, (0 * ms, 1 * ms)])
@pytest.mark.parametrize("twin_of", [copy.deepcopy, lambda C: pickle.loads(pickle.dumps(C))])
def test_a_pickled_connection_runs_on(make_source, make_target, structure, delay, twin_of):
    C = Connection(make_source(3), make_target(4), "v", structure=structure, **spread(delay))
    Network(C).run(0.1 * ms)
    D = twin_of(C)
    assert type(D) is type(C) and np.array_equal(D.W.todense(), C.W.todense())
    for connection in (C, D):
        Network(connection).run(2 * ms)
    assert np.array_equal(C.target.v, D.target.v)
    assert C.target.v.any()
