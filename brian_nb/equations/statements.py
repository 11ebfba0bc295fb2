"""Statements of a model's text, and the same with other names."""

from dataclasses import dataclass, field, replace

from brian_nb.diagnostics import Diagnostic, Mark, Source, Span
from brian_nb.equations.nodes import Expression, Name
from brian_nb.equations.parsing import is_identifier
from brian_nb.equations.printing import to_source
from brian_nb.equations.walking import functions_in, names_in, transform
from brian_nb.errors import EquationError
from brian_nb.units import ALL_UNITS

RESERVED = {
    "t": "the time, which every model has",
    "xi": "white noise",
    "dt": "the time step",
}
"""Names that no variable can have, and what they are."""


def _place():
    return field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Differential:
    """``dx/dt = expression : unit``; the unit is that of x."""

    name: str
    expression: Expression
    unit: Expression
    span: Span | None = _place()
    left_span: Span | None = _place()


@dataclass(frozen=True, slots=True)
class Static:
    """``x = expression : unit``."""

    name: str
    expression: Expression
    unit: Expression
    span: Span | None = _place()
    left_span: Span | None = _place()


@dataclass(frozen=True, slots=True)
class Alias:
    """``x = target``: two names for the same thing."""

    name: str
    target: str
    span: Span | None = _place()
    left_span: Span | None = _place()
    target_span: Span | None = _place()


@dataclass(frozen=True, slots=True)
class Parameter:
    """``x : unit``: a value of each neuron that the equations do not change."""

    name: str
    unit: Expression
    span: Span | None = _place()

    @property
    def left_span(self):
        return self.span


@dataclass(frozen=True, slots=True)
class Assignment:
    """``name op expression``, with `op` one of ``= += -= *= /=``."""

    name: str
    op: str
    expression: Expression
    span: Span | None = _place()
    name_span: Span | None = _place()


Statement = Differential | Static | Alias | Parameter


@dataclass(frozen=True)
class EquationText:
    """The statements of a model; no name is defined twice.

    Parameters
    ----------
    source : Source
        The text as typed; of texts put together, all of them.
    statements : tuple of Statement
        In the order of the text. Their spans are in the sources they came from.

    Raises
    ------
    EquationError
        A name is defined twice.
    """

    source: Source
    statements: tuple[Statement, ...] = ()

    def __post_init__(self):
        check_unique(self.statements)


def check_unique(statements):
    """Check that no name is defined twice.

    Raises
    ------
    EquationError
        Some are; all are reported.
    """
    problems, first = [], {}
    for item in statements:
        earlier = first.setdefault(item.name, item)
        if earlier is not item:
            problems.append(_report_twice(earlier, item))
    if problems:
        raise EquationError(*problems)


def rename_names(text, names):
    """Give names of a set of equations other names, where they are defined and where they are used.

    Parameters
    ----------
    text : EquationText
    names : mapping of str to str
        New names by the old ones, all taken at once.

    Returns
    -------
    EquationText
        Spans still show the text as typed.

    Raises
    ------
    EquationError
        A new name is defined already, cannot be a name, or means something else in every model.
    """
    for old, new in names.items():
        _check_name(text, old, new)
    return EquationText(text.source, tuple(_rename(item, names) for item in text.statements))


def insert_expressions(text, expressions):
    """Put expressions in the place of names that a set of equations uses.

    Parameters
    ----------
    text : EquationText
    expressions : mapping of str to Expression
        None of the names is defined by the equations.

    Returns
    -------
    EquationText
    """
    statements = tuple(_insert(item, expressions) for item in text.statements)
    return EquationText(text.source, statements)


def names_used(statement):
    """Names that a statement uses, those of its unit included; a set of str."""
    if isinstance(statement, Alias):
        return {statement.target}
    used = set(names_in(statement.unit))
    return used if isinstance(statement, Parameter) else used | set(names_in(statement.expression))


def functions_called(statement):
    """Names of the functions that a statement calls, a set of str."""
    if isinstance(statement, (Alias, Parameter)):
        return set()
    return functions_in(statement.expression)


def _check_name(text, old, new):
    if not is_identifier(new):
        raise EquationError(f"{new!r} cannot be the name of a variable")
    if new in RESERVED and any(item.name == old for item in text.statements):
        raise EquationError(
            f"{old} cannot be called {new}: that is {RESERVED[new]}", hint="choose another name"
        )


def _rename(statement, names):
    changes = {"name": names.get(statement.name, statement.name)}
    if isinstance(statement, Alias):
        return replace(statement, target=names.get(statement.target, statement.target), **changes)
    new_names = {old: Name(new) for old, new in names.items()}
    units = {old: new for old, new in new_names.items() if old not in ALL_UNITS}
    changes["unit"] = _replace_names(statement.unit, units)
    if not isinstance(statement, Parameter):
        changes["expression"] = _replace_names(statement.expression, new_names)
    return replace(statement, **changes)


def _insert(statement, expressions):
    if isinstance(statement, Parameter):
        return statement
    if not isinstance(statement, Alias):
        changed = _replace_names(statement.expression, expressions)
        return replace(statement, expression=changed)
    if statement.target not in expressions:
        return statement
    raise EquationError(
        Diagnostic(
            f"{statement.name} would be another name for "
            f"{to_source(expressions[statement.target])}, which is no variable",
            (Mark(statement.target_span),),
            hint=f"give the equation a unit: {statement.name} = {statement.target} : unit",
        )
    )


def _replace_names(expression, replacements):
    """The expression with names replaced; each replacement stands where its name stood."""

    def replace_leaf(item):
        found = replacements.get(item.name) if isinstance(item, Name) else None
        return item if found is None else replace(found, span=item.span)

    return transform(expression, replace_leaf)


def _report_twice(earlier, later):
    marks = (Mark(earlier.left_span, "here"), Mark(later.left_span, "and here again"))
    hint = "remove one of them, or give one another name"
    return Diagnostic(f"{later.name} is defined twice", marks, hint=hint)
