"""Quotients ``a*x/(exp(c*x) - 1)``, as in rates of ion channels, with their limit at ``x = 0``.

Close to 0 the difference cancels, and at 0 the quotient is 0/0. Here a series stands in its place
there, and elsewhere the exponential need not be right to the last digit, which `sharing` uses.
"""

from dataclasses import dataclass

from brian_nb.equations.algebra import negate
from brian_nb.equations.collecting import flatten_product, is_product, join_product
from brian_nb.equations.expressions import (
    Binary,
    Call,
    Choice,
    Compare,
    Expression,
    Number,
    varies,
)
from brian_nb.equations.walking import change_parts
from brian_nb.numerics.terms import ONE, call

_NEAR_ZERO = 2.0**-8
_SERIES = (1.0, -1 / 2, 1 / 12)
"""Of ``z**k`` in ``z/(exp(z) - 1)``. Where it meets the quotient it is right to 3e-13; an error of
the exponential counts 256 times there, so ten units in the last place make 6e-13."""

_HUGE = 1e30
"""For larger exponentials ``exp(z)/(exp(z) - 1)`` is 1, and infinity/infinity at last."""


@dataclass(frozen=True)
class Quotient:
    """``a*x/(exp(c*x) - 1)``, and ``a/c`` at 0.

    Parameters
    ----------
    factor, rate : Expression
        ``a`` and ``c``, constant.
    place : Expression
        ``x``.
    argument : Expression
        ``c*x`` as the equations write it.
    """

    factor: Expression
    rate: Expression
    place: Expression
    argument: Expression

    def write(self, exponential):
        """The quotient, from ``exp(c*x)``."""
        return self._write(_times(self.factor, self.place), exponential)

    def write_reversed(self, exponential):
        """The quotient, from ``exp(-c*x)``."""
        bounded = Choice(Compare("<", exponential, Number(_HUGE)), exponential, Number(_HUGE))
        return self._write(_times(_times(negate(self.factor), self.place), bounded), bounded)

    def _write(self, above, exponential):
        limit = Binary("/", Number(_NEAR_ZERO), call("abs", self.rate))
        near = Compare("<", call("abs", self.place), limit)
        far = Binary("/", above, Binary("-", exponential, ONE))
        return Choice(near, self._write_series(), far)

    def _write_series(self):
        first, second, third = map(Number, _SERIES)
        constant = Binary("/", _times(first, self.factor), self.rate)
        slope = _times(second, self.factor)
        bend = _times(_times(third, self.factor), self.rate)
        rest = Binary("+", slope, _times(bend, self.place))
        return Binary("+", constant, _times(self.place, rest))


class QuotientFiller:
    """Gives quotients their limit.

    Parameters
    ----------
    constants : Collector
        Says what is constant.

    Attributes
    ----------
    filled : dict of Expression to Quotient
        What stands in expressions now, and what it means.
    """

    def __init__(self, constants):
        self._constants = constants
        self._done = {}
        self.filled = {}

    def fill(self, expression):
        """The expression with each such quotient written as one that has its limit at 0.

        It is the same object where there is none.
        """
        done = self._done.get(id(expression))
        if done is None:
            done = self._done[id(expression)] = expression, self._fill(expression)
        return done[1]

    def _fill(self, expression):
        factors = self._fill_product(expression) if is_product(expression) else None
        if factors is None:
            return change_parts(expression, self.fill)
        return join_product(
            (factor if self.is_filled(factor) else self.fill(factor), is_divisor)
            for factor, is_divisor in factors
        )

    def is_filled(self, expression):
        """Whether an expression is a quotient that was given its limit here."""
        return isinstance(expression, Choice) and expression in self.filled

    def _fill_product(self, expression):
        """The factors with quotients among them; None where there is none."""
        factors = before = list(flatten_product(expression))
        for divisor in [factor for factor, is_divisor in factors if is_divisor]:
            argument, sign = _read_difference(divisor)
            rate, place = self._split_argument(argument)
            if (place, False) in factors and not varies(divisor):
                factors = _leave_out(factors, (place, False), (divisor, True))
                factors = self._take_in(factors, sign, rate, place, argument)
        return None if factors is before else factors

    def _take_in(self, factors, sign, *parts):
        """Other factors, with a quotient that has taken the constant ones in."""
        fixed = [item for item in factors if self._constants.is_constant(item[0])]
        quotient = Quotient(join_product([(sign, False), *fixed]), *parts)
        written = quotient.write(call("exp", quotient.argument))
        self.filled[written] = quotient
        return [*_leave_out(factors, *fixed), (written, False)]

    def _split_argument(self, argument):
        """``c`` and ``x`` of ``c*x``; None twice where it is no constant times something."""
        factors = list(flatten_product(argument)) if argument else []
        moving = [item for item in factors if not self._constants.is_constant(item[0])]
        if len(moving) != 1 or moving[0][1]:
            return None, None
        return join_product(_leave_out(factors, *moving)), moving[0][0]


def _read_difference(expression):
    """``z`` and 1 of ``exp(z) - 1``, ``z`` and -1 of ``1 - exp(z)``, else None twice."""
    if isinstance(expression, Binary) and expression.op == "-":
        left, right = expression.left, expression.right
        for part, other, sign in ((left, right, 1.0), (right, left, -1.0)):
            if other == ONE and isinstance(part, Call) and part.function == "exp":
                return part.args[0], Number(sign)
    return None, None


def _leave_out(factors, *those):
    """The factors but for these, each once."""
    left = list(factors)
    for item in those:
        left.remove(item)
    return left


def _times(left, right):
    return Binary("*", left, right)
