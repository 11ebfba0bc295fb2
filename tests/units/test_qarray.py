"""Plain arrays of SI values, and the unit that a value has."""

import numpy as np
import pytest

from brian_nb.errors import DimensionMismatchError
from brian_nb.units import QuantityArray, get_unit, mA, ms, mV, nS, qarray, second, siemens, volt


def test_a_qarray_is_a_plain_array_of_si_values():
    found = qarray([10 * ms, 1 * second])
    assert type(found) is np.ndarray
    assert found.dtype == np.float64 and found.tolist() == [0.01, 1]
    assert qarray((1, 2)).tolist() == [1, 2]
    assert qarray(QuantityArray([1.0], volt.dimension)).tolist() == [1]


def test_it_is_a_copy():
    values = np.zeros(3)
    qarray(values)[0] = 1
    assert not values.any()


def test_spikes_near_a_time_are_chosen_as_in_the_manual():
    times = qarray([0.049, 0.051, 0.2])
    near = times[abs(times - 50 * ms) < 15 * ms]
    assert near.tolist() == [0.049, 0.051]
    assert near.mean() == pytest.approx(0.05)


def test_values_of_different_units_do_not_mix():
    with pytest.raises(DimensionMismatchError):
        qarray([1 * ms, 1 * mV])


def test_the_unit_of_a_value_has_no_prefix():
    assert get_unit(3 * mV) == volt
    assert get_unit(2 * nS).name == "siemens"
    assert get_unit(3 * mV / ms).name == "volt/second"
    assert get_unit(mA * ms) / (siemens * volt * second) == 1


@pytest.mark.parametrize("value", [3, 2.5, np.ones(2), mV / volt])
def test_a_plain_value_has_the_unit_one(value):
    assert get_unit(value) == 1.0
