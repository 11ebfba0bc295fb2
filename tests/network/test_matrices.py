"""Matrices of connections as objects of their own: every structure behaves like a dense array."""

import pickle

import numpy as np
import pytest
from scipy import sparse

from brian_nb import (
    ConnectionMatrix,
    ConnectionVector,
    ConstructionMatrix,
    DenseConnectionMatrix,
    DenseConnectionVector,
    DenseConstructionMatrix,
    DynamicConnectionMatrix,
    DynamicConstructionMatrix,
    SparseConnectionMatrix,
    SparseConnectionVector,
    SparseConstructionMatrix,
)
from brian_nb.errors import WiringError
from brian_nb.units import ALL_UNITS

KINDS = [DenseConnectionMatrix, SparseConnectionMatrix, DynamicConnectionMatrix]
SPARSE_KINDS = KINDS[1:]


@pytest.fixture
def dense():
    """A matrix with an empty row, an empty column, and a fifth of the elements."""
    generator = np.random.default_rng(3)
    values = generator.normal(size=(7, 9)) * (generator.random((7, 9)) < 0.3)
    values[2, :] = values[:, 4] = 0
    values[0, 1] = 5.0
    return values


def make(kind, dense):
    return kind(sparse.lil_matrix(dense))


@pytest.mark.parametrize("kind", KINDS)
def test_rows_columns_and_elements_are_those_of_the_array(kind, dense):
    W = make(kind, dense)
    assert isinstance(W, ConnectionMatrix)
    assert W.shape == dense.shape
    assert W.getnnz() == np.count_nonzero(dense)
    assert np.array_equal(W.todense(), dense)
    assert np.array_equal(np.asarray(W), dense)
    for i in (0, 2, -1):
        assert np.array_equal(W.get_row(i).todense(), dense[i])
        assert np.array_equal(W[i, :].todense(), dense[i])
    for j in (0, 4, -1):
        assert np.array_equal(W.get_col(j).todense(), dense[:, j])
        assert np.array_equal(W[:, j].todense(), dense[:, j])
    assert W[0, 1] == W.get_element(0, 1) == 5.0
    assert [row.todense().tolist() for row in W.get_rows([3, 1])] == dense[[3, 1]].tolist()
    assert [c.todense().tolist() for c in W.get_cols([3, 1])] == dense[:, [3, 1]].T.tolist()
    assert np.array_equal(W[1:4, 2:6], dense[1:4, 2:6])
    assert np.array_equal(W[[0, 1], [1, 2]], dense[[0, 1], [1, 2]])


@pytest.mark.parametrize("kind", KINDS)
def test_setting_a_row_to_twice_itself_works_in_every_structure(kind, dense):
    W, V = make(kind, dense), make(kind, dense)
    for i in range(7):
        W.set_row(i, 2 * W.get_row(i))
        V[i, :] = 2 * V[i, :]
    for j in range(9):
        W.set_col(j, W.get_col(j) + 0.5 * W.get_col(j))
        V[:, j] *= 1.5
    assert np.allclose(W.todense(), 3 * dense)
    assert np.allclose(V.todense(), 3 * dense)


@pytest.mark.parametrize("kind", SPARSE_KINDS)
def test_arrays_set_the_elements_that_there_are(kind, dense):
    W = make(kind, dense)
    there = dense != 0
    W[1, :] = np.arange(9)
    W[:, 3] = np.arange(7) + 100
    expected = dense.copy()
    expected[1] = np.arange(9)
    expected[:, 3] = np.arange(7) + 100
    assert np.array_equal(W.todense(), expected * there)
    W[2:5, :] = 8
    expected[2:5] = 8
    assert np.array_equal(W.todense(), expected * there)
    W[:, :] = 7
    assert np.array_equal(W.todense(), 7.0 * there)
    W[:] = np.arange(W.getnnz())
    assert np.array_equal(W.todense()[there], np.arange(W.getnnz()))


