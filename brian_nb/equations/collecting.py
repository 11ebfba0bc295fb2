"""Products with their constant factors put together, so that these are computed once.

Sums stay as they are written: a difference may cancel, and then what stands beside it counts, as
the small number in ``1 - exp(-x) + 1e-20`` that keeps a quotient from 0/0.
"""

from brian_nb.equations.algebra import ONE, divide, multiply, negate
from brian_nb.equations.nodes import Binary, Call, Name, Number, Unary
from brian_nb.equations.walking import change_parts, children, varies


class Collector:
    """Puts the constant factors of products together.

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

        ``2*x*a/b`` becomes ``(2*a/b)*x``. What has at most one constant factor stays as it is
        written.
        """
        if self.is_constant(expression):
            return expression
        factors = list(_flatten(expression)) if _is_product(expression) else []
        fixed = [item for item in factors if self.is_constant(item[0])]
        if len(fixed) < 2:
            return change_parts(expression, self.collect)
        total = ONE
        for factor, is_divisor in fixed:
            total = (divide if is_divisor else multiply)(total, factor)
        moving = [(self.collect(item), flag) for item, flag in factors if (item, flag) not in fixed]
        return _join(total, moving)

    def _decide(self, expression):
        kind = type(expression)
        if kind is Number:
            return True
        if kind is Name:
            return expression.name in self._constants
        if kind is Call and varies(expression):
            return False
        return all(map(self.is_constant, children(expression)))


def _is_product(expression):
    return isinstance(expression, Binary) and expression.op in "*/"


def _flatten(expression, is_divisor=False):
    """Factors, each with whether it is divided by."""
    if isinstance(expression, Unary) and expression.op == "-":
        yield negate(ONE), False
        yield from _flatten(expression.operand, is_divisor)
    elif _is_product(expression):
        yield from _flatten(expression.left, is_divisor)
        yield from _flatten(expression.right, is_divisor ^ (expression.op == "/"))
    else:
        yield expression, is_divisor


def _join(total, moving):
    """The constant factor, then the others, then what these are divided by."""
    whole = total
    for factor, is_divisor in sorted(moving, key=lambda item: item[1]):
        whole = factor if whole == ONE and not is_divisor else _combine(whole, factor, is_divisor)
    return whole


def _combine(whole, factor, is_divisor):
    return Binary("/" if is_divisor else "*", whole, factor)
