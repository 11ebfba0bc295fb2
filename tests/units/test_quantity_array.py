"""Arrays with units: algebra, indexing, functions, in-place changes, copies."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from brian_nb.errors import DimensionMismatchError
from brian_nb.units import Quantity, QuantityArray, get_dimension, ms, mV, nS, volt

vectors = arrays(float, 4, elements=st.floats(-1e3, 1e3))


def make(values, unit=mV):
    return QuantityArray(np.asarray(values) * float(unit), unit.dimension)


V = [1.0, 2.0, 3.0]


@given(vectors, vectors)
def test_algebra_is_that_of_the_si_values(a, b):
    left, right = QuantityArray(a, volt.dimension), QuantityArray(b, volt.dimension)
    np.testing.assert_array_equal(np.asarray(left + right), a + b)
    np.testing.assert_array_equal(np.asarray(left * right), a * b)
    assert (left * right).dimension == volt.dimension**2
    np.testing.assert_array_equal(left <= right, a <= b)


@given(vectors)
def test_an_array_over_its_unit_is_plain(a):
    ratio = QuantityArray(a, volt.dimension) / volt
    assert type(ratio) is np.ndarray
    np.testing.assert_array_equal(ratio, a)


def test_scalars_on_either_side():
    v = make(V)
    for result in (v * nS, nS * v, (1 * nS) * v, v * (1 * nS)):
        assert type(result) is QuantityArray
        assert repr(result[0]) == "1. pA"
    assert repr(10 * mV - v) == "[9. 8. 7.] mV"
    assert repr(2 * v) == repr(v * np.int64(2)) == "[2. 4. 6.] mV"


@pytest.mark.parametrize("other", [1, np.ones(3), [1, 2, 3], 3 * ms, make(V, ms)])
def test_sums_and_comparisons_are_checked(other):
    with pytest.raises(DimensionMismatchError):
        make(V) + other
    with pytest.raises(DimensionMismatchError):
        other > make(V)  # noqa: B015


def test_a_plain_zero_compares_with_all_elements():
    assert (make(V) > 0).all() and not (make(V) < 0.0).any()


def test_elements_are_quantities_and_slices_are_views():
    v = make(V)
    assert isinstance(v[1], Quantity)
    assert v[1] == 2 * mV
    assert list(v) == v.tolist() == [1 * mV, 2 * mV, 3 * mV]
    assert v[:1].item() == 1 * mV
    v[1:][0] = 7 * mV
    assert repr(v) == "[1. 7. 3.] mV"
    assert repr(v[v > 2 * mV]) == "[7. 3.] mV"
    assert repr(v.reshape(3, 1)[0]) == "[1.] mV"


def test_assignment_is_checked():
    v = make(V)
    with pytest.raises(DimensionMismatchError):
        v[0] = 3
    with pytest.raises(DimensionMismatchError):
        v[:] = [1 * ms, 2 * ms, 3 * ms]
    v[:] = [3 * mV, 2 * mV, 1 * mV]
    v[0] = 5 * mV
    assert repr(v) == "[5. 2. 1.] mV"
    v.fill(2 * mV)
    assert repr(v) == "[2. 2. 2.] mV"


def test_in_place_changes_keep_the_dimension():
    v = make(V)
    v *= 2
    v += 1 * mV
    np.add.at(v, [0, 0], 1 * mV)
    assert repr(v) == "[5. 5. 7.] mV"
    with pytest.raises(DimensionMismatchError, match=r"volt\*\*2 and does not fit"):
        v *= mV


v = make(V)
KEEPS = {
    "concatenate": (lambda: np.concatenate([v, v]), "[1. 2. 3. 1. 2. 3.] mV"),
    "stack": (lambda: np.stack([v, v])[1], "[1. 2. 3.] mV"),
    "linspace": (lambda: np.linspace(v, v + 2 * mV, 3)[1], "[2. 3. 4.] mV"),
    "where": (lambda: np.where(v > 1 * mV, v, 0 * mV), "[0. 2. 3.] mV"),
    "clip": (lambda: np.clip(v, 2 * mV, None), "[2. 2. 3.] mV"),
    "clip method": (lambda: v.clip(max=2 * mV), "[1. 2. 2.] mV"),
    "mean": (lambda: np.mean(v), "2. mV"),
    "mean method": (lambda: v.mean(), "2. mV"),
    "sum along an axis": (lambda: np.stack([v, v]).sum(axis=0), "[2. 4. 6.] mV"),
    "average": (lambda: np.average(v, weights=[1, 0, 0]), "1. mV"),
    "max": (lambda: v.max(), "3. mV"),
    "median": (lambda: np.median(v), "2. mV"),
    "percentile": (lambda: np.percentile(v, 50), "2. mV"),
    "cumsum": (lambda: v.cumsum(), "[1. 3. 6.] mV"),
    "diff": (lambda: np.diff(v), "[1. 1.] mV"),
    "var": (lambda: np.var(make([1.0, 3.0])), "1. mV^2"),
    "std": (lambda: np.std(make([1.0, 3.0])), "1. mV"),
    "dot": (lambda: np.dot(v, v), "14. mV^2"),
    "matmul": (lambda: v @ np.ones(3), "6. mV"),
    "outer": (lambda: np.outer(v, [1, 0])[:, 0], "[1. 2. 3.] mV"),
    "prod": (lambda: np.prod(v), "6. mV^3"),
    "sqrt": (lambda: np.sqrt(v * v), "[1. 2. 3.] mV"),
    "interp": (lambda: np.interp(1.5 * mV, v, make(V, nS)), "1.5 nS"),
    "trapezoid": (lambda: np.trapezoid(v / mV, make(V, ms)), "4. ms"),
    "gradient": (lambda: np.gradient(v, 1 * ms), "[1. 1. 1.] mV/ms"),
    "histogram": (lambda: np.histogram(v, bins=2)[1], "[1. 2. 3.] mV"),
    "split": (lambda: np.split(v, 3)[2], "[3.] mV"),
    "meshgrid": (lambda: np.meshgrid(v, make(V, ms))[1][:, 0], "[1. 2. 3.] ms"),
    "zeros_like": (lambda: np.zeros_like(v) + 1 * mV, "[1. 1. 1.] mV"),
    "sort": (lambda: np.sort(v)[::-1], "[3. 2. 1.] mV"),
    "unique": (lambda: np.unique(v, return_counts=True)[0], "[1. 2. 3.] mV"),
    "add.reduce": (lambda: np.add.reduce(v), "6. mV"),
    "maximum.accumulate": (lambda: np.maximum.accumulate(v), "[1. 2. 3.] mV"),
    "multiply.outer": (lambda: np.multiply.outer(v, v)[0], "[1. 2. 3.] mV^2"),
}


@pytest.mark.parametrize("case", KEEPS)
def test_functions_give_the_right_unit(case):
    make_result, expected = KEEPS[case]
    assert repr(make_result()) == expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (lambda: np.argmax(v), 2),
        (lambda: v.argsort(), [0, 1, 2]),
        (lambda: np.searchsorted(v, 2 * mV), 1),
        (lambda: np.isnan(v), [False] * 3),
        (lambda: np.sign(v), [1.0] * 3),
        (lambda: np.isclose(v, 2 * mV), [False, True, False]),
        (lambda: np.histogram(v, bins=2)[0], [1, 2]),
        (lambda: np.unique(v, return_counts=True)[1], [1, 1, 1]),
    ],
)
def test_indices_counts_and_answers_are_plain(call, expected):
    assert type(call()) is not QuantityArray
    np.testing.assert_array_equal(call(), expected)


@pytest.mark.parametrize(
    "call",
    [
        lambda: np.exp(v),
        lambda: np.concatenate([v, make(V, ms)]),
        lambda: np.clip(v, 0, 2 * mV),
        lambda: np.where(v > 1 * mV, v, 0),
        lambda: np.searchsorted(v, 2),
        lambda: np.multiply.reduce(v),
        lambda: v ** np.array([1, 2, 3]),
        lambda: np.add(v, v, out=np.zeros(3)),
        lambda: QuantityArray([1 * mV, 2 * ms]),
        lambda: np.round(v),
    ],
)
def test_functions_check_units(call):
    with pytest.raises(DimensionMismatchError):
        call()


def test_functions_without_a_rule_say_so():
    with pytest.raises(TypeError, match=r"numpy.fft.fft does not know units"):
        np.fft.fft(v)


def test_copies_keep_the_dimension_and_nothing_shared():
    for twin in (copy.copy(v), copy.deepcopy(v), pickle.loads(pickle.dumps(v)), v.copy()):
        assert type(twin) is QuantityArray
        assert np.array_equal(twin, v)
        assert not np.shares_memory(np.asarray(twin), np.asarray(v))


def test_asarray_gives_si_values():
    assert type(np.asarray(v)) is np.ndarray
    assert get_dimension(np.asarray(v)).is_dimensionless
    np.testing.assert_array_equal(np.asarray(v), np.array(V) * 0.001)
