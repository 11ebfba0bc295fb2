"""NumPy with scalars that have units: scalars keep them, plain arrays take SI values."""

import numpy as np
import pytest

from brian_nb.errors import DimensionMismatchError
from brian_nb.units import Hz, Quantity, ms, mV, nS, second, volt


@pytest.mark.parametrize("number", [np.float64(3), np.int64(3), np.float32(3), np.array(3.0)])
def test_numpy_scalars_take_units(number):
    assert repr(number * mV) == "3. mV"
    assert repr(mV * number) == "3. mV"
    assert repr(number / second) == "3. Hz"


def test_numpy_scalars_are_checked():
    with pytest.raises(DimensionMismatchError):
        np.float64(3) + mV
    with pytest.raises(DimensionMismatchError):
        assert np.float64(3) < mV


ARRAY = np.array([1.0, 2.0, 3.0])
PLAIN = {
    "array*unit": (lambda: ARRAY * mV, ARRAY * 0.001),
    "unit*array": (lambda: mV * ARRAY, 0.001 * ARRAY),
    "array/unit": (lambda: ARRAY / mV, ARRAY / 0.001),
    "unit/array": (lambda: mV / ARRAY, 0.001 / ARRAY),
    "array+quantity": (lambda: ARRAY + 3 * mV, ARRAY + 0.003),
    "quantity-array": (lambda: 3 * mV - ARRAY, 0.003 - ARRAY),
    "comparison": (lambda: ARRAY > 2000 * mV, ARRAY > 2),
    "linspace": (lambda: np.linspace(0 * mV, 10 * mV, 3), np.array([0, 0.005, 0.01])),
    "arange": (lambda: np.arange(0 * ms, 3 * ms, 1 * ms), np.array([0, 0.001, 0.002])),
    "array": (lambda: np.array([1 * mV, 2 * mV]), np.array([0.001, 0.002])),
    "full": (lambda: np.full(2, 5 * Hz), np.array([5.0, 5.0])),
    "clip": (lambda: np.clip(ARRAY, 0, 2 * volt), np.array([1.0, 2.0, 2.0])),
    "where": (lambda: np.where(ARRAY > 1, 2 * mV, 1 * mV), np.array([0.001, 0.002, 0.002])),
    "exp": (lambda: np.exp(ARRAY * mV / mV), np.exp(ARRAY)),
}


@pytest.mark.parametrize("case", PLAIN)
def test_arrays_come_out_plain_and_in_si(case):
    make, expected = PLAIN[case]
    result = make()
    assert type(result) is np.ndarray
    assert result.dtype == expected.dtype
    np.testing.assert_allclose(result, expected, rtol=1e-15)


def test_single_precision_arrays_become_double():
    assert (ARRAY.astype(np.float32) * mV).dtype == np.float64


def test_in_place_sums_change_the_array():
    array = ARRAY.copy()
    array += 3 * mV
    np.testing.assert_array_equal(array, ARRAY + 0.003)


SCALARS = {
    "sqrt": (lambda: np.sqrt(4 * volt**2), 2 * volt),
    "cbrt": (lambda: np.cbrt(8 * volt**3), 2 * volt),
    "square": (lambda: np.square(2 * volt), 4 * volt**2),
    "reciprocal": (lambda: np.reciprocal(2 * second), 0.5 * Hz),
    "abs": (lambda: np.abs(-3 * mV), 3 * mV),
    "negative": (lambda: np.negative(3 * mV), -3 * mV),
    "maximum": (lambda: np.maximum(1 * mV, 2 * mV), 2 * mV),
    "mean": (lambda: np.mean(3 * mV), 3 * mV),
    "sum": (lambda: np.sum(3 * mV), 3 * mV),
    "var": (lambda: np.var(3 * mV), 0 * mV**2),
    "clip": (lambda: np.clip(5 * mV, 0 * mV, 2 * mV), 2 * mV),
    "where": (lambda: np.where(True, 1 * mV, 2 * mV), 1 * mV),
    "power": (lambda: np.power(2 * volt, 2), 4 * volt**2),
}


@pytest.mark.parametrize("case", SCALARS)
def test_functions_of_scalars_keep_units(case):
    make, expected = SCALARS[case]
    assert isinstance(make(), Quantity)
    assert make() == expected


@pytest.mark.parametrize("name", ["exp", "log", "sin", "tanh", "expm1", "floor", "rint"])
def test_transcendental_functions_need_plain_numbers(name):
    with pytest.raises(DimensionMismatchError, match="plain number is needed"):
        getattr(np, name)(3 * mV)
    assert getattr(np, name)(3 * mV / mV) == getattr(np, name)(3.0)


@pytest.mark.parametrize(
    "call",
    [
        lambda: np.linspace(0, 10 * mV, 3),
        lambda: np.linspace(0 * ms, 10 * mV, 3),
        lambda: np.clip(5 * mV, 0, 2 * mV),
        lambda: np.maximum(1 * mV, 0),
        lambda: np.hypot(1 * mV, 1 * ms),
        lambda: np.round(3.2 * mV),
    ],
)
def test_functions_of_scalars_check_units(call):
    with pytest.raises(DimensionMismatchError):
        call()


def test_questions_about_a_scalar_have_plain_answers():
    assert not np.isnan(3 * mV)
    assert np.sign(-3 * mV) == -1
    assert np.ndim(3 * mV) == 0


def test_small_conductances_are_not_all_close():
    assert not np.isclose(1 * nS, 2 * nS)
    assert np.isclose(1 * nS, 1.000001 * nS)
    assert np.isclose(1 * nS, 2 * nS, atol=5 * nS)
