"""What of an object can be turned, in which unit, and how far."""

import numpy as np
import pytest

from brian_nb import Connection, NeuronGroup, PoissonGroup, SpikeMonitor
from brian_nb.units import ALL_UNITS
from brian_nb.widgets.limits import choose_limits
from brian_nb.widgets.parameters import choose_display_unit, list_parameters

mV, ms, Hz, nS = (ALL_UNITS[name] for name in ("mV", "ms", "Hz", "nS"))


def named(item):
    return {parameter.name: parameter for parameter in list_parameters(item)}


@pytest.fixture
def group():
    tau, El, gain = 20 * ms, -49 * mV, 0.0
    equations = "dV/dt = (El-V+gain*I)/tau : volt\nI : volt"
    return NeuronGroup(4, equations, threshold=-50 * mV, reset=-60 * mV)


def test_constants_threshold_reset_and_parameters_can_be_turned(group):
    assert set(named(group)) == {"tau", "El", "gain", "I", "V_threshold", "V_reset"}


def test_an_infinite_constant_cannot_be_turned():
    Inf, tau = np.inf, 10 * ms  # noqa: F841
    group = NeuronGroup(4, "dx/dt = clip(I, 0, Inf)/tau : 1\nI : 1")
    assert set(named(group)) == {"tau", "I"}


def test_units_are_those_that_people_write(group):
    units = {name: parameter.unit_name for name, parameter in named(group).items()}
    assert units == {
        "tau": "ms",
        "El": "mV",
        "gain": "",
        "I": "mV",
        "V_threshold": "mV",
        "V_reset": "mV",
    }


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (0.5 * mV, "mV", 0.5),
        (0.2 * ms, "ms", 0.2),
        (30 * nS, "nS", 30.0),
        (1500 * Hz, "Hz", 1500.0),
    ],
)
def test_a_small_number_keeps_the_unit_of_habit(value, unit, shown):
    chosen = choose_display_unit(value.dimension, float(value))
    assert chosen.display == unit
    assert float(value) / float(chosen) == pytest.approx(shown)


def test_display_and_si_values_are_inverse(group):
    parameter = named(group)["El"]
    assert parameter.to_display(-0.049) == -49.0
    assert parameter.to_si(-52.0) == pytest.approx(-0.052)


def test_a_written_constant_has_the_new_value(group):
    named(group)["El"].write(group, -0.052)
    assert float(group.El) == -0.052


def test_a_neuron_parameter_tells_its_spread_and_sets_all(group):
    group.I = [1e-3, 2e-3, 3e-3, 4e-3]
    parameter = named(group)["I"]
    assert parameter.spread(group) == (1e-3, 4e-3)
    parameter.write(group, 2.5e-3)
    assert np.all(group.I == 2.5e-3)
    assert parameter.spread(group) is None


def test_rates_of_a_poisson_group_are_in_hertz():
    group = PoissonGroup(3, rates=40 * Hz)
    assert list(named(group)) == ["rate"]
    assert named(group)["rate"].unit_name == "Hz"
    assert named(group)["rate"].limits.low == 0.0


def test_a_connection_of_equal_weights_offers_weight_and_delay(group):
    connection = Connection(group, group, weight=1.62 * mV, delay=2 * ms)
    assert list(named(connection)) == ["weight", "delay"]
    named(connection)["weight"].write(connection, 2e-3)
    assert float(connection.weight) == 2e-3


def test_a_connection_of_different_weights_offers_a_scale(group):
    connection = Connection(group, group, weight=lambda i, j: 1 * mV * (1 + i + j))
    assert list(named(connection)) == ["weight_scale", "delay"]
    named(connection)["weight_scale"].write(connection, 0.5)
    assert connection.weight_scale == 0.5


def test_delays_of_single_synapses_cannot_be_turned(group):
    connection = Connection(group, group, weight=1 * mV, delay=(0 * ms, 2 * ms))
    assert list(named(connection)) == ["weight"]


def test_monitors_have_nothing_to_turn(group):
    assert list_parameters(SpikeMonitor(group)) == []


def test_a_divisor_cannot_be_turned_to_zero(group):
    assert named(group)["tau"].limits.low > 0


def test_a_resting_potential_is_turned_around_its_value(group):
    limits = named(group)["El"].limits
    assert (limits.low, limits.high) == (-80.0, -20.0)


@pytest.mark.parametrize("value", [1e-6, 0.27, 1.62, 20.0, 3000.0])
def test_positive_amounts_stay_positive_and_lie_inside(value):
    limits = choose_limits(value)
    assert limits.low == 0.0
    assert value < limits.high <= 10 * value


def test_negative_amounts_stay_negative():
    limits = choose_limits(-9.0)
    assert limits.high == 0.0
    assert limits.low < -9.0


def test_zero_has_a_range_of_the_usual_size():
    assert choose_limits(0.0, scale=10.0).high == 30.0


@pytest.mark.parametrize("value", [-49.0, 1.62, 20.0, 0.27, -9.0])
def test_a_value_lies_on_the_grid_of_its_slider(value):
    limits = choose_limits(value, is_level=value < -20)
    places = (value - limits.low) / limits.step
    assert places == pytest.approx(round(places), abs=1e-6)
