"""What may be the sparseness of a connection, and what is refused by the name of it."""

import numpy as np
import pytest

from brian_nb import Connection, NeuronGroup, seed
from brian_nb.errors import DimensionMismatchError, WiringError
from brian_nb.network.sparseness import draw_rows_by
from brian_nb.units import ALL_UNITS

mV = ALL_UNITS["mV"]
DEVIATIONS = 5
"""Statistics may be off by this many standard deviations: once in a million times by chance."""


def draw(function, n_source, n_target):
    return draw_rows_by(function, n_source, n_target, "it", np.random.default_rng(1))


def test_each_pair_is_drawn_with_its_own_probability():
    n = 1500
    rows = draw(lambda i, j: np.exp(-abs(i - j) / 200), n, n)
    pre = np.repeat(np.arange(n), np.diff(rows.starts))
    distance = abs(pre - rows.targets.astype(int))
    i, j = np.indices((n, n))
    for low, high in ((0, 1), (1, 50), (200, 300), (900, 1500)):
        chances = np.exp(-abs(i - j) / 200)[(abs(i - j) >= low) & (abs(i - j) < high)]
        n_found = np.sum((distance >= low) & (distance < high))
        deviation = np.sqrt(np.sum(chances * (1 - chances)))
        assert abs(n_found - chances.sum()) <= DEVIATIONS * deviation


def test_probabilities_of_zero_and_one_are_certain():
    rows = draw(lambda i, j: j % 2 == i, 2, 7)
    assert rows.starts.tolist() == [0, 4, 7]
    assert rows.targets.tolist() == [0, 2, 4, 6, 1, 3, 5]
    assert rows.targets.dtype == np.uint32
    assert draw(lambda i, j: 1, 0, 4).starts.tolist() == [0]
    assert draw(lambda i, j: 1, 3, 0).starts.tolist() == [0, 0, 0, 0]


def test_a_function_counts_within_the_parts(make_source, make_target):
    C = Connection(make_source(10), make_target(12), "v")
    C.connect_random(C.source[4:7], C.target[9:], sparseness=lambda i, j: j == i, weight=2 * mV)
    expected = np.zeros((10, 12))
    expected[[4, 5, 6], [9, 10, 11]] = 2e-3
    assert C.W.todense() == pytest.approx(expected)


def test_a_connection_takes_the_function_when_it_is_made(make_source, make_target):
    def connect():
        seed(5)
        return Connection(
            make_source(30), make_target(30), "v", weight=1 * mV, sparseness=lambda i, j: 0.5
        )

    pairs = connect().W.todense()
    assert abs(np.count_nonzero(pairs) - 450) < DEVIATIONS * np.sqrt(900 / 4)
    assert np.array_equal(connect().W.todense(), pairs)


@pytest.mark.parametrize(
    ("sparseness", "message"),
    [
        ("x", "is a probability between 0 and 1, not 'x'"),
        ([0.5, 0.1], r"not \[0.5, 0.1\]"),
        (np.array([0.5, 0.1]), "is a probability"),
        (1.5, "not 1.5"),
        (-0.1, "not -0.1"),
        (float("nan"), "not nan"),
        (lambda: 0.5, "takes two arguments"),
        (lambda i, j, k: 0.5, "takes two arguments"),
        (lambda i, j: 0.5 + i, "not 1.5, as it is from 1 to 0"),
        (lambda i, j: np.where(j == 2, np.nan, 0.5), "not nan, as it is from 0 to 2"),
        (lambda i, j: "x", "cannot be 'x', as it is for source 0"),
        (lambda i, j: j[:2] * 0.1, r"\(2,\) probabilities for 5 targets of source 0"),
    ],
)
def test_what_is_no_probability_is_refused(sparseness, message):
    G = NeuronGroup(5, "v : volt", threshold=1 * mV)
    with pytest.raises(WiringError, match=f"the sparseness of the connection from .*{message}"):
        Connection(G, G, "v", weight=1 * mV, sparseness=sparseness)
    C = Connection(G, G, "v")
    with pytest.raises(WiringError, match=message):
        C.connect_random(p=sparseness, weight=1 * mV)
    assert C.n_synapses == 0


def test_a_unit_is_refused(make_source, make_target):
    for sparseness in (0.5 * mV, lambda i, j: 0.5 * mV):
        with pytest.raises(DimensionMismatchError, match="the sparseness of"):
            Connection(make_source(2), make_target(2), "v", weight=1 * mV, sparseness=sparseness)


def test_fixed_numbers_of_sources_need_one_probability(make_source, make_target):
    C = Connection(make_source(4), make_target(4), "v")
    with pytest.raises(WiringError, match="must be one number for all pairs"):
        C.connect_random(p=lambda i, j: 0.5, weight=1 * mV, fixed=True)


def test_an_array_is_no_weight_of_random_pairs(make_source, make_target):
    with pytest.raises(WiringError, match=r"the weight of .* not an array of the shape \(2, 2\)"):
        Connection(make_source(2), make_target(2), "v", weight=np.ones((2, 2)), sparseness=0.5)
