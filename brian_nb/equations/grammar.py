"""Text to statements: equations of a model, assignments of a reset; each knows its place."""

import re

from brian_nb.diagnostics import Diagnostic, Mark, Span
from brian_nb.equations.lines import split_lines
from brian_nb.equations.nodes import Name
from brian_nb.equations.parsing import is_identifier, make_identifier, parse_expression
from brian_nb.equations.scanning import blank_layout
from brian_nb.equations.statements import (
    RESERVED,
    Alias,
    Assignment,
    Differential,
    EquationText,
    Parameter,
    Static,
)
from brian_nb.errors import EquationError

_DIFFERENTIAL = re.compile(r"d(\w+)\s*/\s*dt\Z")
_SCALED = re.compile(r"(?P<factor>.+?)\s*\*\s*d(?P<name>\w+)\s*/\s*dt\s*\Z", re.DOTALL)
_EQUALS = re.compile(r"(?<![=<>!+\-*/%])=(?!=)")
_OPERATION = re.compile(r"(?<![=<>!])([-+*/])?=(?!=)")
_FORMS = "write dx/dt = f : unit, x = f : unit, x = y, or x : unit"


def parse_equations(source):
    """Parse the equations of a model.

    Parameters
    ----------
    source : Source
        One statement a line: ``dx/dt = f : unit`` (differential equation), ``x = f : unit``
        (static equation), ``x = y`` (alias) or ``x : unit`` (parameter).

    Returns
    -------
    EquationText
        Names are not yet looked up.

    Raises
    ------
    EquationError
        Lines that cannot be understood, all of them.
    """
    statements, problems = [], []
    for line in split_lines(source.text):
        try:
            statements.append(_parse_statement(source, line.start, line.end))
        except EquationError as error:
            problems.extend(error.diagnostics)
    if problems:
        raise EquationError(*problems)
    return EquationText(source, tuple(statements))


def parse_statements(source):
    """Parse the statements of a reset, such as ``v = vr; w += 3*mV``.

    Parameters
    ----------
    source : Source
        Statements on lines of their own or with semicolons between them.

    Returns
    -------
    tuple of Assignment

    Raises
    ------
    EquationError
        Statements that cannot be understood, all of them.
    """
    statements, problems = [], []
    for line in split_lines(source.text):
        for start, end in _split_semicolons(source.text, line.start, line.end):
            try:
                statements.append(_parse_assignment(source, start, end))
            except EquationError as error:
                problems.extend(error.diagnostics)
    if problems:
        raise EquationError(*problems)
    return tuple(statements)


def _parse_statement(source, start, end):
    text = blank_layout(source.text[start:end])
    colon = _find_colon(text)
    if colon is None:
        return _parse_equation(source, start, text, None)
    unit = _parse_unit(source, start + colon, end)
    return _parse_equation(source, start, text[:colon], unit)


def _parse_equation(source, start, text, unit):
    equals = _EQUALS.search(text)
    if equals is None:
        return _parse_parameter(source, start, text, unit)
    left = text[: equals.start()].rstrip()
    span = Span(source, start, start + len(text.rstrip()))
    left_span = Span(source, start, start + len(left))
    derivative = _DIFFERENTIAL.match(left)
    if derivative:
        name = _check_name(derivative[1], source, start + derivative.start(1))
    else:
        name = _parse_left_side(source, start, left)
    expression = _parse_side(source, start + equals.end(), start + len(text))
    if unit is None and isinstance(expression, Name) and not derivative:
        return Alias(name, expression.name, span, left_span, expression.span)
    if unit is None:
        raise _miss_unit(span, left, name)
    kind = Differential if derivative else Static
    return kind(name, expression, unit, span, left_span)


def _find_colon(text):
    """Offset of the colon before the unit: the first one outside brackets."""
    depth = 0
    for offset, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if character == ":" and depth <= 0:
            return offset
    return None


def _parse_unit(source, colon, end):
    if not blank_layout(source.text[colon + 1 : end]).strip():
        fact, hint = "the unit is missing after the colon", "write 1 for a number without unit"
        raise _error(fact, source, colon, colon + 1, hint)
    return parse_expression(source, colon + 1, end)


def _parse_side(source, start, end):
    if not source.text[start:end].strip():
        raise _error("the right-hand side is missing", source, start - 1, start)
    return parse_expression(source, start, end)


def _parse_parameter(source, start, text, unit):
    stripped = text.rstrip()
    end = start + len(stripped)
    if unit is not None and stripped.isidentifier():
        name = _check_name(stripped, source, start)
        return Parameter(name, unit, Span(source, start, end))
    if unit is not None and _DIFFERENTIAL.match(stripped):
        raise _error("this equation has no right-hand side", source, start, end, _FORMS)
    if unit is not None and "==" in stripped:
        raise _error("this is a comparison, not an equation", source, start, end, "write one =")
    raise _error("this is no equation", source, start, max(end, start + 1), _FORMS)


def _parse_left_side(source, start, left):
    stripped = left.strip()
    if stripped.isidentifier():
        return _check_name(stripped, source, start)
    end = start + max(1, len(left))
    scaled = _SCALED.match(stripped)
    if scaled:
        hint = (
            f"divide the right-hand side instead: d{scaled['name']}/dt = (...)/{scaled['factor']}"
        )
        raise _error("a factor stands before the derivative", source, start, end, hint)
    if not stripped:
        raise _error("a name is missing before `=`", source, start, start + 1, _FORMS)
    fact = "the left-hand side must be a name or a derivative such as dv/dt"
    raise _error(fact, source, start, end, _FORMS)


def _check_name(text, source, start):
    name = make_identifier(text)
    end = start + len(text)
    if not is_identifier(name):
        fact = f"`{text}` cannot be the name of a variable"
        raise _error(fact, source, start, end, "a name is letters, digits and _, no word of Python")
    if name in RESERVED:
        fact = f"`{name}` cannot be defined: it is {RESERVED[name]}"
        raise _error(fact, source, start, end, "choose another name")
    return name


def _miss_unit(span, left, name):
    hint = f"end the line with the unit of {name}, such as `: volt`, or `: 1` for none"
    return EquationError(
        Diagnostic(f"the equation of {left} has no unit", (Mark(span),), hint=hint)
    )


def _split_semicolons(text, start, end):
    code = blank_layout(text[start:end])
    for match in re.finditer(r"[^;]+", code):
        stripped = match.group().strip()
        if stripped:
            begin = start + match.start() + len(match.group()) - len(match.group().lstrip())
            yield begin, begin + len(stripped)


def _parse_assignment(source, start, end):
    text = blank_layout(source.text[start:end])
    match = _OPERATION.search(text)
    if match is None:
        fact, hint = "this is no assignment", "write `v = value` or `v += value`"
        raise _error(fact, source, start, end, hint)
    left = text[: match.start()].rstrip()
    if not left.isidentifier():
        fact, hint = "the left-hand side must be the name of a variable", "write `v = value`"
        raise _error(fact, source, start, start + max(1, len(left)), hint)
    name = _check_name(left, source, start)
    expression = _parse_side(source, start + match.end(), end)
    name_span = Span(source, start, start + len(left))
    return Assignment(name, match.group(), expression, Span(source, start, end), name_span)


def _error(fact, source, start, end, hint=None):
    return EquationError(Diagnostic(fact, (Mark(Span(source, start, end)),), hint=hint))
