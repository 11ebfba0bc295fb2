"""Ten million synapses of one weight: bytes in a process of its own, and access to single ones."""

import subprocess
import sys
import textwrap

import numpy as np
import pytest

from brian_nb import Connection, NeuronGroup
from brian_nb.engine import synapse_table
from brian_nb.network import wiring
from brian_nb.units import ALL_UNITS

mV = ALL_UNITS["mV"]
N_SYNAPSES = 10**7
N_NEURONS = 10**5

MEASURE = """
from brian_nb import Connection, Network, NeuronGroup, ms

def read(field):
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))

def connect(n, degree):
    G = NeuronGroup(n, "x : 1", threshold="x > 0.5", reset="x = 0")
    H = NeuronGroup(n, "v : 1")
    G.x[:5] = 1
    C = Connection(G, H, "v", delay=1*ms)
    {connect}
    network = Network(C)
    network.run(2*ms)
    assert abs(C.n_synapses - n*degree) < 0.01*n*degree
    assert H.v.sum() == 0.5*C.W.rowind[5]
    return C, network

connect(1000, 100)
before = read("VmRSS")
C, network = connect({n}, {degree})
assert C.values.weights is None
print((read("VmHWM") - before) / C.n_synapses)
C.W[0, int(C.W[0, :].ind[0])] = 0.25
assert C.values.weights is not None
"""

WAYS = {
    "C.connect_random(p=degree/n, weight=0.5)": 8,
    "C.connect_random(p=degree/n, weight=0.5, fixed=True)": 16,
    "[C.connect_random(G, part, degree/n, 0.5) for part in (H[:n//2], H[n//2:])]": 40,
}
"""Bytes of a synapse at the most: four for each list of targets that is held at a time, and of
the last way, where rows are brought together, the intermediates of one block besides."""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory of a process from /proc")
@pytest.mark.parametrize("way", WAYS)
def test_synapses_of_one_weight_take_their_targets_and_little_more(way):
    code = MEASURE.format(connect=way, n=N_NEURONS, degree=N_SYNAPSES // N_NEURONS)
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert 4 <= float(done.stdout) < WAYS[way]


def test_a_column_is_the_same_searched_and_indexed(monkeypatch):
    G = NeuronGroup(40, "v : volt", threshold=1 * mV)
    C = Connection(G[5:], G[10:], "v")
    C.connect_random(p=0.3, weight=lambda i, j: np.random.rand(len(j)) * 1e-3)
    expected = C.W.todense()
    monkeypatch.setattr(synapse_table, "MOST_INDEXED", 10)
    monkeypatch.setattr(synapse_table, "SEARCHED_AT_ONCE", 7)
    for j in range(30):
        assert np.array_equal(C.W[:, j].todense(), expected[:, j])
    assert C.values._columns is None
    C.W[:, 3] = 2 * C.W[:, 3]
    assert np.array_equal(C.W.todense()[:, 3], 2 * expected[:, 3])


def test_rows_of_a_part_of_the_target_are_counted_from_its_beginning():
    G = NeuronGroup(40, "v : volt", threshold=1 * mV)
    C = Connection(G, G[10:], "v", weight=1 * mV, sparseness=0.3)
    dense = C.W.todense()
    for i in range(40):
        assert np.array_equal(C.W[i, :].ind, np.flatnonzero(dense[i]))


@pytest.mark.parametrize("probability", [1e-3, 0.02, 0.3])
def test_distances_are_those_of_numpys_geometric_law(probability):
    drawn = wiring._draw_distances(10_000, probability, np.random.default_rng(1), 10**9)
    expected = np.random.default_rng(1).geometric(probability, 10_000)
    assert np.array_equal(drawn, expected)


def test_room_that_is_too_small_is_made_larger(monkeypatch):
    expected = wiring.draw_rows(300, 300, 0.1, np.random.default_rng(1))
    monkeypatch.setattr(wiring, "_expect", lambda *given: 10)
    monkeypatch.setattr(wiring, "MOST_DRAWS", 100)
    rows = wiring.draw_rows(300, 300, 0.1, np.random.default_rng(1))
    assert len(rows.targets) == rows.starts[-1]
    assert abs(len(rows.targets) - len(expected.targets)) < 5 * np.sqrt(2 * 9000)


@pytest.mark.parametrize("probability", [0.1, 0.8])
def test_fixed_numbers_of_sources_are_drawn_some_targets_at_a_time(monkeypatch, probability):
    monkeypatch.setattr(wiring, "MOST_DRAWS", 64)
    rows = wiring.draw_fixed_rows(50, 300, probability, np.random.default_rng(1))
    assert (np.bincount(rows.targets, minlength=300) == 50 * probability).all()
    for row in np.split(rows.targets, rows.starts[1:-1]):
        assert (np.diff(row.astype(int)) > 0).all()


@pytest.mark.parametrize("probability", [1e-18, 1e-300])
def test_probabilities_next_to_nothing_connect_nothing(probability):
    source, target = (NeuronGroup(1000, "v : 1", threshold=1) for _ in range(2))
    connection = Connection(source, target, "v", weight=1, sparseness=probability)
    assert connection.W.getnnz() == 0
