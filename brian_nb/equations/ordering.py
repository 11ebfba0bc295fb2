"""Static equations and aliases in an order in which they can be computed, or why there is none."""

from collections import Counter
from graphlib import CycleError, TopologicalSorter

from brian_nb.diagnostics import Diagnostic, Mark
from brian_nb.equations.namespace import suggest
from brian_nb.equations.nodes import Name
from brian_nb.equations.statements import Alias
from brian_nb.equations.walking import measure, names_in, walk
from brian_nb.errors import EquationError

MAX_SIZE = 20_000
"""Parts of one equation with all static equations put in; larger ones take minutes to compile."""

MAX_DEPTH = 150
"""Levels of one equation with all static equations put in; Python's parser allows 200."""


def resolve_aliases(statements):
    """Follow aliases to the variable that each of them stands for.

    Parameters
    ----------
    statements : tuple of Statement

    Returns
    -------
    dict of str to str

    Raises
    ------
    EquationError
        An alias goes round in a circle, or stands for no variable of the model.
    """
    aliases = {item.name: item for item in statements if isinstance(item, Alias)}
    defined = {item.name for item in statements}
    problems = [
        _report_alias(item, defined) for item in aliases.values() if item.target not in defined
    ]
    if problems:
        raise EquationError(*problems)
    targets = {}
    for name in _sort({name: [item.target] for name, item in aliases.items()}, aliases):
        if name in aliases:
            target = aliases[name].target
            targets[name] = targets.get(target, target)
    return targets


def order_statics(equations):
    """Sort equations so that each comes after those that it uses.

    Parameters
    ----------
    equations : sequence of Equation

    Returns
    -------
    tuple of Equation

    Raises
    ------
    EquationError
        Some of them go round in a circle.
    """
    by_name = {item.name: item for item in equations}
    uses = {
        item.name: [name for name in names_in(item.expression) if name in by_name]
        for item in equations
    }
    return tuple(by_name[name] for name in _sort(uses, by_name))


def check_size(differentials, statics):
    """Refuse equations that become too large when static equations are put into them.

    Parameters
    ----------
    differentials, statics : sequence of Equation
        The static ones in order.

    Raises
    ------
    EquationError
    """
    measured = {}
    for item in statics:
        measured[item.name] = _measure_inlined(item, measured)
    for item in differentials:
        _measure_inlined(item, measured)


def _sort(uses, items):
    try:
        return list(TopologicalSorter(uses).static_order())
    except CycleError as error:
        circle = error.args[1]
        raise EquationError(_report_circle(circle, items)) from None


def _measure_inlined(item, measured):
    size, depth = measure(item.expression)
    counts = Counter(part.name for part in walk(item.expression) if isinstance(part, Name))
    used = {name: count for name, count in counts.items() if name in measured}
    size += sum(count * measured[name][0] for name, count in used.items())
    depth += max((measured[name][1] for name in used), default=0)
    if size > MAX_SIZE or depth > MAX_DEPTH:
        fact = f"the equation of {item.name} is too large, with the equations that it uses put in"
        raise EquationError(Diagnostic(fact, (Mark(item.left_span),)))
    return size, depth


def _report_circle(circle, items):
    names = list(reversed(circle))  # graphlib lists what is used before what uses it
    marks = tuple(Mark(items[name].left_span) for name in dict.fromkeys(names))
    way = " needs ".join(names)
    hint = "one of them must be a differential equation or a parameter"
    return Diagnostic(f"these equations go round in a circle: {way}", marks, hint=hint)


def _report_alias(item, defined):
    fact = f"{item.name} = {item.target} has no unit, and the model has no variable {item.target}"
    unit = "second**-0.5" if item.target == "xi" else "unit"
    hint = suggest(item.target, defined - {item.name})
    hint = hint or f"give the equation a unit: {item.name} = {item.target} : {unit}"
    return Diagnostic(fact, (Mark(item.target_span),), hint=hint)