@pytest.mark.parametrize("kind", SPARSE_KINDS)
@pytest.mark.parametrize("form", [np.asarray, sparse.csr_matrix, SparseConnectionMatrix])
def test_a_matrix_of_all_pairs_sets_the_elements_that_there_are(kind, form, dense):
    W, there = make(kind, dense), dense != 0
    full = np.arange(1.0, 64.0).reshape(7, 9)
    W[:, :] = form(full)
    assert np.array_equal(W.todense(), full * there)
    W[:] = form(-full)
    assert np.array_equal(W.todense(), -full * there)
    W[:] = W
    W[:, :] = 2 * W[:, :]
    assert np.array_equal(W.todense(), -2 * full * there)
    W[:] = np.arange(7)[:, np.newaxis]
    assert np.array_equal(W.todense(), np.arange(7)[:, np.newaxis] * there)


@pytest.mark.parametrize("kind", SPARSE_KINDS)
@pytest.mark.parametrize(
    ("index", "shape"),
    [
        (np.s_[:], (9, 7)),
        (np.s_[:, :], (6,)),
        (np.s_[:], (2, 7, 9)),
        (np.s_[1, :], (8,)),
        (np.s_[:, 3], (7, 9)),
        (np.s_[2:5, :], (7, 9)),
        (np.s_[[0, 1], [1, 2]], (3,)),
    ],
)
def test_values_of_another_shape_are_refused(kind, index, shape, dense):
    W = make(kind, dense)
    with pytest.raises(WiringError, match=rf"the matrix: \({shape[0]},.* values for"):
        W[index] = np.ones(shape)
    assert np.array_equal(W.todense(), dense)


@pytest.mark.parametrize("kind", SPARSE_KINDS)
def test_the_arrays_inside_are_laid_out_as_documented(kind, dense):
    W = make(kind, dense)
    assert np.array_equal(W.alldata, dense[dense != 0])
    for i in range(7):
        own = slice(W.rowind[i], W.rowind[i + 1])
        assert np.array_equal(W.alldata[own], W.rowdata[i])
        assert np.array_equal(W.allj[own], W.rowj[i])
        assert np.array_equal(W.rowj[i], np.flatnonzero(dense[i]))
    for j in range(9):
        assert np.array_equal(W.coli[j], np.flatnonzero(dense[:, j]))
        assert np.array_equal(W.alldata[W.coldataindices[j]], dense[W.coli[j], j])
    W.rowdata[0][:] = 9
    assert (W[0, :] == 9).all()
    W.alldata[:] *= 2
    assert (W[0, :] == 18).all()
    assert np.array_equal(W.tocsr().toarray(), W.todense())


def test_a_dynamic_matrix_points_into_its_data(dense):
    W = make(DynamicConnectionMatrix, dense)
    for i in range(7):
        assert np.array_equal(W.alldata[W.rowdataind[i]], dense[i][dense[i] != 0])
    for j in range(9):
        assert np.array_equal(W.alldata[W.coldataind[j]], dense[W.coli[j], j])
    assert DynamicConnectionMatrix(dense, nnzmax=1000, dynamic_array_const=1.5).nnzmax == 1000


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_a_view(kind, dense):
    W = make(kind, dense)
    row = W.get_row(0)
    row *= 3
    row[row > 10] = 1
    expected = dense[0] * 3
    expected[expected > 10] = 1
    assert np.allclose(W.todense()[0], expected)


def test_elements_that_are_missing_in_a_sparse_matrix_are_refused(dense):
    W = make(SparseConnectionMatrix, dense)
    for act in (
        lambda: W.set_element(2, 0, 1.0),
        lambda: W.__setitem__((2, 0), 1.0),
        lambda: W.insert(2, 0, 1.0),
        lambda: W.remove(0, 1),
        lambda: W.get_row(7),
        lambda: W[0],
    ):
        with pytest.raises(WiringError):
            act()


def test_elements_come_and_go_in_a_dynamic_matrix(dense):
    W = make(DynamicConnectionMatrix, dense)
    W.insert(2, 0, 1.5)
    W.insert(0, 1, 7.0)
    W[2, 4] = 2.5
    W.remove(0, 1)
    W.remove(2, 8)
    expected = dense.copy()
    expected[2, 0], expected[2, 4], expected[0, 1] = 1.5, 2.5, 0
    assert np.array_equal(W.todense(), expected)
    assert W.getnnz() == np.count_nonzero(expected)


