"""Which expressions are linear in which names, and with what coefficients."""

from dataclasses import dataclass
from functools import partial

from brian_nb.equations.algebra import ONE, ZERO, add, divide, multiply, negate, subtract
from brian_nb.equations.nodes import Binary, Choice, Expression, Name, Unary
from brian_nb.equations.printing import to_source
from brian_nb.equations.walking import names_in

MAX_QUOTED = 60


@dataclass(frozen=True)
class Affine:
    """``sum(coefficients[x]*x) + rest``, where neither coefficients nor rest contain a variable.

    Parameters
    ----------
    coefficients : dict of str to Expression
        Names that do not occur, or cancel, are left out.
    rest : Expression
    """

    coefficients: dict
    rest: Expression


def decompose_affine(expression, variables):
    """Take an expression apart that is linear in some names.

    The algebra is structural: sums, products and quotients by what does not change are multiplied
    out, and equal terms that stand next to each other cancel. What needs an identity to be seen
    as linear, such as ``sqrt(v**2)``, counts as nonlinear.

    Parameters
    ----------
    expression : Expression
    variables : collection of str

    Returns
    -------
    Affine or None
        None where the expression is not linear in them.
    """
    try:
        return _decompose(expression, frozenset(variables))
    except _NotAffine:
        return None


def find_nonlinearity(system):
    """Say why a system is not linear in its state, as a sentence; "" where it is.

    The time may enter, and parameters may be coefficients.
    """
    names = [item.name for item in system.differentials]
    for item in system.differentials:
        reason = explain_nonlinearity(system, item, names)
        if reason:
            return reason
    return ""


def find_conditional_nonlinearity(system):
    """Say which equation is not linear in its own variable, as a sentence; "" where none is."""
    for item in system.differentials:
        reason = explain_nonlinearity(system, item, [item.name])
        if reason:
            return reason
    return ""


def is_linear(system):
    """Whether all differential equations are linear in all their variables together."""
    return not find_nonlinearity(system)


def is_conditionally_linear(system):
    """Whether each differential equation is linear in its own variable, all others held."""
    return not find_conditional_nonlinearity(system)


class _NotAffine(Exception):
    def __init__(self, part, variables):
        super().__init__()
        self.part = part
        self.names = " and ".join(name for name in names_in(part) if name in variables)


def explain_nonlinearity(system, item, names):
    """Say why a differential equation is not linear in some names; "" where it is.

    Parameters
    ----------
    system : EquationSystem
    item : Equation
    names : collection of str

    Returns
    -------
    str
        A sentence.
    """
    try:
        _decompose(system.inline_statics(item.expression), frozenset(names))
    except _NotAffine as problem:
        part = _quote(problem.part)
        return f"d{item.name}/dt contains {part}, which is not linear in {problem.names}"
    return ""


def _quote(part):
    """The user's words where they are short, else what they mean."""
    text = part.span.text if part.span else to_source(part)
    text = " ".join(text.split())
    return text if len(text) <= MAX_QUOTED else text[: MAX_QUOTED - 3] + "..."


def _decompose(expression, variables):
    kind = type(expression)
    if kind is Name and expression.name in variables:
        return Affine({expression.name: ONE}, ZERO)
    if kind is Unary and expression.op == "-":
        operand = _decompose(expression.operand, variables)
        return _map(operand, negate)
    if kind is Binary:
        return _decompose_pair(expression, variables)
    if not any(name in variables for name in names_in(expression)):
        return Affine({}, expression)
    return _require(_choose(expression, variables), expression, variables)


def _decompose_pair(expression, variables):
    left = _decompose(expression.left, variables)
    right = _decompose(expression.right, variables)
    if left.coefficients or right.coefficients:
        rule = _RULES.get(expression.op)
        return _require(rule and rule(left, right), expression, variables)
    if left.rest is expression.left and right.rest is expression.right:
        return Affine({}, expression)
    join = _ARITHMETIC.get(expression.op) or partial(Binary, expression.op)
    return Affine({}, join(left.rest, right.rest))


def _require(affine, expression, variables):
    if affine is None:
        raise _NotAffine(expression, variables)
    return affine


def _map(affine, change):
    changed = ((name, change(value)) for name, value in affine.coefficients.items())
    kept = {name: value for name, value in changed if value != ZERO}
    return Affine(kept, change(affine.rest))


def _combine(left, right, join):
    names = dict.fromkeys((*left.coefficients, *right.coefficients))
    joined = (
        (name, join(left.coefficients.get(name, ZERO), right.coefficients.get(name, ZERO)))
        for name in names
    )
    kept = {name: value for name, value in joined if value != ZERO}
    return Affine(kept, join(left.rest, right.rest))


def _add(left, right):
    return _combine(left, right, add)


def _subtract(left, right):
    return _combine(left, right, subtract)


def _multiply(left, right):
    if not right.coefficients:
        return _map(left, lambda term: multiply(term, right.rest))
    if not left.coefficients:
        return _map(right, lambda term: multiply(left.rest, term))
    return None


def _divide(left, right):
    if right.coefficients:
        return None
    return _map(left, lambda term: divide(term, right.rest))


def _raise(left, right):
    if right.rest == ONE and not right.coefficients:
        return left
    return None


def _choose(expression, variables):
    if type(expression) is not Choice or any(
        name in variables for name in names_in(expression.condition)
    ):
        return None
    yes, no = _decompose(expression.yes, variables), _decompose(expression.no, variables)
    return _combine(yes, no, lambda a, b: a if a == b else Choice(expression.condition, a, b))


_ARITHMETIC = {"+": add, "-": subtract, "*": multiply, "/": divide}
_RULES = {"+": _add, "-": _subtract, "*": _multiply, "/": _divide, "**": _raise}
