"""Stacks of matrices have the exponentials that SciPy gives one by one."""

import numpy as np
import pytest
from scipy.linalg import expm

from brian_nb.numerics.exponential import exponentiate

ROUNDING = 1e-12


@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize("scale", [1e-6, 1.0, 30.0])
def test_each_matrix_of_a_stack_is_exponentiated(size, scale):
    matrices = scale * np.random.default_rng(2).standard_normal((4, 3, size, size))
    found = exponentiate(matrices)
    for place in np.ndindex(4, 3):
        expected = expm(matrices[place])
        error = np.abs(found[place] - expected).max() / np.abs(expected).max()
        assert error < ROUNDING * max(1.0, scale)


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
