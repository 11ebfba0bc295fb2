"""Exponentials of one kind, as ``exp((a - v)/d)`` and ``exp((b - v)/(4*d))``, from one of them.

Rates of ion channels are full of them: with ``s = exp((b - v)/(4*d))``, the first one is ``s**4``
times a constant. LLVM finds what is written twice, but not that.
"""

from dataclasses import dataclass

from brian_nb.equations.affine import decompose_affine
from brian_nb.equations.collecting import MAX_POWER
from brian_nb.equations.expressions import (
    Binary,
    Call,
    Choice,
    Expression,
    Name,
    Number,
    evaluate,
    names_in,
)
from brian_nb.equations.walking import change_parts, children
from brian_nb.numerics.quotients import Quotient
from brian_nb.numerics.terms import call

MAX_OFFSET = 20.0
"""Logarithm of the largest constant between two; then neither overflows long before the other."""

TOLERANCE = 1e-12
"""How far two numbers that a text means to be equal may be apart, relative to the larger."""


@dataclass(frozen=True)
class _Line:
    """An exponential whose argument is linear, with constant coefficients, in what changes.

    Parameters
    ----------
    place : Expression
        The exponential, or a quotient that it is in.
    argument : Expression
    quotient : Quotient or None
    rates : dict of str to Expression
    rest : Expression
        Constant.
    """

    place: Expression
    argument: Expression
    quotient: Quotient | None
    rates: dict
    rest: Expression


def share_exponentials(temporaries, assignments, constants, quotients):
    """Compute those exponentials from others that are integer powers of them but for a factor.

    An exponential in the difference from a constant, such as ``exp(x) - 1``, stays: there it has to
    be 1 exactly where its argument is 0. So does one that is the whole value of a name, and one
    that stands alone on a side of any difference. That of a quotient that has its limit is free,
    and may be a negative power as well.

    Parameters
    ----------
    temporaries, assignments : sequence of (str, Expression)
        As of a `StepUpdate`.
    constants : Collector
        Says what is constant.
    quotients : mapping of Expression to Quotient
        Those that were given their limit.

    Returns
    -------
    temporaries, assignments : list of (str, Expression)
        With the exponentials that others come from, each before its first use.
    """
    finder = _Finder(constants, quotients)
    values = (value for _, value in (*temporaries, *assignments))
    places = dict.fromkeys(place for value in values for place in finder.find(value))
    lines = [_read_line(place, constants, quotients) for place in places]
    formulas, bases = _relate([line for line in lines if line])
    if not bases:
        return list(temporaries), list(assignments)
    found = []

    def write(place):
        """What stands there then, behind the exponential that it needs."""
        base, formula = formulas.get(place, (None, place))
        if base in bases:
            found.append((base, bases.pop(base)))
        return formula

    for name, value in temporaries:
        changed = finder.rewrite(value, write)
        found.append((name, changed))
    return found, [(name, finder.rewrite(value, write)) for name, value in assignments]


class _Finder:
    """Goes through exponentials that may be written otherwise, and quotients with them.

    Parameters
    ----------
    constants : Collector
    quotients : collection of Expression
    """

    def __init__(self, constants, quotients):
        self._constants = constants
        self._quotients = quotients

    def find(self, expression):
        """Give them, each as often as it stands there."""
        if self._is_quotient(expression):
            yield expression
        elif not _is_exponential(expression):
            yield from self._find_inside(expression)

    def rewrite(self, expression, change):
        """The expression with each of them passed through a function."""
        return expression if _is_exponential(expression) else self._go(expression, change)

    def _find_inside(self, expression):
        for part in children(expression):
            if not self._is_free(expression, part):
                continue
            if _is_exponential(part) or self._is_quotient(part):
                yield part
            else:
                yield from self._find_inside(part)

    def _go(self, expression, change):
        if _is_exponential(expression) or self._is_quotient(expression):
            return change(expression)
        return change_parts(
            expression,
            lambda part: self._go(part, change) if self._is_free(expression, part) else part,
        )

    def _is_quotient(self, expression):
        return isinstance(expression, Choice) and expression in self._quotients

    def _is_free(self, whole, part):
        """Whether a part may change by rounding: it does not cancel in the whole."""
        if isinstance(whole, Choice):
            return True
        if not isinstance(whole, Binary) or whole.op not in "+-*/":
            return False
        if whole.op in "*/":
            return True
        other = whole.right if part is whole.left else whole.left
        if whole.op == "+" and isinstance(other, Number) and other.value > 0:
            return True
        return not (_is_exponential(part) or self._constants.is_constant(other))


