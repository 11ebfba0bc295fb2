"""Matrix exponentials are those of arithmetic with 60 digits, whatever the units."""

import mpmath
import numpy as np
import pytest

from brian_nb.numerics.exponential import exponentiate

ROUNDING = 1e-14
"""Relative to the largest entry; the condition of the problem grows with the size of the matrix."""

UNITS = np.array([1e-12, 1.0, 1e-9, 1e6, 1e3])


def exponentiate_exactly(matrix):
    with mpmath.workdps(60):
        return np.array(mpmath.expm(mpmath.matrix(matrix.tolist())).tolist(), float)


def make_matrices(size, scale, shape=()):
    return scale * np.random.default_rng(2).standard_normal((*shape, size, size))


@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize("scale", [1e-6, 1.0, 30.0])
def test_each_matrix_of_a_stack_is_exponentiated(size, scale):
    matrices = make_matrices(size, scale, shape=(4, 3))
    found = exponentiate(matrices)
    for place in np.ndindex(4, 3):
        expected = exponentiate_exactly(matrices[place])
        error = np.abs(found[place] - expected).max() / np.abs(expected).max()
        assert error < ROUNDING * max(1.0, scale)


@pytest.mark.parametrize("one_way", [False, True])
@pytest.mark.parametrize("scale", [1e-3, 1.0, 30.0])
def test_units_of_the_variables_cost_no_digits(scale, one_way):
    units = UNITS[:, np.newaxis] / UNITS
    matrix = make_matrices(5, scale)
    if one_way:
        matrix[2:, :2] = 0
    found = exponentiate(matrix * units) / units
    expected = exponentiate_exactly(matrix * units) / units
    assert np.abs(found - expected).max() < 3 * ROUNDING * max(1.0, scale) * np.abs(expected).max()


def test_a_triangular_matrix_keeps_the_digits_of_its_diagonal():
    matrix = np.array([[1.0, 1e6], [0.0, -1.0]])
    np.testing.assert_allclose(exponentiate(matrix), exponentiate_exactly(matrix), rtol=ROUNDING)
    matrix = np.array([[0.0, 1e300], [0.0, 0.0]])
    np.testing.assert_array_equal(exponentiate(matrix), [[1, 1e300], [0, 1]])


def test_matrices_of_unlike_size_do_not_disturb_each_other():
    matrices = np.array(
        [[[0.0, 1.0], [0.0, 0.0]], [[-800.0, 0.0], [0.0, -1.0]], [[np.inf, 0], [0, 0]]]
    )
    found = exponentiate(matrices)
    assert np.allclose(found[0], [[1, 1], [0, 1]], rtol=0, atol=1e-15)
    assert np.allclose(found[1], [[0, 0], [0, np.exp(-1)]], rtol=0, atol=1e-12)
    assert np.isnan(found[2]).all()


def test_a_single_matrix_and_an_empty_stack():
    assert np.array_equal(exponentiate(np.zeros((2, 2))), np.eye(2))
    assert exponentiate(np.zeros((0, 2, 2))).shape == (0, 2, 2)
