"""Values of expressions: a plain NumPy interpreter, in SI units, without units."""

import operator

import numpy as np

from brian_nb.equations.functions import FUNCTIONS
from brian_nb.equations.nodes import Binary, Call, Choice, Compare, Logical, Name, Number
from brian_nb.equations.walking import is_condition
from brian_nb.errors import UnknownNameError

_OPERATORS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": np.divide,
    "**": np.power,
    "%": np.mod,
    "//": np.floor_divide,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "and": np.logical_and,
    "or": np.logical_or,
}


def evaluate(expression, values):
    """Value of an expression.

    Division by zero and overflow give inf and nan, as in compiled code.

    Parameters
    ----------
    expression : Expression
    values : mapping of str to float or array_like
        SI values of the names in it; arrays broadcast.

    Returns
    -------
    float or float64[...]
        Conditions give bool or bool[...].

    Raises
    ------
    UnknownNameError
        A name has no value, or a function none that can be computed here.
    """
    with np.errstate(all="ignore"):
        result = _value(expression, values)
    return result.item() if np.ndim(result) == 0 else result


def _value(expression, values):
    kind = type(expression)
    if kind is Number:
        return np.float64(expression.value)
    if kind is Name:
        return _look_up(expression.name, values)
    if kind is Binary:
        compute = _OPERATORS[expression.op]
        return compute(_number(expression.left, values), _number(expression.right, values))
    if kind in (Compare, Logical):
        compute = _OPERATORS[expression.op]
        return compute(_value(expression.left, values), _value(expression.right, values))
    if kind is Call:
        external = expression.external
        compute = external.compute if external else _find_function(expression.function)
        return compute(*(_number(item, values) for item in expression.args))
    if kind is Choice:
        parts = (expression.condition, expression.yes, expression.no)
        return np.where(*(_value(item, values) for item in parts))
    if expression.op == "not":
        return np.logical_not(_value(expression.operand, values))
    return np.negative(_number(expression.operand, values))


def _number(expression, values):
    """Value of an expression in arithmetic, where a condition counts as 1 or 0."""
    value = _value(expression, values)
    return value * 1.0 if is_condition(expression) else value


def _look_up(name, values):
    if name not in values:
        raise UnknownNameError(f"{name} has no value here")
    # float64 also strips the units of quantities, whose arithmetic would check them.
    return np.asarray(values[name], dtype=np.float64)[()]


def _find_function(name):
    function = FUNCTIONS.get(name)
    if function is None or function.is_random:
        raise UnknownNameError(f"{name}() cannot be computed outside a simulation")
    return function.compute