def _is_exponential(expression):
    return isinstance(expression, Call) and expression.function == "exp"


def _read_line(place, constants, quotients):
    quotient = quotients.get(place)
    argument = quotient.argument if quotient else place.args[0]
    moving = [name for name in names_in(argument) if not constants.is_constant(Name(name))]
    affine = decompose_affine(argument, moving) if moving else None
    if affine is None or not affine.coefficients:
        return None
    parts = (*affine.coefficients.values(), affine.rest)
    if not all(map(constants.is_constant, parts)):
        return None
    return _Line(place, argument, quotient, affine.coefficients, affine.rest)


def _relate(lines):
    """Which exponentials come from which.

    Returns
    -------
    formulas : dict of Expression to (str, Expression)
        For each place, the name of the base and what is made from it.
    bases : dict of str to Call
    """
    formulas, bases, kinds = {}, {}, {}
    for line in lines:
        kinds.setdefault(frozenset(line.rates), []).append(line)
    for kind in kinds.values():
        left = sorted(kind, key=_size)
        while left:
            base, powers = left[0], [_find_power(line, left[0]) for line in left]
            related = [pair for pair in zip(left, powers, strict=True) if pair[1]]
            if len(related) > 1:
                name = f"exp__{len(bases)}"
                bases[name] = call("exp", base.argument)
                for line, (power, offset) in related:
                    formulas[line.place] = name, _write(line, name, power, offset)
            left = [line for line, power in zip(left[1:], powers[1:], strict=True) if not power]
    return formulas, bases


def _size(line):
    """Sum of the magnitudes of literal rates; rates of which that is not known come last.

    Of two alike that of a quotient comes last: its exponential may be a negative power.
    """
    known = [_literal(rate) for rate in line.rates.values()]
    size = sum(map(abs, known)) if None not in known else float("inf")
    return size, line.quotient is not None


def _find_power(line, base):
    """``p, q`` where the one is ``exp(q)`` times the other to the power ``p``; else None.

    Both are linear in the same names.
    """
    powers = {_ratio(rate, base.rates[name]) for name, rate in line.rates.items()}
    power = powers.pop()
    if powers or power is None or not 1 <= abs(power) <= MAX_POWER:
        return None
    if power < 0 and line.quotient is None:
        return None
    offset = _subtract(line.rest, base.rest, power)
    return None if offset is None or abs(offset) > MAX_OFFSET else (power, offset)


def _ratio(rate, base):
    """The integer ratio of two rates, None where it is none or not known."""
    if rate == base:
        return 1
    values = _literal(rate), _literal(base)
    if None in values or not values[1]:
        return None
    ratio = values[0] / values[1]
    return round(ratio) if abs(ratio - round(ratio)) <= TOLERANCE * abs(ratio) else None


def _subtract(rest, base, power):
    """``rest - power*base`` as a number; None where a name stays in it."""
    difference = Binary("-", rest, Binary("*", Number(power), base))
    names = list(names_in(difference))
    parts = [decompose_affine(item, names) for item in (rest, base)]
    if None in parts:
        return None
    for name in names:
        rates = [_literal(part.coefficients.get(name, Number(0.0))) for part in parts]
        if None in rates or abs(rates[0] - power * rates[1]) > TOLERANCE * abs(rates[0]):
            return None
    first, second = (_literal(part.rest) for part in parts)
    return None if None in (first, second) else first - power * second


def _literal(expression):
    """Value of an expression of numbers; None where a name is in it."""
    return None if names_in(expression) else float(evaluate(expression, {}))


def _write(line, name, power, offset):
    """An exponential, or the quotient that it is in, from the base of that name."""
    if power < 0:
        return line.quotient.write_reversed(_write_power(name, -power, -offset))
    exponential = _write_power(name, power, offset)
    return line.quotient.write(exponential) if line.quotient else exponential


def _write_power(name, power, offset):
    value = Name(name) if power == 1 else Binary("**", Name(name), Number(float(power)))
    factor = float(evaluate(call("exp", Number(offset)), {}))
    return value if offset == 0 else Binary("*", Number(factor), value)
