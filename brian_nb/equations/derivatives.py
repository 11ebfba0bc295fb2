"""Derivatives of expressions by a name, as expressions."""

from dataclasses import replace

from brian_nb.equations.algebra import ONE, ZERO, add, divide, multiply, negate, subtract
from brian_nb.equations.nodes import Binary, Call, Choice, Compare, Name, Number, Unary
from brian_nb.equations.walking import is_condition, names_in


def differentiate(expression, name):
    """Derivative of an expression by a name, everything else held.

    Where an expression has a corner or a jump, as ``abs`` at 0, it is the derivative on one side.

    Parameters
    ----------
    expression : Expression
    name : str

    Returns
    -------
    Expression
    """
    if name not in names_in(expression) or is_condition(expression):
        return ZERO
    return _RULES[type(expression)](expression, name)


def _name(item, name):
    return ONE if item.name == name else ZERO


def _unary(item, name):
    return negate(differentiate(item.operand, name))


def _binary(item, name):
    return _OPERATIONS[item.op](item.left, item.right, name)


def _sum(left, right, name):
    return add(differentiate(left, name), differentiate(right, name))


def _difference(left, right, name):
    return subtract(differentiate(left, name), differentiate(right, name))


def _product(left, right, name):
    by_left = multiply(differentiate(left, name), right)
    return add(by_left, multiply(left, differentiate(right, name)))


def _quotient(left, right, name):
    by_left = divide(differentiate(left, name), right)
    by_right = divide(multiply(left, differentiate(right, name)), Binary("*", right, right))
    return subtract(by_left, by_right)


def _power(base, exponent, name):
    inner, outer = differentiate(base, name), differentiate(exponent, name)
    lower = Binary("**", base, subtract(exponent, ONE))
    by_base = multiply(multiply(exponent, lower), inner)
    by_exponent = multiply(multiply(Binary("**", base, exponent), _call("log", base)), outer)
    return add(by_base, by_exponent)


def _remainder(left, right, name):
    whole = Binary("//", left, right)
    change = multiply(whole, differentiate(right, name))
    return subtract(differentiate(left, name), change)


def _choice(item, name):
    yes, no = differentiate(item.yes, name), differentiate(item.no, name)
    return yes if yes == no else Choice(item.condition, yes, no)


def _call_rule(item, name):
    if item.external:
        return _external(item, name)
    if item.function in _BRANCHES:
        return differentiate(_BRANCHES[item.function](*item.args), name)
    rule = _FUNCTIONS.get(item.function)
    if rule is None:
        return ZERO  # sign, floor, ceil: steps
    (x,) = item.args
    return multiply(rule(x), differentiate(x, name))


def _external(item, name):
    """Sum over the arguments of a function of the user, each by a central difference."""
    total = ZERO
    for place, x in enumerate(item.args):
        inner = differentiate(x, name)
        if inner != ZERO:
            width = add(multiply(Number(_SHARE), _call("abs", x)), Number(_LEAST))
            sides = [
                replace(item, args=(*item.args[:place], moved, *item.args[place + 1 :]))
                for moved in (add(x, width), subtract(x, width))
            ]
            slope = divide(subtract(*sides), multiply(Number(2.0), width))
            total = add(total, multiply(slope, inner))
    return total


def _call(function, *args):
    return Call(function, args)


def _square(x):
    return Binary("*", x, x)


def _minimum(x, y):
    return Choice(Compare("<", x, y), x, y)


def _maximum(x, y):
    return Choice(Compare(">", x, y), x, y)


def _clip(x, low, high):
    return _minimum(_maximum(x, low), high)


def _of_exprel(x):
    """``(exp(x) - exprel(x))/x``, and its limit 1/2 at 0, where the quotient loses all digits."""
    near = Compare("<", _call("abs", x), Number(_NEAR_ZERO))
    series = add(Number(0.5), divide(x, Number(3.0)))
    far = divide(subtract(_call("exp", x), _call("exprel", x)), x)
    return Choice(near, series, far)


_NEAR_ZERO = 1e-4
_SHARE, _LEAST = 1e-5, 1e-9
"""Width of a central difference: a share of the argument, and what it has at least, in SI units."""

_LOG10_E = 0.4342944819032518
_FUNCTIONS = {
    "exp": lambda x: _call("exp", x),
    "expm1": lambda x: _call("exp", x),
    "log": lambda x: divide(ONE, x),
    "log1p": lambda x: divide(ONE, add(ONE, x)),
    "log10": lambda x: divide(Number(_LOG10_E), x),
    "sqrt": lambda x: divide(Number(0.5), _call("sqrt", x)),
    "sin": lambda x: _call("cos", x),
    "cos": lambda x: negate(_call("sin", x)),
    "tan": lambda x: add(ONE, _square(_call("tan", x))),
    "sinh": lambda x: _call("cosh", x),
    "cosh": lambda x: _call("sinh", x),
    "tanh": lambda x: subtract(ONE, _square(_call("tanh", x))),
    "arcsin": lambda x: divide(ONE, _call("sqrt", subtract(ONE, _square(x)))),
    "arccos": lambda x: divide(Number(-1.0), _call("sqrt", subtract(ONE, _square(x)))),
    "arctan": lambda x: divide(ONE, add(ONE, _square(x))),
    "abs": lambda x: _call("sign", x),
    "exprel": _of_exprel,
}
_BRANCHES = {"minimum": _minimum, "maximum": _maximum, "clip": _clip}
_OPERATIONS = {
    "+": _sum,
    "-": _difference,
    "*": _product,
    "/": _quotient,
    "**": _power,
    "%": _remainder,
    "//": lambda left, right, name: ZERO,
}
_RULES = {Name: _name, Unary: _unary, Binary: _binary, Choice: _choice, Call: _call_rule}
