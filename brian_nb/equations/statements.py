"""Statements of a model's text, and texts put together from them."""

from dataclasses import dataclass, field, replace

from brian_nb.diagnostics import Diagnostic, Mark, Source, Span
from brian_nb.equations.nodes import Expression, Name
from brian_nb.equations.parsing import is_identifier
from brian_nb.equations.walking import transform
from brian_nb.errors import EquationError


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
        problems, first = [], {}
        for item in self.statements:
            earlier = first.setdefault(item.name, item)
            if earlier is not item:
                problems.append(_report_twice(earlier, item))
        if problems:
            raise EquationError(*problems)


def combine_texts(first, second):
    """Put two sets of equations together.

    Raises
    ------
    EquationError
        Both define the same name.
    """
    text = "\n".join(part.source.text.strip("\n") for part in (first, second))
    source = replace(first.source, text=text)
    return EquationText(source, first.statements + second.statements)


def rename_names(text, names):
    """Give names of a set of equations other names, where they are defined and where they are used.

    Parameters
    ----------
    text : EquationText
    names : mapping of str to str
        New names by the old ones.

    Returns
    -------
    EquationText
        Spans still show the text as typed.

    Raises
    ------
    EquationError
        A new name is defined already, or cannot be a name.
    """
    wrong = [new for new in names.values() if not is_identifier(new)]
    if wrong:
        raise EquationError(f"{wrong[0]!r} cannot be the name of a variable")
    return EquationText(text.source, tuple(_rename(item, names) for item in text.statements))


def _rename(statement, names):
    def rename_leaf(item):
        if isinstance(item, Name) and item.name in names:
            return Name(names[item.name], item.span)
        return item

    changes = {"name": names.get(statement.name, statement.name)}
    if isinstance(statement, Alias):
        changes["target"] = names.get(statement.target, statement.target)
    elif not isinstance(statement, Parameter):
        changes["expression"] = transform(statement.expression, rename_leaf)
    return replace(statement, **changes)


def _report_twice(earlier, later):
    marks = (Mark(earlier.left_span, "here"), Mark(later.left_span, "and here again"))
    hint = "remove one of them, or give one another name"
    return Diagnostic(f"{later.name} is defined twice", marks, hint=hint)
