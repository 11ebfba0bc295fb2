"""Expressions of one population as source text, all that is constant lifted out of the loop."""

from dataclasses import dataclass
from functools import cached_property

from brian_nb.codegen.tables import Tables
from brian_nb.equations.collecting import MAX_POWER, Collector
from brian_nb.equations.expressions import (
    Binary,
    Compare,
    Logical,
    Number,
    Unary,
)

ONE = Number(1.0)
INLINE_INTEGER = 16
RANDOM = ("rand", "randn")
_DIVISIONS = {"%": "modulo", "//": "floor_divide"}


@dataclass(frozen=True)
class Formulas:
    """Writes the expressions of one part of a network.

    Parameters
    ----------
    tables : Tables
        Where lifted constants are entered.
    part, index : str, int
        Whose constants they are.
    constants : frozenset of str
        Names that do not change within a segment and are the same for all neurons.
    """

    tables: Tables
    part: str
    index: int
    constants: frozenset

    def write(self, expression, local):
        """Source text of an expression.

        Parameters
        ----------
        expression : Expression
        local : callable
            Maps a name that is not constant to the source text that reads it, a random call such
            as ``rand()`` to the text that draws, and a call of the user's function to the text
            that calls it.
        """
        if self._is_constant(expression):
            text = self._write_constant(expression)
            return f"({text} != 0.0)" if _is_condition(expression) else text
        writer = getattr(self, f"_write_{type(expression).__name__.lower()}")
        return writer(expression, local)

    @cached_property
    def _is_constant(self):
        return Collector(self.constants).is_constant

    def _write_constant(self, expression):
        if isinstance(expression, Number) and _is_small_integer(expression.value):
            return repr(float(expression.value))
        return self.tables.number(self.part, self.index, expression)

    def _write_name(self, expression, local):
        return local(expression)

    def _write_unary(self, expression, local):
        operator = "not " if expression.op == "not" else expression.op
        return f"({operator}{self.write(expression.operand, local)})"

    def _write_binary(self, expression, local):
        if expression.op == "**":
            return self._write_power(expression, local)
        left = self.write(expression.left, local)
        if expression.op == "/" and self._is_constant(expression.right):
            return f"({left}*{self._write_constant(Binary('/', ONE, expression.right))})"
        right = self.write(expression.right, local)
        if expression.op in _DIVISIONS:
            return f"{_DIVISIONS[expression.op]}({left}, {right})"
        return f"({left} {expression.op} {right})"

    def _write_power(self, expression, local):
        base, exponent = expression.left, expression.right
        left = self.write(base, local)
        if isinstance(exponent, Number) and _is_small_integer(exponent.value):
            power = int(exponent.value)
            if 1 <= power <= MAX_POWER:
                return f"({left}**{power})"
        return f"power({left}, {self.write(exponent, local)})"

    def _write_compare(self, expression, local):
        left, right = self.write(expression.left, local), self.write(expression.right, local)
        return f"({left} {expression.op} {right})"

    def _write_logical(self, expression, local):
        left, right = self.write(expression.left, local), self.write(expression.right, local)
        operator = "&" if expression.op == "and" else "|"
        return f"({left} {operator} {right})"

    def _write_choice(self, expression, local):
        condition = self.write(expression.condition, local)
        yes, no = self.write(expression.yes, local), self.write(expression.no, local)
        return f"({yes} if {condition} else {no})"

    def _write_call(self, expression, local):
        if expression.function in RANDOM or expression.external:
            return local(expression)
        function = {"abs": "absolute"}.get(expression.function, expression.function)
        arguments = ", ".join(self.write(item, local) for item in expression.args)
        return f"{function}({arguments})"


def _is_condition(expression):
    """Whether an expression is true or false."""
    is_not = isinstance(expression, Unary) and expression.op == "not"
    return is_not or isinstance(expression, Compare | Logical)


def _is_small_integer(value):
    return float(value).is_integer() and abs(value) <= INLINE_INTEGER
