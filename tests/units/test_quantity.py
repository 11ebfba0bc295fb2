"""Scalars with units: arithmetic, comparison, units made by arithmetic, copies."""

import copy
import math
import pickle

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from brian_nb.errors import DimensionMismatchError
from brian_nb.units import (
    ALL_UNITS,
    Quantity,
    Unit,
    amp,
    metre,
    ms,
    mV,
    newton,
    ohm,
    radian,
    second,
    siemens,
    volt,
)

LARGEST_PICKLE = 250  # bytes; a model with its constants must travel cheaply
numbers = st.floats(-1e6, 1e6)
units = st.sampled_from([volt, second, amp, ohm, siemens, metre])


@given(numbers, numbers, units)
def test_sums_are_sums_of_si_values(a, b, unit):
    total = a * unit + b * unit
    assert float(total) == a + b
    assert total.dimension == unit.dimension


@given(numbers, numbers, units, units)
def test_products_multiply_values_and_dimensions(a, b, left, right):
    product = a * left * (b * right)
    assert float(product) == a * b
    assert product == (b * right) * (a * left)


@given(numbers, units)
def test_a_quantity_over_its_unit_is_a_plain_float(a, unit):
    ratio = a * unit / unit
    assert type(ratio) is float
    assert ratio == a


@given(numbers, numbers, units)
def test_order_is_that_of_the_values(a, b, unit):
    assert (a * unit < b * unit) == (a < b)
    assert (a * unit >= b * unit) == (a >= b)
    assert (a * unit == b * unit) == (a == b)


@given(numbers, units)
def test_equal_quantities_are_one_key(a, unit):
    assert len({a * unit, Quantity(a, unit.dimension), unit * a}) == 1


@given(units, units, numbers)
def test_different_dimensions_neither_add_nor_compare(left, right, a):
    assume(left.dimension != right.dimension)
    for operation in ("__add__", "__sub__", "__lt__", "__eq__", "__mod__", "__floordiv__"):
        with pytest.raises(DimensionMismatchError):
            getattr(a * left, operation)(2 * right)


@pytest.mark.parametrize("plain", [0, 1.5, math.inf, math.nan])
def test_plain_numbers_are_no_exception(plain):
    with pytest.raises(DimensionMismatchError):
        3 * mV + plain
    with pytest.raises(DimensionMismatchError):
        plain - 3 * mV


def test_zero_and_infinity_need_no_unit_to_be_compared():
    assert 0 * mV == 0 and 3 * mV != 0
    assert 3 * mV > 0 and not 3 * mV <= 0 and 0 < 3 * mV
    assert -math.inf < 3 * mV < math.inf
    for other in (1, math.nan, 3 * ms):
        with pytest.raises(DimensionMismatchError):
            3 * mV > other  # noqa: B015


def test_other_objects_are_just_different():
    assert 3 * mV != "3 mV"
    assert 3 * mV != None  # noqa: E711


def test_a_mismatch_is_a_value_error_too():
    with pytest.raises(ValueError, match="second and metre"):
        3 * second + 2 * metre


def test_powers():
    assert (3 * volt) ** 2 == 9 * volt * volt
    assert (4 * volt**2) ** 0.5 == 2 * volt
    assert 2 ** (3 * mV / mV) == 8.0
    with pytest.raises(DimensionMismatchError, match="plain number is needed"):
        2 ** (3 * mV)


def test_time_steps_are_counted_with_plain_numbers():
    assert 7 * ms // (2 * ms) == 3.0
    assert repr(7 * ms % (2 * ms)) == "1. ms"
    assert divmod(7 * ms, 2 * ms)[0] == 3.0
    assert int(10 * ms / (2 * ms)) == 5


@pytest.mark.parametrize("function", [round, math.floor, math.ceil])
def test_rounding_asks_for_a_unit_to_round_in(function):
    with pytest.raises(DimensionMismatchError):
        function(3.2 * mV)


def test_a_list_is_summed_from_a_zero_with_unit():
    assert sum([1 * mV, 2 * mV], 0 * mV) == 3 * mV
    with pytest.raises(DimensionMismatchError, match="sum"):
        sum([1 * mV, 2 * mV])


def test_ohms_law():
    assert repr(2e-9 * amp * (5e6 * ohm)) == "10. mV"


def test_products_of_units_are_units():
    torque = newton * metre
    assert type(torque) is Unit
    assert (torque.name, torque.display) == ("newton*metre", "N m")
    assert (mV / ms).name == "mvolt/msecond"
    assert (mV**2).name == "mvolt**2"
    assert (volt * second / volt).name == "second"


def test_a_number_times_a_unit_is_no_unit():
    assert type(2 * mV) is Quantity
    assert type(mV * 2) is Quantity
    assert type(1 / ms) is Quantity


def test_the_name_of_a_unit_can_be_typed():
    for unit in (mV / ms, volt / second**0.5, second**-0.5, siemens / metre**2, 1 / volt * volt**2):
        if isinstance(unit, Unit):
            assert eval(unit.name, dict(ALL_UNITS)) == unit


def test_angles_are_plain_numbers():
    assert 3 * radian == 3.0


@pytest.mark.parametrize("value", [3 * mV, mV, mV / ms, 2 * volt / second**0.5], ids=repr)
def test_copies_are_equal_and_small(value):
    for twin in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert type(twin) is type(value)
        assert twin == value
        assert repr(twin) == repr(value)
    assert len(pickle.dumps(mV / ms)) < LARGEST_PICKLE


def test_a_quantity_keeps_its_dimension_when_wrapped_again():
    assert Quantity(3 * mV) == 3 * mV


def test_a_quantity_without_dimension_compares_like_a_number():
    assert Quantity(2.0) == 2.0
    assert Quantity(2.0) != 0
    assert Quantity(0.0) == 0
