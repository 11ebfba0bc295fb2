"""Random numbers are independent in each order in which somebody may look at them.

These are quick; the batteries of `testu01.c` look closer, and are run by hand.
"""

import numpy as np
import pytest
from scipy import stats
from stream import ORDERS, draw_words

from brian_nb.kernels.reference import random_words

CHANCE = 1e-4
"""A p-value below is a failure. The numbers are fixed, so no run differs from another."""

N_WORDS = 1 << 17
N_CLASSES = 16


@pytest.fixture(scope="module", params=[(o, k) for o in ORDERS for k in ("uniform", "normal")])
def words(request):
    return next(draw_words(*request.param))[:N_WORDS]


def test_words_fill_their_range_evenly(words):
    counts = np.bincount(words >> 20, minlength=4096)
    assert stats.chisquare(counts).pvalue > CHANCE


def test_each_bit_is_set_half_of_the_time(words):
    bits = np.unpackbits(words.view(np.uint8).reshape(-1, 4), axis=1).sum(axis=0)
    deviations = (bits - N_WORDS / 2) / np.sqrt(N_WORDS / 4)
    assert stats.chi2.sf((deviations**2).sum(), 32) > CHANCE


@pytest.mark.parametrize("distance", [1, 2, 64, 256, 640, 4000])
def test_words_at_a_distance_are_independent(words, distance):
    classes = (words // (2**32 // N_CLASSES)).astype(np.int64)
    pairs = classes[:-distance] * N_CLASSES + classes[distance:]
    counts = np.bincount(pairs, minlength=N_CLASSES**2)
    assert stats.chi2_contingency(counts.reshape(N_CLASSES, -1)).pvalue > CHANCE


def test_triples_of_words_fill_a_cube_evenly(words):
    classes = (words >> 29).astype(np.int64)[: N_WORDS // 3 * 3].reshape(-1, 3)
    counts = np.bincount(classes @ [64, 8, 1], minlength=512)
    assert stats.chisquare(counts).pvalue > CHANCE


def test_waiting_times_for_a_rare_word_are_geometric(words):
    """As those of a Poisson neuron that fires with probability 1/64 in a step."""
    chance = 1 / 64
    waits = np.diff(np.flatnonzero(words < 2**32 * chance))
    edges = np.arange(1, 200, 20)
    counts = np.histogram(waits, [*edges, waits.max() + 1])[0]
    shares = -np.diff([*(1 - chance) ** (edges - 1), 0.0])
    assert stats.chisquare(counts, shares * len(waits)).pvalue > CHANCE


def test_words_of_an_order_are_the_words_of_the_generator():
    found = next(draw_words("draws", "uniform"))
    assert found[0] == random_words(7, 0, 0, 0)[0, 17]
    assert found[643] == random_words(7, 3, 1, 0)[0, 17]
