"""Expressions put together from parts, without the zeros and ones that change nothing."""

from brian_nb.equations.expressions import Binary, Call, Name, Number

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
HALF_DT = multiply(Number(0.5), DT)
SQRT_DT = call("sqrt", DT)
