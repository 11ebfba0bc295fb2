"""Expressions put together from parts, without the zeros and ones that change nothing."""

from brian_nb.equations.expressions import Binary, Call, Choice, Compare, Name, Number

ZERO = Number(0.0)
ONE = Number(1.0)


def is_number(expression, value):
    """Whether an expression is exactly this number."""
    return isinstance(expression, Number) and expression.value == value


def add(*terms):
    """Sum of expressions, left to right."""
    kept = [term for term in terms if not is_number(term, 0.0)]
    if not kept:
        return ZERO
    total = kept[0]
    for term in kept[1:]:
        total = Binary("+", total, term)
    return total


def multiply(*factors):
    """Product of expressions, left to right."""
    if any(is_number(factor, 0.0) for factor in factors):
        return ZERO
    kept = [factor for factor in factors if not is_number(factor, 1.0)]
    if not kept:
        return ONE
    product = kept[0]
    for factor in kept[1:]:
        product = Binary("*", product, factor)
    return product


def call(function, *arguments):
    """A known function of expressions."""
    return Call(function, tuple(arguments))


DT = Name("dt")
SQRT_DT = call("sqrt", DT)


def multiply_step(share):
    """A share, a float, of the length of a step."""
    return multiply(Number(share), DT)


def find_phi2(argument, phi1):
    """``(phi1 - 1)/z``, where `phi1` is ``exprel(z)``; a series where that would lose digits.

    Parameters
    ----------
    argument : Expression
        ``z``.
    phi1 : Expression
    """
    near = Compare("<", call("abs", argument), Number(_NEAR_ZERO))
    series = Number(_SERIES[-1])
    for factor in reversed(_SERIES[:-1]):
        series = Binary("+", Number(factor), Binary("*", argument, series))
    return Choice(near, series, Binary("/", Binary("-", phi1, ONE), argument))


_NEAR_ZERO = 1e-3
_SERIES = (1 / 2, 1 / 6, 1 / 24, 1 / 120)
"""Of ``z**k`` in ``phi2``; either form is right to 2e-13 where they meet."""
