"""Values of expressions that are written as numbers only, such as an exponent ``(-1./2)``."""

import operator

from brian_nb.equations.nodes import Binary, Number, Unary

_OPERATORS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


def literal_value(expression):
    """Value of an expression of plain numbers and ``+ - * /``.

    Powers are left alone: they are the one operation whose value can be huge.

    Returns
    -------
    float or None
        None where something else than numbers occurs, or a division by zero.
    """
    kind = type(expression)
    if kind is Number:
        return expression.value if expression.dimension.is_dimensionless else None
    if kind is Unary and expression.op == "-":
        value = literal_value(expression.operand)
        return None if value is None else -value
    if kind is Binary and expression.op in _OPERATORS:
        left, right = literal_value(expression.left), literal_value(expression.right)
        if left is None or right is None or (right == 0 and expression.op == "/"):
            return None
        return _OPERATORS[expression.op](left, right)
    return None
