"""Thresholds and resets in any form a user may give, as expressions and assignments."""

from dataclasses import dataclass, field

from brian_nb.diagnostics import Diagnostic, Mark, Source
from brian_nb.equations import Assignment, resolve_expression, resolve_statements
from brian_nb.equations.dimensions import check_assignments, check_threshold
from brian_nb.equations.expressions import (
    Compare,
    Expression,
    Name,
    is_condition,
    names_in,
    parse_expression,
    to_source,
)
from brian_nb.errors import EquationError, ModelError
from brian_nb.network.quantities import check_dimension
from brian_nb.network.scope import as_source
from brian_nb.network.thresholds import EmpiricalThreshold


@dataclass
class Firing:
    """When neurons of a group fire and what happens then.

    Attributes
    ----------
    threshold : Expression or None
    reset : tuple of Assignment
    constants : dict of str to Quantity
        External constants that the threshold and the reset bring along.
    """

    threshold: object = None
    reset: tuple = ()
    constants: dict = field(default_factory=dict)

    def check_units(self, system):
        """Check the units of the threshold and the reset.

        Parameters
        ----------
        system : EquationSystem
            With the constants of both.

        Raises
        ------
        DimensionMismatchError
        """
        if self.threshold is not None:
            check_threshold(self.threshold, system)
        check_assignments(self.reset, system)


def read_firing(threshold, reset, system, namespace, level=0):
    """Understand a threshold and a reset.

    Parameters
    ----------
    threshold : None, Quantity, number, str, Source, EmpiricalThreshold or Expression
        A value that the membrane variable must exceed, or a condition. A text that is no
        condition is such a value.
    reset : None, Quantity, number, str or Source
        A value that the membrane variable takes, or statements. A text that assigns nothing is
        such a value.
    system : EquationSystem
    namespace : mapping
        Names around the group.
    level : int
        How many calls further up the group is made, for messages.

    Returns
    -------
    Firing

    Raises
    ------
    EquationError, UnknownNameError, DimensionMismatchError
        A text cannot be understood.
    ModelError
        The threshold or the reset is of a kind that cannot be used.
    """
    firing = Firing()
    if isinstance(threshold, (str, Source)):
        source = as_source(threshold, "threshold", level)
        condition, constants = resolve_expression(source, system, namespace, allow_random=True)
        firing.threshold = _make_condition(condition, system)
        firing.constants |= constants
    elif isinstance(threshold, Expression):
        firing.threshold = threshold
    elif isinstance(threshold, EmpiricalThreshold):
        variable = find_variable(system, threshold.state)
        name = _add_constant(firing, system, "threshold", threshold.threshold, variable)
        firing.threshold = Compare(">", Name(variable), Name(name))
    elif threshold is not None:
        name = _add_constant(firing, system, "threshold", threshold, system.membrane)
        firing.threshold = Compare(">", Name(system.membrane), Name(name))
    if isinstance(reset, (str, Source)):
        source = as_source(reset, "reset", level)
        firing.reset, constants = _read_reset(source, system, namespace)
        firing.constants |= constants
    elif reset is not None:
        name = _add_constant(firing, system, "reset", reset, system.membrane)
        firing.reset = (Assignment(system.membrane, "=", Name(name)),)
    return firing


def _make_condition(expression, system):
    """A threshold as a condition; a value is what the membrane variable must exceed."""
    if is_condition(expression):
        return expression
    if system.membrane is None or system.membrane in names_in(expression):
        raise EquationError(
            Diagnostic(
                "this threshold is no condition",
                (Mark(expression.span),),
                hint=f"compare it with something: {to_source(expression)} > ...",
            )
        )
    return Compare(">", Name(system.membrane, expression.span), expression, expression.span)


def _read_reset(source, system, namespace):
    if system.membrane is None or not _is_value(source):
        return resolve_statements(source, system, namespace)
    value, constants = resolve_expression(source, system, namespace, allow_random=True)
    return (Assignment(system.membrane, "=", value, value.span),), constants


def _is_value(source):
    try:
        return not is_condition(parse_expression(source))
    except EquationError:
        return False


def find_variable(system, state):
    """Name of a state variable given by its name, an alias or its number; None if there is none."""
    name = system.aliases.get(state, state)
    if isinstance(state, int):
        name = system.variables[state] if 0 <= state < len(system.variables) else None
    return name if name in system.variables else None


def _add_constant(firing, system, what, value, variable):
    """Enter the value of a threshold or reset as a constant that can be changed later."""
    if variable is None:
        raise ModelError(f"a {what} needs a variable to act on, and the equations define none")
    if not _is_number(value):
        raise ModelError(
            f"the {what} must be a quantity or a string, not {value!r}",
            hint=f"write {what}=-50*mV or {what}='{variable} > -50*mV'"
            if what == "threshold"
            else f"write reset=-60*mV or reset='{variable} = -60*mV'",
        )
    check_dimension(value, system.dimension_of(variable), f"the {what} of {variable}")
    name = f"{variable}_{what}"
    while name in system.constants or name in system.variables:
        name += "_"
    firing.constants[name] = value
    return name


def _is_number(value):
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return not isinstance(value, (str, bytes))