@pytest.mark.parametrize(
    ("construction", "connection"),
    [
        (DenseConstructionMatrix, DenseConnectionMatrix),
        (SparseConstructionMatrix, SparseConnectionMatrix),
        (DynamicConstructionMatrix, DynamicConnectionMatrix),
    ],
)
def test_a_construction_matrix_becomes_the_connection_matrix_of_its_kind(
    construction, connection, dense
):
    M = construction((7, 9))
    assert isinstance(M, ConstructionMatrix)
    for i, j in np.argwhere(dense):
        M[i, j] = dense[i, j]
    M[2, [0, 3]] = [1.0, 2.0]
    dense[2, [0, 3]] = 1.0, 2.0
    W = M.connection_matrix()
    assert type(W) is connection
    assert np.array_equal(W.todense(), dense)
    assert np.array_equal(construction(sparse.csr_matrix(dense)).todense(), dense)
    assert np.array_equal(construction(dense).connection_matrix().todense(), dense)


def test_keywords_of_construction_reach_the_connection_matrix(dense):
    W = DynamicConstructionMatrix(dense, nnzmax=500).connection_matrix()
    assert W.nnzmax == 500
    assert (
        not SparseConstructionMatrix(dense, column_access=False).connection_matrix().column_access
    )
    assert SparseConstructionMatrix(dense).nnz == np.count_nonzero(dense)


def test_a_dense_construction_matrix_takes_sparse_blocks(dense):
    M = DenseConstructionMatrix((7, 9))
    M[1:3, :] = sparse.csr_matrix(dense[1:3])
    assert np.array_equal(M[1:3], dense[1:3]) and not M[3:].any()


# -- vectors -------------------------------------------------------------------------------


@pytest.fixture
def vector():
    return SparseConnectionVector(6, np.array([1, 2, 5]), np.array([10.0, 20.0, 50.0]))


def test_a_sparse_vector_is_its_values_with_their_places(vector):
    assert isinstance(vector, ConnectionVector)
    assert vector.n == 6 and vector.ind.tolist() == [1, 2, 5]
    assert np.asarray(vector).tolist() == [10, 20, 50]
    assert vector.todense().tolist() == [0, 10, 20, 0, 0, 50]
    assert vector[1] == 20 and vector.sum() == 80 and vector.max() == 50


def test_arithmetic_keeps_a_sparse_vector_sparse(vector):
    for result in (2 * vector, vector * 2, vector + vector, -vector * -2, np.multiply(2, vector)):
        assert isinstance(result, SparseConnectionVector)
        assert result.todense().tolist() == [0, 20, 40, 0, 0, 100]
    mV = ALL_UNITS["mV"]
    assert (vector * mV).todense() == pytest.approx(np.array([0, 10, 20, 0, 0, 50]) * 1e-3)
    assert (mV * vector).ind is vector.ind


def test_of_a_dense_vector_only_the_own_places_count(vector):
    dense = np.arange(6.0)
    for result in (vector + dense, dense + vector):
        assert result.todense().tolist() == [0, 11, 22, 0, 0, 55]
    assert (vector * dense).todense().tolist() == [0, 10, 40, 0, 0, 250]
    clipped = np.minimum(vector, 15)
    assert clipped.todense().tolist() == [0, 10, 15, 0, 0, 15]


def test_of_another_sparse_vector_only_the_own_places_count(vector):
    other = SparseConnectionVector(6, np.array([0, 2, 5]), np.array([1.0, 2.0, 5.0]))
    assert (vector + other).todense().tolist() == [0, 10, 22, 0, 0, 55]
    assert (other + vector).todense().tolist() == [1, 0, 22, 0, 0, 55]


def test_changes_in_place_and_copies(vector):
    vector += 1
    vector[vector > 20] = 0
    assert vector.todense().tolist() == [0, 11, 0, 0, 0, 0]
    for twin in (pickle.loads(pickle.dumps(vector)), vector.copy()):
        assert isinstance(twin, SparseConnectionVector)
        assert twin.todense().tolist() == vector.todense().tolist()


def test_a_dense_vector_is_an_array():
    v = DenseConnectionVector([1.0, 2.0])
    assert isinstance(v, ConnectionVector) and isinstance(2 * v, DenseConnectionVector)
    assert (2 * v).tolist() == [2, 4]
