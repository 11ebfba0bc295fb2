"""Weights in single precision: half the memory, the same network within seven digits."""

import copy
import pickle

import numpy as np
import pytest

from brian_nb import (
    STP,
    Clock,
    Connection,
    ExponentialSTDP,
    Network,
    NeuronGroup,
    PoissonGroup,
    StateMonitor,
    seed,
)
from brian_nb.errors import WiringError
from brian_nb.units import ALL_UNITS

mV, ms, Hz, nS = (ALL_UNITS[name] for name in ("mV", "ms", "Hz", "nS"))
DIGITS = 2.0**-24
"""Relative error of a number rounded to single precision."""
STRUCTURES = ["sparse", "dense", "dynamic"]


def draw(i, j):
    return np.random.rand(len(j)) * 1e-3


def connect(dtype, structure="sparse", weight=draw, **keywords):
    seed(1)
    clock = Clock(dt=0.1 * ms)
    source = PoissonGroup(60, rates=100 * Hz, clock=clock)
    target = NeuronGroup(50, "dv/dt = -v/(10*ms) : volt", clock=clock)
    return Connection(
        source,
        target,
        "v",
        weight=weight,
        sparseness=0.5,
        structure=structure,
        weight_dtype=dtype,
        **keywords,
    )


def record(C, *others, reference=False, **keywords):
    M = StateMonitor(C.target, "v", record=True, clock=C.target.clock)
    network = Network(C, M, *others, **keywords)
    network._reference = reference
    network.run((5 if reference else 100) * ms)
    return M.values


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("delay", [0 * ms, 1 * ms, (0 * ms, 2 * ms)])
def test_results_are_those_of_double_precision_within_its_digits(structure, delay):
    values = record(connect("float32", structure, delay=delay))
    expected = record(connect("float64", structure, delay=delay))
    # weights are positive, so no sum loses digits, and neither does its decay
    assert expected.max() > 1e-3
    np.testing.assert_allclose(values, expected, rtol=DIGITS)
    assert not np.array_equal(values, expected)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_each_weight_takes_four_bytes(structure):
    C = connect("float32", structure)
    assert C.values.weights.dtype == np.float32
    assert np.asarray(connect("float64", structure).values.weights).dtype == np.float64


@pytest.mark.parametrize("structure", STRUCTURES)
def test_sums_do_not_depend_on_threads_or_on_the_compiler(structure):
    one = record(connect("float32", structure))
    assert np.array_equal(record(connect("float32", structure), threads=2), one)
    plain = record(connect("float32", structure), reference=True)
    np.testing.assert_allclose(plain, one[:, : plain.shape[1]], rtol=1e-14)


def test_a_shared_weight_is_rounded_so_that_it_stays_when_weights_are_separated():
    C = connect("float32", weight=0.1 * mV)
    assert C.values.weights is None
    assert float(C.weight) == np.float32(1e-4)
    C.weight = 0.3 * mV
    shared = float(C.weight)
    pre, post = np.argwhere(C.W.todense())[0]
    C.W[pre, post] = 0.5e-3
    assert C.W[pre, post] == np.float32(0.5e-3)
    weights = C.W.alldata
    assert weights.dtype == np.float32
    assert np.count_nonzero(weights == shared) == len(weights) - 1


@pytest.mark.parametrize("structure", STRUCTURES)
def test_what_is_written_and_read_is_rounded_once(structure):
    C = connect("float32", structure)
    before = C.W.todense()
    C.W[3, :] = 2 * C.W[3, :]
    C[4, 5] = 0.7 * mV
    C.compress()
    assert C[4, 5] == float(np.float32(0.7e-3)) * ALL_UNITS["volt"]
    assert np.array_equal(C.W.todense()[3], 2 * before[3])
    C.W[:, 7] = np.arange(60) * 1e-4
    there = before[:, 7] != 0
    expected = np.arange(60) * 1e-4
    np.testing.assert_allclose(C.W.todense()[there, 7], expected[there], rtol=DIGITS)


def test_plasticity_learns_single_precision_weights():
    def learn(dtype, **keywords):
        C = connect(dtype)
        G = NeuronGroup(
            50, "dx/dt = 100*Hz : 1", threshold="x > 1", reset="x = 0", clock=C.target.clock
        )
        C = Connection(
            C.source,
            G,
            "x",
            weight=lambda i, j: np.random.rand(len(j)) * 1e-3,
            sparseness=0.5,
            weight_dtype=dtype,
        )
        rule = ExponentialSTDP(C, 10 * ms, 10 * ms, 0.1, -0.11, wmax=2e-3)
        before = C.W.alldata.copy()
        Network(C, rule, **keywords).run(300 * ms)
        return before, C.W.alldata

    before, single = learn("float32")
    assert single.dtype == np.float32
    _, double = learn("float64")
    changed = np.abs(single - before).max()
    assert changed > 1e-4
    # a weight is rounded at each of its some hundred changes
    np.testing.assert_allclose(single, double, atol=2e-3 * 1000 * DIGITS)
    assert np.array_equal(learn("float32", threads=2)[1], single)


def test_short_term_plasticity_reads_single_precision_weights():
    def depress(dtype):
        C = connect(dtype)
        return record(C, STP(C, taud=100 * ms, tauf=30 * ms, U=0.3))

    np.testing.assert_allclose(depress("float32"), depress("float64"), rtol=DIGITS)


def test_the_state_keeps_its_precision_in_copies_and_snapshots():
    C = connect("float32")
    weights = C.W.alldata.copy()
    for other in (copy.copy(C), pickle.loads(pickle.dumps(C))):
        assert other.W.alldata.dtype == np.float32
        assert np.array_equal(other.W.alldata, weights)
    network = Network(C)
    saved = network.store()
    C.W.alldata[:] = 0
    network.restore(saved)
    assert C.W.alldata.dtype == np.float32
    assert np.array_equal(C.W.alldata, weights)


def test_only_two_kinds_of_numbers_are_weights():
    for dtype in ("float16", int, "weight", "int8"):
        with pytest.raises(WiringError, match="weights cannot be kept as"):
            connect(dtype)
    assert connect(np.float32).values.weight_dtype == np.float32


@pytest.mark.parametrize("weight", [1e39, lambda i, j: np.full(len(j), 1e39)])
def test_a_weight_beyond_single_precision_is_an_error(weight):
    source = NeuronGroup(3, "v : 1", threshold="v > 1")
    Connection(source, source, "v", weight=weight)
    with pytest.raises(WiringError, match="finite number of the kind float32"):
        Connection(source, source, "v", weight=weight, weight_dtype="float32")
