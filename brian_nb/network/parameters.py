"""Parameters that are computed from each other."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from brian_nb.diagnostics import Diagnostic, Mark, Source, Span
from brian_nb.equations.expressions import parse_expression
from brian_nb.equations.lines import split_lines
from brian_nb.equations.namespace import suggest
from brian_nb.errors import BrianError, EquationError, ModelError
from brian_nb.network.calculation import calculate
from brian_nb.network.scope import as_source

_COMPUTED = "computed_"
_EQUALS = re.compile(r"(?<![=!<>])=(?!=)")


@dataclass(frozen=True)
class Formula:
    """``name = expression``, and its place in the text."""

    name: str
    expression: object
    span: Span


@dataclass(frozen=True, repr=False)
class Formulas:
    """The text of one ``computed_`` keyword, read once; ``str()`` gives the text back."""

    source: Source
    items: tuple

    def __str__(self):
        return self.source.text

    def __repr__(self):
        return f"Formulas({str(self)!r})"


class Parameters(Mapping):
    """Named values, and values that are computed from them whenever one of them changes.

    Parameters
    ----------
    **values
        Values of any kind. A keyword that starts with ``computed_`` is a text of lines
        ``name = expression`` (or with semicolons between them); the texts are computed in the
        alphabetical order of their keywords, and each line knows the names before it. Expressions
        may use the parameters, units, ``pi``, and the functions of equations and ``int``,
        ``float``, ``round``, ``len``, ``sum``, ``min``, ``max``; they are never executed as code.
        A value that is given for a computed name is left aside, as it comes with ``**p``.

    Raises
    ------
    EquationError, UnknownNameError
        A text cannot be understood.
    DimensionMismatchError, ModelError
        A value cannot be computed from the present ones.

    Notes
    -----
    Values are read and set as attributes, ``p.x = 1``, or items, ``p["x"] = 1``; computed ones are
    only read. A change that makes a computed value impossible raises, and is not made.
    ``Parameters(y=2, **p)`` and ``p(y=2)`` derive new parameters and leave `p` as it is;
    ``Equations(text, **p)`` gives equations all values, computed ones too.

    Examples
    --------
    >>> from brian_nb import Mohm, pF, ms
    >>> p = Parameters(R=100*Mohm, C=200*pF, computed_membrane="tau = R*C")
    >>> p.tau
    20. ms
    >>> p.C = 100*pF
    >>> p.tau
    10. ms
    """

    def __init__(self, **values):
        self.__dict__.update(_given={}, _formulas={}, _computed={})
        self._change(values)

    def __setattr__(self, name, value):
        if name in self._computed:
            raise ModelError(
                f"{name} is computed, and cannot be set",
                hint=f"set what it is computed from, or the text {self._find_origin(name)}",
            )
        self._change({name: value})

    def __setitem__(self, name, value):
        setattr(self, name, value)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError:
            hint = suggest(name, self)
            raise AttributeError(
                f"there is no parameter {name}" + (f"; {hint}" if hint else "")
            ) from None

    def __getitem__(self, name):
        for values in (self._given, self._computed, self._formulas):
            if name in values:
                return values[name]
        raise KeyError(name)

    def __iter__(self):
        yield from self._given
        yield from self._computed
        yield from self._formulas

    def __len__(self):
        return len(self._given) + len(self._computed) + len(self._formulas)

    def __call__(self, **changes):
        """New parameters with some values changed or added."""
        derived = Parameters(**self)
        for name, value in changes.items():
            derived[name] = value
        return derived

    def __copy__(self):
        return self()

    def __dir__(self):
        return [*super().__dir__(), *self]

    def __repr__(self):
        lines = [f"    {name} = {value!r}" for name, value in self._given.items()]
        lines += [f"    {name} = {value!r}  # computed" for name, value in self._computed.items()]
        return "\n".join(["Parameters(", *lines, ")"])

    def _change(self, values):
        """Take new values and texts, unless something cannot be computed from them."""
        given, formulas = dict(self._given), dict(self._formulas)
        for name, value in values.items():
            _check_name(name)
            if name.startswith(_COMPUTED):
                formulas[name] = value if isinstance(value, Formulas) else _read(name, value)
            else:
                given[name] = value
        names = {formula.name for item in formulas.values() for formula in item.items}
        given = {name: value for name, value in given.items() if name not in names}
        computed = _compute(given, formulas)
        self.__dict__.update(_given=given, _formulas=formulas, _computed=computed)

    def _find_origin(self, name):
        return next(
            keyword
            for keyword, item in self._formulas.items()
            if any(formula.name == name for formula in item.items)
        )


def _check_name(name):
    if name.startswith("_"):
        raise ModelError(f"the name of a parameter cannot start with an underscore: {name}")
    if name in dir(Mapping):
        raise ModelError(
            f"a parameter cannot be called {name}", hint=f"{name}() is a method of all parameters"
        )


def _read(keyword, text):
    if not isinstance(text, (str, Source)):
        raise ModelError(f"{keyword} must be a text of lines `name = expression`, not {text!r}")
    source = as_source(text, keyword)
    items = [
        _read_formula(source, *part)
        for line in split_lines(source.text)
        for part in _split(source, line)
    ]
    return Formulas(source, tuple(items))


def _split(source, line):
    """Places of the statements of a line, between semicolons."""
    start = line.start
    for part in source.text[line.start : line.end].split(";"):
        if part.strip():
            yield start + len(part) - len(part.lstrip()), start + len(part)
        start += len(part) + 1


def _read_formula(source, start, end):
    text = source.text[start:end]
    equals = _EQUALS.search(text)
    name = text[: equals.start()].strip() if equals else ""
    span = Span(source, start, start + len(text.rstrip()))
    if not name.isidentifier():
        raise EquationError(
            Diagnostic("this is no formula", (Mark(span),), hint="write `name = expression`")
        )
    _check_name(name)
    return Formula(name, parse_expression(source, start + equals.end(), end), span)


def _compute(given, formulas):
    values = dict(given)
    for keyword in sorted(formulas):
        for formula in formulas[keyword].items:
            values[formula.name] = _compute_one(formula, values)
    return {name: value for name, value in values.items() if name not in given}


def _compute_one(formula, values):
    try:
        return calculate(formula.expression, values)
    except BrianError as error:
        raise type(error)(*(_place(item, formula) for item in error.diagnostics)) from None
    except (ArithmeticError, TypeError, ValueError) as error:
        fact = f"{formula.name} cannot be computed: {error}"
        raise ModelError(Diagnostic(fact, (Mark(formula.span),))) from None


def _place(problem, formula):
    """A problem with the place where it came about."""
    if problem.marks:
        return problem
    return Diagnostic(problem.fact, (Mark(formula.span),), problem.notes, problem.hint)
