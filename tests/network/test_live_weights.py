"""What is written through `W` and `C[i, j]` acts on the network that is running."""

import numpy as np
import pytest

from brian_nb import (
    Connection,
    DenseConnectionMatrix,
    DynamicConnectionMatrix,
    Network,
    NeuronGroup,
    SparseConnectionMatrix,
    network_operation,
)
from brian_nb.errors import DimensionMismatchError, WiringError
from brian_nb.units import ALL_UNITS

mV, ms = ALL_UNITS["mV"], ALL_UNITS["ms"]
STRUCTURES = ["sparse", "dense", "dynamic"]


@pytest.fixture
def make_clockwork():
    """Function that makes `n` neurons that fire in every step."""

    def make(n):
        source = NeuronGroup(n, "x : 1", threshold="x > 0", reset="x = 1")
        source.x = 1
        return source

    return make


@pytest.mark.parametrize(
    ("structure", "kind"),
    [
        ("sparse", SparseConnectionMatrix),
        ("dense", DenseConnectionMatrix),
        ("dynamic", DynamicConnectionMatrix),
    ],
)
def test_the_structure_names_the_matrix(make_source, make_target, structure, kind):
    C = Connection(make_source(3), make_target(4), "v", structure=structure)
    assert type(C.W) is kind
    assert C.W.shape == (3, 4) and C.W.getnnz() == 0
    C[1, 2] = 5 * mV
    assert C.W[1, 2] == 0.005 and C.W.getnnz() == 1
    C.compress()
    assert type(C.W) is kind


def test_keywords_reach_the_matrix(make_source, make_target):
    source, target = make_source(3), make_target(4)
    C = Connection(source, target, structure="dynamic", nnzmax=77, dynamic_array_const=1.5)
    assert (C.W.nnzmax, C.W.dynamic_array_const) == (77, 1.5)
    assert Connection(source, target, column_access=False).W.column_access is False
    with pytest.raises(WiringError):
        Connection(source, target, structure="compressed")


@pytest.mark.parametrize("structure", STRUCTURES)
def test_what_is_written_before_the_first_run_is_delivered(make_source, make_target, structure):
    C = Connection(make_source(2), make_target(3), "v", structure=structure, weight=1 * mV)
    C.W[0, :] = 2 * C.W[0, :]
    C.W[:, 2] = 0.007
    C.W[1, 0] = 0.004
    Network(C).run(1 * ms)
    assert C.target.v == pytest.approx([0.006, 0.003, 0.014])


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("reference", [False, True])
def test_an_operation_scales_weights_while_the_network_runs(
    make_clockwork, make_target, structure, reference
):
    """Step k delivers 1 mV * 0.5**k: the sum is a geometric series."""
    C = Connection(make_clockwork(1), make_target(2), "v", structure=structure, weight=1 * mV)

    @network_operation(when="end")
    def depress():
        C.W[0, :] = 0.5 * C.W[0, :]

    network = Network(C, depress)
    network._reference = reference
    network.run(2 * ms)
    assert C.target.v == pytest.approx(np.full(2, 1e-3 * (2 - 0.5**19)), rel=1e-12)


def test_an_array_made_of_a_dense_matrix_before_is_the_matrix(make_clockwork, make_target):
    C = Connection(make_clockwork(3), make_target(4), "v", structure="dense")
    matrix = np.asarray(C.W)
    C.connect_full(weight=lambda i, j: (1 + i + j) * mV)
    assert matrix[2, 3] == 0.006

    @network_operation(when="end")
    def depress():
        np.multiply(matrix, 0.5, out=matrix)

    Network(C, depress).run(1 * ms)
    i, j = np.mgrid[:3, :4]
    assert C.target.v == pytest.approx((1 + i + j).sum(axis=0) * 1e-3 * (2 - 0.5**9))


def test_the_data_of_a_sparse_matrix_is_what_runs(make_clockwork, make_target):
    C = Connection(make_clockwork(2), make_target(2), "v", weight=1 * mV)
    data = C.W.alldata
    network = Network(C)
    network.run(0.1 * ms)
    data[:] = [0.001, 0.002, 0.003, 0.004]
    network.run(0.1 * ms)
    assert C.target.v == pytest.approx([0.006, 0.008])


def test_reading_leaves_one_weight_for_all(make_source, make_target):
    C = Connection(make_source(2), make_target(3), "v", weight=1 * mV)
    C.W.todense(), C.W.get_row(0) + 1, C.W[:, 1], C.W[0, 2], C.W.tocsr(), C[0, :]  # noqa: B018
    assert C.weight == 1 * mV
    C.W[0, 0] = 0.002
    assert C.weight is None
    assert C.W.todense() == pytest.approx(np.array([[2, 1, 1], [1, 1, 1]]) * 1e-3)


