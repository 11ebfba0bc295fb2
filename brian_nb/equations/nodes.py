"""The parts that expressions are made of: immutable, comparable, each knowing its place in a text.

Two expressions are equal when they say the same; where they stand (`span`) does not matter.
"""

from dataclasses import dataclass, field

from brian_nb.diagnostics import Span
from brian_nb.equations.externals import External
from brian_nb.units import DIMENSIONLESS, Dimension


def _place():
    return field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in SI units; a unit such as ``mV`` is the number 0.001 of dimension volt."""

    value: float
    dimension: Dimension = DIMENSIONLESS
    span: Span | None = _place()


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, a constant, the time ``t`` or a noise."""

    name: str
    span: Span | None = _place()


@dataclass(frozen=True, slots=True)
class Unary:
    """``-operand``, or ``not operand`` of a condition."""

    op: str
    operand: "Expression"
    span: Span | None = _place()


@dataclass(frozen=True, slots=True)
class Binary:
    """Arithmetic: `op` is one of ``+ - * / ** % //``."""

    op: str
    left: "Expression"
    right: "Expression"
    span: Span | None = _place()


@dataclass(frozen=True, slots=True)
class Compare:
    """A condition: `op` is one of ``< <= > >= == !=``."""

    op: str
    left: "Expression"
    right: "Expression"
    span: Span | None = _place()


@dataclass(frozen=True, slots=True)
class Logical:
    """Two conditions joined by ``and`` or ``or``."""

    op: str
    left: "Expression"
    right: "Expression"
    span: Span | None = _place()


@dataclass(frozen=True, slots=True)
class Choice:
    """``yes if condition else no``."""

    condition: "Expression"
    yes: "Expression"
    no: "Expression"
    span: Span | None = _place()


@dataclass(frozen=True, slots=True)
class Call:
    """A function applied to arguments.

    `external` says what the function is where it is the user's, and none of `FUNCTIONS`.
    """

    function: str
    args: tuple["Expression", ...]
    span: Span | None = _place()
    external: "External | None" = None


Expression = Number | Name | Unary | Binary | Compare | Logical | Choice | Call
