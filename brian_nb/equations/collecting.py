"""Products in one form: constant factors put together, so that they are computed once, and apart
from the others, so that a product of variables is computed once wherever it stands.

Sums stay as they are written: a difference may cancel, and then what stands beside it counts, as
the small number in ``1 - exp(-x) + 1e-20`` that keeps a quotient from 0/0.
"""

from brian_nb.equations.algebra import ONE, divide, multiply, negate
from brian_nb.equations.nodes import Binary, Call, Name, Number, Unary
from brian_nb.equations.walking import change_parts, children, is_condition, varies

MAX_POWER = 16
"""The highest power that is computed by products, six of them or fewer."""


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

        ``2*x*x*a/b`` becomes ``2*a/b*(x**2)``: the constant factor, then the others in the order of
        the text, each with its power, then what these are divided by.
        """
        if self.is_constant(expression):
            return expression
        if not is_product(expression):
            return change_parts(expression, self.collect)
        fixed, above, below = self._split(expression)
        whole = _scale(join_product(fixed), _join_powers(above))
        for factor in below:
            whole = Binary("/", whole, factor)
        return whole

    def _split(self, expression):
        """Constant factors, each with whether it divides; the others; what these are divided by.

        A product that something is divided by stays one: one division, as it is written.
        """
        if self.is_constant(expression):
            return [(expression, False)], [], []
        if isinstance(expression, Unary) and expression.op == "-":
            fixed, above, below = self._split(expression.operand)
            return [(negate(ONE), False), *fixed], above, below
        if not is_product(expression):
            return [], [self.collect(expression)], []
        left, right = self._split(expression.left), self._split(expression.right)
        if expression.op == "*":
            return tuple(one + other for one, other in zip(left, right, strict=True))
        fixed, above, below = right
        divisor = [_join_powers(above)] if above else []
        turned = [(factor, not is_divisor) for factor, is_divisor in fixed]
        return left[0] + turned, left[1] + below, left[2] + divisor

    def _decide(self, expression):
        kind = type(expression)
        if kind is Number:
            return True
        if kind is Name:
            return expression.name in self._constants
        if kind is Call and varies(expression):
            return False
        return all(map(self.is_constant, children(expression)))


def is_product(expression):
    """Whether an expression is a product or a quotient."""
    return isinstance(expression, Binary) and expression.op in "*/"


def flatten_product(expression):
    """Give the factors of an expression, each with whether it is divided by."""
    return _flatten(expression, False)


def join_product(factors):
    """The product of factors, of which some are divided by; ``1`` of none."""
    total = ONE
    for factor, is_divisor in factors:
        total = (divide if is_divisor else multiply)(total, factor)
    return total


def _flatten(expression, is_divisor):
    if isinstance(expression, Unary) and expression.op == "-":
        yield negate(ONE), False
        yield from _flatten(expression.operand, is_divisor)
    elif is_product(expression):
        yield from _flatten(expression.left, is_divisor)
        yield from _flatten(expression.right, is_divisor ^ (expression.op == "/"))
    else:
        yield expression, is_divisor


def _scale(total, product):
    """A constant times a product; the sign stays with the constant."""
    if total == ONE or product == ONE:
        return product if total == ONE else total
    return negate(product) if total == negate(ONE) else Binary("*", total, product)


def _join_powers(factors):
    """The product of factors; one that comes again adds to the power at its first place."""
    if len(factors) == 1:
        return factors[0]
    powers, rest = {}, []
    for factor in factors:
        base, power = _read_power(factor)
        if base not in powers:
            powers[base] = power
        elif powers[base] + power > MAX_POWER or varies(base) or is_condition(base):
            rest.append(factor)
        else:
            powers[base] += power
    raised = [_write_power(base, power) for base, power in powers.items()]
    return join_product((factor, False) for factor in (*raised, *rest))


def _read_power(factor):
    if isinstance(factor, Binary) and factor.op == "**" and isinstance(factor.right, Number):
        power = factor.right.value
        if 1 <= power <= MAX_POWER and float(power).is_integer():
            return factor.left, int(power)
    return factor, 1


def _write_power(base, power):
    return base if power == 1 else Binary("**", base, Number(float(power)))
