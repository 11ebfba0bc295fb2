"""The algebra of dimensions."""

import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brian_nb.errors import DimensionMismatchError
from brian_nb.units import DIMENSIONLESS, Dimension, get_dimension, second, volt

exponents = st.fractions(min_value=-4, max_value=4, max_denominator=6)
dimensions = st.builds(Dimension, *[st.integers(-3, 3)] * 7)


@given(dimensions, dimensions)
def test_division_undoes_multiplication(a, b):
    assert a * b / b == a
    assert a / a == DIMENSIONLESS


@given(dimensions, exponents, exponents)
def test_powers_add_up(a, p, q):
    assert a**p * a**q == a ** (p + q)


@given(dimensions, exponents.filter(bool))
def test_a_root_undoes_its_power(a, p):
    assert (a**p) ** (1 / p) == a


@given(dimensions)
def test_equal_dimensions_are_one_key(a):
    twin = Dimension(*a.exponents)
    assert {a: 1}[twin] == 1
    assert pickle.loads(pickle.dumps(a)) == a


def test_decimal_exponents_are_exact():
    noise = volt.dimension / second.dimension**0.5
    assert noise.time == Fraction(-7, 2)
    assert (second.dimension ** (1 / 3)) ** 3 == second.dimension


def test_whole_exponents_are_ints():
    assert all(type(item) is int for item in ((second.dimension**0.5) ** 2).exponents)


def test_text_is_si():
    assert str(volt.dimension) == "m^2 kg s^-3 A^-1"
    assert str(DIMENSIONLESS) == "1"


@pytest.mark.parametrize("power", [3.14159265, float("nan"), float("inf")])
def test_powers_that_are_no_fraction_are_refused(power):
    with pytest.raises(DimensionMismatchError, match="power"):
        volt.dimension**power


def test_plain_values_have_no_dimension():
    for value in (3, 2.5, [1, 2], "text", None):
        assert get_dimension(value).is_dimensionless
