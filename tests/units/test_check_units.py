"""Questions about dimensions and the checking of arguments."""

import inspect

import numpy as np
import pytest

from brian_nb.errors import DimensionMismatchError
from brian_nb.units import (
    QuantityArray,
    amp,
    check_units,
    have_same_dimensions,
    is_dimensionless,
    metre,
    ms,
    mV,
    nA,
    ohm,
    second,
    volt,
)


@check_units(I=amp, R=ohm, wibble=metre, result=volt)
def find_voltage(I, R, **k):  # noqa: E741, N803
    """Ohm's law."""
    return I * R


def test_the_example_of_the_manual():
    assert find_voltage(1 * amp, 1 * ohm, wibble=1 * metre) == 1 * volt
    with pytest.raises(DimensionMismatchError, match="wibble must be in metre"):
        find_voltage(1 * amp, 1 * ohm, wibble=1)


@pytest.mark.parametrize(
    "arguments", [(1 * amp, 1 * amp), (1, 1 * ohm), (0, 1 * ohm), (np.float64(1), 1 * ohm)]
)
def test_wrong_arguments_are_refused(arguments):
    with pytest.raises(DimensionMismatchError):
        find_voltage(*arguments)


@check_units(x=volt, n=1)
def accept(x=0 * volt, n=3):
    return x


@pytest.mark.parametrize("value", ["hello", None, np.ones(3), [1, 2], len, 3 * mV])
def test_what_is_no_number_is_not_checked(value):
    assert accept(value) is value


def test_arrays_with_units_are_checked():
    accept(QuantityArray([1.0], volt.dimension))
    with pytest.raises(DimensionMismatchError):
        accept(QuantityArray([1.0], second.dimension))


def test_one_stands_for_plain_numbers():
    accept(n=4)
    with pytest.raises(DimensionMismatchError, match="n must be a plain number"):
        accept(n=4 * ms)


def test_a_wrong_result_is_the_fault_of_the_function():
    @check_units(result=second)
    def measure():
        return 3 * mV

    with pytest.raises(AssertionError, match="measure must return in second"):
        measure()


def test_signature_and_docstring_stay():
    assert find_voltage.__doc__ == "Ohm's law."
    assert list(inspect.signature(find_voltage).parameters) == ["I", "R", "k"]


def test_a_call_that_does_not_fit_the_signature_raises_as_usual():
    with pytest.raises(TypeError, match="missing"):
        find_voltage(1 * amp)


def test_dimensions_are_compared_without_regard_to_size():
    assert have_same_dimensions(3 * mV, 2 * volt)
    assert have_same_dimensions(2 * nA * ohm, mV)
    assert not have_same_dimensions(3 * mV, 3)
    assert is_dimensionless(3 * mV / volt)
    assert not is_dimensionless(mV)
