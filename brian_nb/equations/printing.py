"""Expressions as Python text, with the brackets that the order of operations needs."""

from brian_nb.equations.nodes import Binary, Call, Choice, Compare, Logical, Name, Number, Unary

_CHOICE, _OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _MINUS, _POWER, _ATOM = range(10)
_RANK = {"or": _OR, "and": _AND, "+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}
_RANK |= {"%": _PRODUCT, "//": _PRODUCT, "**": _POWER}
_LARGEST_WHOLE = 1e15


def to_source(expression, rename=None):
    """Write an expression as Python text.

    Numbers are in SI units; whole ones are written without a point (``v**2``).

    Parameters
    ----------
    expression : Expression
    rename : mapping or callable, optional
        Gives the text to write for a name; a mapping may leave names out.
    """
    if rename is None:
        return _write(expression, lambda name: name)
    if callable(rename):
        return _write(expression, rename)
    return _write(expression, lambda name: rename.get(name, name))


def _write(expression, rename):
    kind = type(expression)
    if kind is Number:
        return write_number(expression.value)
    if kind is Name:
        return rename(expression.name)
    if kind is Unary:
        return _write_unary(expression, rename)
    if kind is Call and expression.external and not expression.args:
        return expression.function
    if kind is Call:
        return f"{expression.function}({', '.join(_write(a, rename) for a in expression.args)})"
    if kind is Choice:
        yes = _wrap(expression.yes, _OR, rename)
        condition = _wrap(expression.condition, _OR, rename)
        return f"{yes} if {condition} else {_wrap(expression.no, _CHOICE, rename)}"
    return _write_pair(expression, rename)


def write_number(value):
    """A number as text, whole ones without a point."""
    value = float(value)
    if value.is_integer() and abs(value) < _LARGEST_WHOLE:
        return str(int(value))
    return repr(value)


def _write_unary(expression, rename):
    if expression.op == "not":
        return f"not {_wrap(expression.operand, _NOT, rename)}"
    return f"-{_wrap(expression.operand, _MINUS, rename)}"


def _write_pair(expression, rename):
    rank = _rank(expression)
    if expression.op == "**":  # binds to the right, and tighter than a minus on its left only
        left, right = _wrap(expression.left, _ATOM, rename), _wrap(expression.right, _MINUS, rename)
        return f"{left}**{right}"
    left = _wrap(expression.left, rank + (type(expression) is Compare), rename)
    right = _wrap(expression.right, rank + 1, rename)
    space = "" if rank == _PRODUCT and expression.op != "%" else " "
    return f"{left}{space}{expression.op}{space}{right}"


def _wrap(expression, lowest, rename):
    text = _write(expression, rename)
    return text if _rank(expression) >= lowest else f"({text})"


def _rank(expression):
    kind = type(expression)
    if kind is Number:
        return _ATOM if expression.value >= 0 else _MINUS
    if kind is Binary or kind is Logical:
        return _RANK[expression.op]
    if kind is Unary:
        return _NOT if expression.op == "not" else _MINUS
    return {Compare: _COMPARE, Choice: _CHOICE}.get(kind, _ATOM)
