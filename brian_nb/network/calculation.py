"""An expression and Python values -> a Python value, units and whole numbers kept.

`equations.expressions.evaluate` computes with SI floats, as compiled code does. Here the values are
what a user works with: quantities check their units, and whole numbers stay whole.
"""

import ast
import operator

import numpy as np

from brian_nb.diagnostics import Diagnostic, Mark
from brian_nb.equations.expressions import (
    FUNCTIONS,
    Binary,
    Call,
    Choice,
    Compare,
    Logical,
    Name,
    Number,
    Unary,
)
from brian_nb.equations.namespace import suggest
from brian_nb.errors import UnknownNameError
from brian_nb.units import ALL_UNITS, find_unit

_LARGEST_POWER = 64
"""Whole numbers are raised to larger powers as floats: the digits of 9**9**9 fill the memory."""

_CONSTANTS = {"pi": np.pi, "inf": np.inf, "nan": np.nan}
_FUNCTIONS = {name: item.compute for name, item in FUNCTIONS.items() if not item.is_random} | {
    item.__name__: item for item in (abs, float, int, len, max, min, round, sum)
}


def calculate(expression, values):
    """Value of an expression; nothing but arithmetic and known functions is ever executed.

    Parameters
    ----------
    expression : Expression
    values : mapping of str to object
        Numbers, quantities and arrays by name; units and ``pi`` are known besides.

    Returns
    -------
    int, float, bool, Quantity or array

    Raises
    ------
    UnknownNameError
        A name or a function stands for nothing.
    DimensionMismatchError
        Units do not fit together.
    """
    result = _COMPUTE[type(expression)](expression, values)
    return result.item() if type(result).__module__ == "numpy" and np.ndim(result) == 0 else result


def _number(item, values):
    return ast.literal_eval(item.span.text)


def _name(item, values):
    for known in (values, _CONSTANTS):
        if item.name in known:
            return known[item.name]
    if item.name in ALL_UNITS:
        return find_unit(item.name)
    raise UnknownNameError(
        Diagnostic(
            f"the name {item.name} is not defined",
            (Mark(item.span),),
            hint=suggest(item.name, values),
        )
    )


def _unary(item, values):
    operand = calculate(item.operand, values)
    return not operand if item.op == "not" else -operand


def _binary(item, values):
    left, right = calculate(item.left, values), calculate(item.right, values)
    return _OPERATORS[item.op](left, right)


def _raise_to(base, exponent):
    if isinstance(base, int) and isinstance(exponent, int) and abs(exponent) > _LARGEST_POWER:
        return float(base) ** exponent
    return base**exponent


def _logical(item, values):
    left = calculate(item.left, values)
    if bool(left) == (item.op == "or"):
        return left
    return calculate(item.right, values)


def _choice(item, values):
    chosen = item.yes if calculate(item.condition, values) else item.no
    return calculate(chosen, values)


def _call(item, values):
    if item.function not in _FUNCTIONS:
        raise UnknownNameError(
            Diagnostic(
                f"there is no function {item.function}() in formulas",
                (Mark(item.span),),
                hint=suggest(item.function, _FUNCTIONS)
                or "compute the value in Python, and give it as a parameter",
            )
        )
    return _FUNCTIONS[item.function](*(calculate(part, values) for part in item.args))


_OPERATORS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": _raise_to,
    "%": operator.mod,
    "//": operator.floordiv,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_COMPUTE = {
    Number: _number,
    Name: _name,
    Unary: _unary,
    Binary: _binary,
    Compare: _binary,
    Logical: _logical,
    Choice: _choice,
    Call: _call,
}
