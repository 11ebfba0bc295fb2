"""Arithmetic that generated source spells out, in LLVM's operations, for one number or in lanes.

An integer that meets a real number becomes one; a number that meets lanes goes into each of them.
Integers divide as in Python, towards minus infinity, and give 0 when divided by 0; real numbers
give an infinity or NaN.
"""

import ast

from brian_nb.kernels.flags import FASTMATH
from brian_nb.kernels.frontend.kinds import TRUTH, join
from brian_nb.kernels.lanes import (
    DOUBLE,
    INTEGER,
    broadcast,
    constant,
    count_lanes,
    element_of,
    replace_element,
)

_REAL = {ast.Add: "fadd", ast.Sub: "fsub", ast.Mult: "fmul", ast.Div: "fdiv"}
_INTEGER = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul"}
_BITS = {ast.BitAnd: "and_", ast.BitOr: "or_", ast.BitXor: "xor"}
_SHIFTS = {ast.LShift: "shl", ast.RShift: "ashr"}
_RELATIONS = {
    **{ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="},
    **{ast.Eq: "==", ast.NotEq: "!="},
}
_NO_OVERFLOW = ("nsw",)


def convert(builder, value, kind):
    """A number as one of another kind; real numbers lose their fraction, all but 0 is true."""
    own, target = element_of(value.type), replace_element(value.type, kind)
    if own == kind:
        return value
    if kind == TRUTH:
        return compare(builder, ast.NotEq(), value, constant(value.type, 0))
    if kind == DOUBLE:
        return (builder.uitofp if own == TRUTH else builder.sitofp)(value, target)
    return (builder.zext if own == TRUTH else builder.fptosi)(value, target)


def spread(builder, *values):
    """The same values with equal numbers of lanes."""
    most = max(map(count_lanes, values))
    return [broadcast(builder, item, most) if count_lanes(item) < most else item for item in values]


def combine(builder, operator, left, right):
    """The value of ``left operator right``.

    Parameters
    ----------
    builder : llvmlite.ir.IRBuilder
    operator : ast.operator
    left, right : llvmlite.ir.Value

    Raises
    ------
    NotImplementedError
        The operator is not one of generated source, or not for these kinds.
    """
    kind, operation = _join(left, right), type(operator)
    if operation in _BITS and kind != DOUBLE:
        return getattr(builder, _BITS[operation])(*_meet(builder, kind, left, right))
    kind = DOUBLE if operation is ast.Div else join(kind, INTEGER)
    operands = _meet(builder, kind, left, right)
    if kind == DOUBLE and operation in _REAL:
        return getattr(builder, _REAL[operation])(*operands, flags=sorted(FASTMATH))
    if kind == INTEGER and operation in _INTEGER:
        return getattr(builder, _INTEGER[operation])(*operands, flags=_NO_OVERFLOW)
    if kind == INTEGER and operation in _SHIFTS:
        return getattr(builder, _SHIFTS[operation])(*operands)
    if kind == INTEGER and operation in (ast.FloorDiv, ast.Mod):
        return _divide(builder, operation, *operands)
    raise NotImplementedError(f"generated source: {operation.__name__} for {kind}")


def compare(builder, operator, left, right):
    """Whether a relation holds; with a NaN only ``!=`` does."""
    kind, relation = join(_join(left, right), INTEGER), _RELATIONS[type(operator)]
    left, right = _meet(builder, kind, left, right)
    if kind == INTEGER:
        return builder.icmp_signed(relation, left, right)
    write = builder.fcmp_unordered if relation == "!=" else builder.fcmp_ordered
    return write(relation, left, right)


def negate(builder, value):
    """``-value``; of a truth value as of an integer."""
    if element_of(value.type) == DOUBLE:
        return builder.fneg(value, flags=sorted(FASTMATH))
    return builder.neg(convert(builder, value, INTEGER))


def raise_to(builder, base, exponent):
    """A power with a whole exponent above 0, by squares and products."""
    result = None
    while exponent:
        if exponent & 1:
            result = base if result is None else combine(builder, ast.Mult(), result, base)
        exponent >>= 1
        base = combine(builder, ast.Mult(), base, base) if exponent else base
    return result


def choose(builder, condition, yes, no):
    """One of two values, both of which have been computed; in each lane its own."""
    yes, no = _meet(builder, _join(yes, no), yes, no)
    condition, yes, no = spread(builder, convert(builder, condition, TRUTH), yes, no)
    return builder.select(condition, yes, no)


def choose_extreme(builder, relation, left, right):
    """The smaller (``ast.Lt()``) or larger (``ast.Gt()``) of two values."""
    return choose(builder, compare(builder, relation, right, left), right, left)


def _divide(builder, operation, left, right):
    zero, one = constant(left.type, 0), constant(left.type, 1)
    by_zero = builder.icmp_signed("==", right, zero)
    divisor = builder.select(by_zero, one, right)
    rest = builder.srem(left, divisor)
    other_sign = builder.icmp_signed("<", builder.xor(rest, divisor), zero)
    below = builder.and_(builder.icmp_signed("!=", rest, zero), other_sign)
    if operation is ast.Mod:
        result = builder.add(rest, builder.select(below, divisor, zero))
    else:
        result = builder.sub(builder.sdiv(left, divisor), builder.zext(below, left.type))
    return builder.select(by_zero, zero, result)


def _join(left, right):
    return join(element_of(left.type), element_of(right.type))


def _meet(builder, kind, *values):
    """Values of one kind, in as many lanes each."""
    return spread(builder, *(convert(builder, value, kind) for value in values))
