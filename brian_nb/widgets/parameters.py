"""What of an object a user can turn: values with a name, a unit and a range to turn them in."""

from dataclasses import dataclass

import numpy as np

from brian_nb.equations.expressions import Binary, names_in, walk
from brian_nb.model import LOWER_BOUND
from brian_nb.network import Connection
from brian_nb.network.neurons import Neurons
from brian_nb.network.synaptic_rules import SynapticRule
from brian_nb.units import ALL_UNITS, Dimension, Quantity, choose_unit, get_dimension
from brian_nb.widgets.limits import Limits, choose_limits

_HABITS = {
    get_dimension(ALL_UNITS[name]): (ALL_UNITS[name], scale)
    for name, scale in (
        ("mV", 20.0),
        ("ms", 10.0),
        ("nS", 10.0),
        ("nA", 1.0),
        ("pF", 100.0),
        ("Hz", 100.0),
    )
}
"""The unit that people of the field write, and a usual size in it, by dimension."""

_VOLT = get_dimension(ALL_UNITS["mV"])
_SECOND = get_dimension(ALL_UNITS["ms"])
_LEVEL = 20.0
"""Millivolt: from here on a negative voltage is a potential rather than an amount."""


@dataclass(frozen=True)
class Parameter:
    """One value of an object; what it belongs to is given when it is read or written.

    Parameters
    ----------
    name : str
    dimension : Dimension
    unit : float
        Display unit, in SI units; a `Unit` or 1.
    limits : Limits
        In display units.
    """

    name: str
    dimension: Dimension
    unit: float
    limits: Limits

    @property
    def unit_name(self):
        """How the display unit is written; "" for a plain number."""
        return getattr(self.unit, "display", "")

    def to_display(self, value):
        """A value in display units, from SI units."""
        return float(f"{float(value) / float(self.unit):.12g}")

    def to_si(self, shown):
        """A value in SI units, from display units."""
        return float(shown) * float(self.unit)

    def to_quantity(self, value):
        """A value in SI units with its dimension; a plain number where it has none."""
        return float(value) if self.dimension.is_dimensionless else Quantity(value, self.dimension)

    def spread(self, item):
        """Smallest and largest value in SI units where they differ among neurons, else None."""

    def copy(self, item):
        """The value in SI units; an array where neurons differ."""
        return self.read(item)


class Constant(Parameter):
    """An external constant of the equations, the threshold or the reset."""

    def read(self, item):
        return item.owner.values.constants[self.name]

    def write(self, item, value):
        item.owner.set_constant(self.name, self.to_quantity(value))


class NeuronParameter(Parameter):
    """A parameter that each neuron has for itself; written, it becomes the same for all."""

    def read(self, item):
        value = self.copy(item)
        return value if isinstance(value, float) else float(np.mean(value))

    def write(self, item, value):
        item.set_variable(self.name, value if np.ndim(value) else self.to_quantity(value))

    def spread(self, item):
        values = getattr(item, self.name)
        low, high = float(np.min(values)), float(np.max(values))
        return None if low == high else (low, high)

    def copy(self, item):
        values = getattr(item, self.name)
        return values.copy() if np.any(values != values[0]) else float(values[0])


class SynapseParameter(Parameter):
    """A property of a connection: weight, weight_scale or delay."""

    def read(self, item):
        value = getattr(item, self.name)
        return float("nan") if value is None else float(value)

    def write(self, item, value):
        setattr(item, self.name, self.to_quantity(value))


class RuleConstant(Parameter):
    """A constant of the statements of a rule at synapses."""

    def read(self, item):
        return float(getattr(item, self.name))

    def write(self, item, value):
        setattr(item, self.name, self.to_quantity(value))


def list_parameters(item):
    """What of an object can be turned.

    Parameters
    ----------
    item : NeuronGroup, Subgroup, Connection, rule at synapses, or monitor
        Monitors have nothing to turn.

    Returns
    -------
    list of Parameter
    """
    if isinstance(item, Connection):
        return _list_of_connection(item)
    if isinstance(item, SynapticRule):
        return _list_of_rule(item)
    return _list_of_neurons(item) if isinstance(item, Neurons) else []


def choose_display_unit(dimension, value):
    """The unit that people write, unless the number would be very small or large in it.

    Parameters
    ----------
    dimension : Dimension
    value : float
        In SI units.

    Returns
    -------
    Unit or float
    """
    if dimension.is_dimensionless:
        return 1.0
    habit, _ = _HABITS.get(dimension, (None, 1.0))
    if habit is not None and (value == 0 or 0.01 <= abs(value) / float(habit) < 1e4):
        return habit
    return choose_unit(dimension, value)


def _list_of_neurons(item):
    system = item.owner.system
    divisors = _find_divisors(system)
    constants = [
        _describe(Constant, name, system.dimension_of(name), value, name in divisors)
        for name, value in item.owner.values.constants.items()
        if np.isfinite(value)
    ]
    parameters = [
        _describe(
            NeuronParameter,
            parameter.name,
            parameter.dimension,
            float(np.mean(getattr(item, parameter.name))),
            parameter.name in divisors,
        )
        for parameter in system.parameters
    ]
    return constants + parameters


def _list_of_connection(item):
    dimension = item.target.owner.system.dimension_of(item.variable)
    if item.weight is None:
        none = dimension / dimension
        found = [_describe(SynapseParameter, "weight_scale", none, item.weight_scale)]
    else:
        found = [_describe(SynapseParameter, "weight", dimension, float(item.weight))]
    if item.values.delays is None:
        found.append(_describe(SynapseParameter, "delay", _SECOND, float(item.delay)))
    return found


def _list_of_rule(item):
    values = {name: getattr(item, name) for name in item.constants}
    return [
        _describe(RuleConstant, name, get_dimension(value), float(value))
        for name, value in values.items()
        if name != LOWER_BOUND and np.isfinite(float(value))
    ]


def _describe(kind, name, dimension, value, is_divisor=False):
    unit = choose_display_unit(dimension, value)
    shown = float(f"{value / float(unit):.12g}")
    _, scale = _HABITS.get(dimension, (None, 1.0))
    is_level = dimension == _VOLT and (shown <= -_LEVEL or (shown == 0 and kind is Constant))
    return kind(name, dimension, unit, choose_limits(shown, is_level, is_divisor, scale))


def _find_divisors(system):
    """Names that something is divided by."""
    equations = (*system.differentials, *system.statics)
    return {
        name
        for equation in equations
        for part in walk(equation.expression)
        if isinstance(part, Binary) and part.op == "/"
        for name in names_in(part.right)
    }