def test_a_changed_row_of_equal_weights_changes_the_matrix(make_source, make_target):
    C = Connection(make_source(2), make_target(3), "v", weight=1 * mV)
    row = C.W.get_row(1)
    row *= 4
    assert C.W.todense() == pytest.approx(np.array([[1, 1, 1], [4, 4, 4]]) * 1e-3)


def test_one_weight_for_all_stays_so_where_new_synapses_have_the_same(make_source, make_target):
    C = Connection(make_source(2), make_target(3), "v")
    C.connect_one_to_one(C.source, C.target[:2], weight=2 * mV)
    C[0, 2] = 2 * mV
    assert C.weight == 2 * mV and C.n_synapses == 3
    C[1, 2] = 3 * mV
    assert C.weight is None and C.n_synapses == 4


def test_the_scale_is_not_part_of_the_weights(make_clockwork, make_target):
    for differ in (False, True):
        C = Connection(make_clockwork(1), make_target(1), "v", weight=1 * mV)
        C.weight_scale = 3
        if differ:
            C.W.alldata[:] = 0.002
        C[0, 0] = 2 * mV
        assert C[0, 0] == 2 * mV and C.W[0, 0] == 0.002
        Network(C).run(0.1 * ms)
        assert C.target.v[0] == pytest.approx(0.006)


def test_a_restored_state_has_its_weights_and_keeps_the_arrays(make_clockwork, make_target):
    C = Connection(make_clockwork(2), make_target(2), "v", structure="dense", weight=1 * mV)
    matrix, network = np.asarray(C.W), Network(C)
    state = network.store()
    matrix[:] = 5
    network.restore(state)
    assert (matrix == 0.001).all()


def test_a_restored_state_has_one_weight_again(make_clockwork, make_target):
    C = Connection(make_clockwork(2), make_target(2), "v", weight=1 * mV)
    network = Network(C)
    state = network.store()
    C[0, 0] = 5 * mV
    network.run(0.1 * ms)
    network.restore(state)
    assert C.weight == 1 * mV
    network.run(0.1 * ms)
    assert C.target.v == pytest.approx([0.002, 0.002])


# -- C[i, j] ---------------------------------------------------------------------------------


@pytest.mark.parametrize("structure", STRUCTURES)
def test_lists_and_slices_set_and_get_pairs(make_source, make_target, structure):
    C = Connection(make_source(4), make_target(5), "v", structure=structure)
    expected = np.zeros((4, 5))
    for index, value in (
        ((0, slice(None)), 1e-3),
        ((slice(None), 4), np.arange(4.0)),
        ((1, [0, 3]), [7.0, 8.0]),
        (([2, 3], [1, 1]), [9.0, 10.0]),
        ((slice(2, 4), slice(0, 2)), np.array([[1.0, 2.0], [3.0, 4.0]])),
        (([0, 3], slice(2, 4)), 6e-3),
    ):
        C[index] = value * ALL_UNITS["volt"] if np.ndim(value) == 0 else value
        wanted = np.ix_(*map(list, ([0, 3], [2, 3]))) if index[0] == [0, 3] else index
        expected[wanted] = value
        assert np.array_equal(C[index], expected[wanted])
    assert np.array_equal(C[:, :], expected)
    assert np.array_equal(C.W.todense(), expected)
    C[0, :] = C.W[1, :]
    assert np.array_equal(C[0, :], expected[1])


def test_zero_makes_a_synapse(make_source, make_target):
    C = Connection(make_source(2), make_target(2), "v")
    C[0, 0] = 0 * mV
    assert C.n_synapses == 1


def test_unit_and_shape_of_a_weight_are_checked(make_source, make_target):
    C = Connection(make_source(2), make_target(3), "v")
    for value, error in ((3, DimensionMismatchError), (np.ones(2), WiringError)):
        with pytest.raises(error):
            C[0, :] = value
    with pytest.raises(WiringError):
        C[0, :] = np.array([1, np.inf, 2])
    with pytest.raises(WiringError):
        C[0] = 1 * mV


# -- dense delivery --------------------------------------------------------------------------


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_dense_synapses_deliver_what_sparse_ones_do(make_source, make_target, threads):
    generator = np.random.default_rng(6)
    weights = generator.normal(size=(40, 900))
    target = make_target(1000)
    source = make_source(50)
    results = []
    for structure in ("dense", "sparse"):
        target.v, source.x = 0 * mV, 1
        C = Connection(source[5:45], target[60:960], "v", structure=structure)
        C.connect(W=weights)
        Network(C).run(0.5 * ms, threads=threads)
        results.append(target.v.copy())
    assert np.array_equal(*results)
    assert results[0][60:960] == pytest.approx(weights.sum(axis=0))
    assert not results[0][:60].any() and not results[0][960:].any()
