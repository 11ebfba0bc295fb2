"""Sums and products with their constant parts put together, so that these are computed once."""

from brian_nb.equations.algebra import ONE, ZERO, add, divide, multiply, negate, subtract
from brian_nb.equations.functions import FUNCTIONS
from brian_nb.equations.nodes import Binary, Call, Name, Number, Unary
from brian_nb.equations.walking import change_parts, children, is_condition

_SUM, _PRODUCT = "+-", "*/"
_ALGEBRA = {_SUM: (add, subtract, ZERO), _PRODUCT: (multiply, divide, ONE)}


class Collector:
    """Puts the constant terms of sums, and the constant factors of products, together.

    Parameters
    ----------
    constants : collection of str
        Names that count as constant. Calls do where their arguments are, but for random draws and
        functions of the user that may give another value each time.
    """

    def __init__(self, constants):
        self._constants = frozenset(constants)
        self._known = {}

    def is_constant(self, expression):
        """Whether the value of an expression does not change."""
        found = self._known.get(id(expression))
        if found is None:
            # The expression is kept as well: as long as it lives, nothing else has its number.
            found = self._known[id(expression)] = expression, self._decide(expression)
        return found[1]

    def collect(self, expression):
        """An expression that is equal but for rounding.

        ``2*x*a/b`` becomes ``(2*a/b)*x``, and ``a - x + b`` becomes ``(a + b) - x``. What has at
        most one constant part stays as it is written.
        """
        if self.is_constant(expression):
            return expression
        kind = _find_kind(expression)
        parts = list(_flatten(expression, kind)) if kind else []
        fixed = [part for part in parts if self.is_constant(part[0])]
        if len(fixed) < 2:
            return change_parts(expression, self.collect)
        join, invert, total = _ALGEBRA[kind]
        for part, is_inverse in fixed:
            total = (invert if is_inverse else join)(total, part)
        moving = [(self.collect(part), flag) for part, flag in parts if not self.is_constant(part)]
        return _join(kind, total, moving)

    def _decide(self, expression):
        kind = type(expression)
        if kind is Number:
            return True
        if kind is Name:
            return expression.name in self._constants
        if kind is Call and _varies(expression):
            return False
        return all(map(self.is_constant, children(expression)))


def _varies(call):
    if call.external:
        return call.external.varies
    return FUNCTIONS[call.function].is_random


def _find_kind(expression):
    if isinstance(expression, Binary) and not is_condition(expression):
        return next((kind for kind in (_SUM, _PRODUCT) if expression.op in kind), None)
    return None


def _flatten(expression, kind, is_inverse=False):
    """Terms or factors, each with whether it is subtracted or divided by."""
    if isinstance(expression, Unary) and expression.op == "-":
        if kind == _PRODUCT:
            yield negate(ONE), False
        yield from _flatten(expression.operand, kind, is_inverse ^ (kind == _SUM))
    elif isinstance(expression, Binary) and expression.op in kind:
        yield from _flatten(expression.left, kind, is_inverse)
        yield from _flatten(expression.right, kind, is_inverse ^ (expression.op == kind[1]))
    else:
        yield expression, is_inverse


def _join(kind, total, moving):
    """The constant part, then what is added or multiplied, then the inverse parts."""
    whole = total
    for part, is_inverse in sorted(moving, key=lambda item: item[1]):
        if whole == _ALGEBRA[kind][2] and not is_inverse:
            whole = part
        else:
            whole = Binary(kind[is_inverse], whole, part)
    return whole
