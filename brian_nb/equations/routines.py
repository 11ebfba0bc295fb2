"""Routines: functions made of statements over expressions, for compiled code.

What a routine uses from outside comes in by further arguments, so that it depends on nothing else.
"""

from dataclasses import dataclass, field

import numpy as np

from brian_nb.equations.evaluation import evaluate
from brian_nb.equations.externals import External
from brian_nb.equations.nodes import Expression
from brian_nb.units import Dimension

LOCAL = "local "
"""What names of a routine begin with, so that no name of a model is one of them."""


@dataclass(frozen=True)
class Let:
    """``name = value``."""

    name: str
    value: Expression


@dataclass(frozen=True)
class Branch:
    """``if condition: yes, else: no``."""

    condition: Expression
    yes: tuple
    no: tuple


@dataclass(frozen=True)
class Loop:
    """``while condition: body``."""

    condition: Expression
    body: tuple


@dataclass(frozen=True)
class Count:
    """``for name in range(start, stop, step): body``."""

    name: str
    start: Expression
    stop: Expression
    step: Expression
    body: tuple


@dataclass(frozen=True)
class Give:
    """``return value``."""

    value: Expression


@dataclass(frozen=True)
class Jump:
    """``break`` or ``continue``."""

    word: str


@dataclass(frozen=True)
class Routine(External):
    """A function made of statements.

    Parameters
    ----------
    parameters : tuple of str
    body : tuple of Let, Branch, Loop, Count, Give or Jump
        All names in their expressions begin with `LOCAL`.
    """

    parameters: tuple[str, ...]
    body: tuple
    argument: Dimension | None = field(default=None, compare=False)
    result: Dimension | None = field(default=None, compare=False)

    varies = False

    @property
    def n_args(self):
        return len(self.parameters)

    @property
    def expressions(self):
        return tuple(list_expressions(self.body))

    def compute(self, *args):
        return np.vectorize(self._compute_one, otypes=[float])(*args)

    def _compute_one(self, *args):
        return _run(self.body, dict(zip(self.parameters, args, strict=True)))[1]


def list_expressions(body):
    """The expressions of statements, also of those within others."""
    for item in body:
        yield from (part for part in vars(item).values() if isinstance(part, Expression))
        for part in vars(item).values():
            if isinstance(part, tuple):
                yield from list_expressions(part)


def _run(body, values):
    """Do statements; gives how they ended ("", "return", "break", "continue") and the value."""
    for item in body:
        ended, value = _RUN[type(item)](item, values)
        if ended:
            return ended, value
    return "", None


def _run_let(item, values):
    values[item.name] = evaluate(item.value, values)
    return "", None


def _run_branch(item, values):
    return _run(item.yes if evaluate(item.condition, values) else item.no, values)


def _run_loop(item, values):
    while evaluate(item.condition, values):
        ended, value = _run(item.body, values)
        if ended == "return":
            return ended, value
        if ended == "break":
            break
    return "", None


def _run_count(item, values):
    limits = (evaluate(part, values) for part in (item.start, item.stop, item.step))
    for number in range(*map(int, limits)):
        values[item.name] = float(number)
        ended, value = _run(item.body, values)
        if ended == "return":
            return ended, value
        if ended == "break":
            break
    return "", None


_RUN = {
    Let: _run_let,
    Branch: _run_branch,
    Loop: _run_loop,
    Count: _run_count,
    Give: lambda item, values: ("return", evaluate(item.value, values)),
    Jump: lambda item, values: (item.word, None),
}
