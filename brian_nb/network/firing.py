"""When neurons fire and what happens then, said in any way -> rules that a model is made from."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from brian_nb.diagnostics import Diagnostic, Mark
from brian_nb.equations import (
    Assignment,
    parse_statements,
    resolve_expression,
    resolve_statements,
)
from brian_nb.equations.dimensions import infer_dimension
from brian_nb.equations.expressions import (
    Compare,
    Expression,
    Name,
    functions_in,
    is_condition,
    names_in,
    parse_expression,
    read_product,
    to_source,
)
from brian_nb.equations.function_numbers import FunctionNumbers
from brian_nb.errors import DimensionMismatchError, EquationError, ModelError
from brian_nb.network.python_calls import find_python_functions
from brian_nb.network.quantities import check_dimension, to_si
from brian_nb.units import ALL_UNITS, Quantity, get_dimension, name_dimension

_TIME = get_dimension(ALL_UNITS["second"])


class _Rule:
    """A rule has ``expressions``, a tuple of what its texts say."""

    @cached_property
    def python_functions(self):
        """Functions in them that only Python can compute, by their names."""
        return find_python_functions(self.expressions)


@dataclass(frozen=True)
class ThresholdRule(_Rule):
    """When neurons fire: a condition for compiled code, or Python code that finds them.

    Parameters
    ----------
    condition : Expression or None
    find : callable or None
        Gets the group, and gives an array: a truth value for each neuron, or the numbers of those
        that fire.
    silence : float, second
        How long after a spike there is no other one.
    has_units : bool
        Whether the units of the condition are to be checked.
    note : str
        What runs in Python, for the user; "" where nothing does.
    numbers : FunctionNumbers or None
        What a function that the condition was read from finds around it.
    """

    condition: Expression | None = None
    find: Callable | None = None
    silence: float = 0.0
    has_units: bool = True
    note: str = ""
    numbers: FunctionNumbers | None = None

    @cached_property
    def expressions(self):
        return () if self.condition is None else (self.condition,)


@dataclass(frozen=True)
class ResetRule(_Rule):
    """What happens to neurons that fired: assignments for compiled code, or Python code.

    Parameters
    ----------
    assignments : tuple of Assignment
    apply : callable or None
        Gets the group, and resets the neurons that fired in the last update.
    target : str or None
        Variable that is held while a neuron is refractory; None where there is none.
    period : float, second
        How long it is held, where the reset says so itself.
    has_units : bool
        Whether the units of the assignments are to be checked.
    note : str
        What runs in Python, for the user; "" where nothing does.
    numbers : FunctionNumbers or None
        What a function that the assignments were read from finds around it.
    """

    assignments: tuple[Assignment, ...] = ()
    apply: Callable | None = None
    target: str | None = None
    period: float = 0.0
    has_units: bool = True
    note: str = ""
    numbers: FunctionNumbers | None = None

    @cached_property
    def expressions(self):
        return tuple(item.expression for item in self.assignments)


class RuleReader:
    """Reads what thresholds and resets of one group say.

    Parameters
    ----------
    system : EquationSystem
    is_checked : bool
        Whether units have to fit.

    Attributes
    ----------
    system : EquationSystem
        With the constants of all that was read.
    """

    def __init__(self, system, is_checked=True):
        self.system, self.is_checked = system, is_checked
        self._known = set(system.constants)

    @property
    def constants(self):
        """Constants that were read beside those of the equations, with their units."""
        return {k: v for k, v in self.system.constants.items() if k not in self._known}

    def find_variable(self, state, what):
        """Name of a state variable given by its name, an alias or its number.

        Raises
        ------
        ModelError
            There is none.
        """
        name = find_variable(self.system, state)
        if name is not None:
            return name
        if not self.system.variables:
            raise ModelError(f"{what} needs a variable to act on, and the equations define none")
        raise ModelError(
            f"{what} names a variable {state!r} that the equations do not have",
            hint=f"the variables are {', '.join(self.system.variables)}",
        )

    def name_value(self, value, variable, what):
        """Enter the value of a threshold or reset as a constant that can be changed later.

        Parameters
        ----------
        value : Quantity, number or None
            In the unit of the variable; None is zero.
        variable : str
        what : {'threshold', 'reset'}

        Returns
        -------
        Name
        """
        dimension = self.system.dimension_of(variable)
        if value is None:
            value = Quantity(0.0, dimension)
        if not _is_number(value):
            raise ModelError(
                f"the {what} must be a quantity, a string, a function or a {what.title()}, "
                f"not {value!r}",
                hint=f"write threshold=-50*mV or threshold='{variable} > -50*mV'"
                if what == "threshold"
                else f"write reset=-60*mV or reset='{variable} = -60*mV'",
            )
        if self.is_checked:
            check_dimension(value, dimension, f"the {what} of {variable}")
        name = f"{variable}_{what}"
        while name in self.system.constants or name in self.system.variables:
            name += "_"
        self.add_constants({name: value})
        return Name(name)

    def add_constants(self, constants):
        """Take in values by their names."""
        self.system = self.system.with_constants(constants)

    def read_condition(self, source, namespace):
        """Read a condition; a value is what the membrane variable must exceed."""
        expression = read_product(self._read_expression(source, namespace, allow_python=True))
        if is_condition(expression):
            return expression
        membrane = self.system.membrane
        if membrane is None or membrane in names_in(expression):
            raise EquationError(
                Diagnostic(
                    "this threshold is no condition",
                    (Mark(expression.span),),
                    hint=f"compare it with something: {to_source(expression)} > ...",
                )
            )
        return Compare(">", Name(membrane, expression.span), expression, expression.span)

    def read_assignments(self, source, namespace):
        """Read the statements of a reset; a value is what the membrane variable takes."""
        membrane = self.system.membrane
        if membrane is not None and _is_value(source):
            value = self._read_expression(source, namespace, allow_python=True)
            return (Assignment(membrane, "=", value, value.span),)
        found = resolve_statements(source, self.system, namespace, allow_python=True)
        assignments, constants = found
        self.add_constants(constants)
        return assignments

    def read_duration(self, source, namespace, what):
        """Read an expression that gives a time for each neuron.

        Raises
        ------
        DimensionMismatchError
            It is no time.
        """
        expression = self._read_expression(source, namespace)
        if self.is_checked:
            found = infer_dimension(expression, self.system.dimension_of)
            if found != _TIME:
                mark = Mark(expression.span, name_dimension(found))
                raise DimensionMismatchError(Diagnostic(f"{what} must be a time", (mark,)))
        return expression

    def _read_expression(self, source, namespace, allow_python=False):
        found = resolve_expression(source, self.system, namespace, True, allow_python)
        expression, constants = found
        self.add_constants(constants)
        return expression


def names_in_reset(source):
    """Names that the text of a reset uses, functions too, a set of str.

    Raises
    ------
    EquationError
        It is neither a value nor statements.
    """
    if _is_value(source):
        expressions = [parse_expression(source)]
    else:
        expressions = [item.expression for item in parse_statements(source)]
    return set().union(*map(names_in, expressions), *map(functions_in, expressions))


def read_period(period, what):
    """A period in seconds.

    Raises
    ------
    DimensionMismatchError
        It is no time.
    ModelError
        It is negative.
    """
    seconds = to_si(period, _TIME, what)
    if seconds.ndim:
        raise ModelError(
            f"{what} is one time for all neurons, not an array",
            hint="make it a parameter of the equations, such as `pause : second`, and give its "
            "name as a string, refractory='pause'",
        )
    seconds = float(seconds)
    if not seconds >= 0:
        raise ModelError(f"{what} cannot be negative, as {period!r} is")
    return seconds


def find_variable(system, state):
    """Name of a state variable given by its name, an alias or its number; None if there is none."""
    if isinstance(state, str):
        name = system.aliases.get(state, state)
        return name if name in system.variables else None
    try:
        return system.variables[state] if state >= 0 else None
    except (IndexError, TypeError):
        return None


def _is_value(source):
    try:
        return not is_condition(parse_expression(source))
    except EquationError:
        return False


def _is_number(value):
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return not isinstance(value, (str, bytes))
