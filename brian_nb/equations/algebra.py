"""Arithmetic of expressions, without the zeros and ones that change nothing."""

from brian_nb.equations.nodes import Binary, Number, Unary

ZERO, ONE = Number(0.0), Number(1.0)


def negate(term):
    """``-term``."""
    if isinstance(term, Number):
        return Number(-term.value, term.dimension) if term.value else ZERO
    if isinstance(term, Unary) and term.op == "-":
        return term.operand
    return Unary("-", term)


def add(left, right):
    """``left + right``; a term and its opposite cancel."""
    if left == ZERO or right == ZERO:
        return right if left == ZERO else left
    if _are_plain(left, right):
        return Number(left.value + right.value)
    if isinstance(right, Unary) and right.op == "-":
        return subtract(left, right.operand)
    if isinstance(left, Unary) and left.op == "-":
        return subtract(right, left.operand)
    return Binary("+", left, right)


def subtract(left, right):
    """``left - right``; equal terms cancel."""
    if left == right:
        return ZERO
    if left == ZERO:
        return negate(right)
    if right == ZERO:
        return left
    if _are_plain(left, right):
        return Number(left.value - right.value)
    if isinstance(right, Unary) and right.op == "-":
        return add(left, right.operand)
    return Binary("-", left, right)


def multiply(left, right):
    """``left * right``."""
    if left == ZERO or right == ZERO:
        return ZERO
    if left == ONE or right == ONE:
        return right if left == ONE else left
    if _are_plain(left, right):
        return Number(left.value * right.value)
    if _is_minus(left):
        return negate(multiply(negate(left), right))
    if _is_minus(right):
        return negate(multiply(left, negate(right)))
    return Binary("*", left, right)


def divide(left, right):
    """``left / right``; a division by a literal zero is kept."""
    if right == ZERO:
        return Binary("/", left, right)
    if left == ZERO or right == ONE:
        return left
    if _are_plain(left, right):
        return Number(left.value / right.value)
    if _is_minus(left):
        return negate(divide(negate(left), right))
    return Binary("/", left, right)


def _is_minus(term):
    return term == Number(-1.0) or (isinstance(term, Unary) and term.op == "-")


def _are_plain(left, right):
    return all(
        isinstance(term, Number) and term.dimension.is_dimensionless for term in (left, right)
    )
