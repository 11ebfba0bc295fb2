"""Text to expression, through Python's parser and a list of what is allowed; nothing is executed.

Python's parser gives a tree and runs nothing. Each node of it must be one of the few kinds that
have a reader here; every other kind is an error. Size and depth are bounded.
"""

import ast
import keyword
import math
import unicodedata

from brian_nb.diagnostics import Diagnostic, Mark, Span
from brian_nb.equations.nodes import Binary, Call, Choice, Compare, Logical, Name, Number, Unary
from brian_nb.equations.scanning import blank_layout, find_slip
from brian_nb.equations.walking import is_condition
from brian_nb.errors import EquationError

MAX_LENGTH = 10_000
"""Characters of one expression."""

MAX_DEPTH = 100
"""Levels of one expression: readers recurse, and Python allows 1000 frames in all."""

ARITHMETIC = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
    ast.Mod: "%",
    ast.FloorDiv: "//",
}
COMPARISON = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
BITWISE = {ast.BitAnd: "&", ast.BitOr: "|"}
LOGICAL = {"&": "and", "|": "or"}
"""Signs that join conditions, as NumPy's arrays of truth values have them, and what they mean."""


def parse_expression(source, start=0, end=None):
    """Parse a part of a text as an expression.

    Parameters
    ----------
    source : Source
    start, end : int
        The part, as character offsets; all of it by default.

    Returns
    -------
    Expression
        Names not yet looked up; every node has its span.

    Raises
    ------
    EquationError
        It is no expression, or uses what equations may not; the message marks the place.
    """
    end = len(source.text) if end is None else end
    text = blank_layout(source.text[start:end])
    lead = len(text) - len(text.lstrip())
    text, start = text.strip(), start + lead
    _check_size(text, source, start)
    slip = find_slip(text, source, start)
    if slip:
        raise EquationError(slip)
    return _Reader(text, source, start).read(_parse_tree(text, source, start), 1)


def make_identifier(text):
    """The name that Python reads from a word: some letters have several forms."""
    return unicodedata.normalize("NFKC", text)


def is_identifier(text):
    """Whether a word can be a name."""
    return text.isidentifier() and not keyword.iskeyword(text)


def _check_size(text, source, start):
    if not text:
        at = max(0, min(start, len(source.text)) - 1)
        raise _error("an expression is missing here", source, at, at + 1)
    if len(text) > MAX_LENGTH:
        hint = "give parts of it names with equations of their own"
        fact = f"this expression has more than {MAX_LENGTH} characters"
        raise _error(fact, source, start, start + 1, hint)


def _parse_tree(text, source, start):
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError as error:
        column = min(max((error.offset or 1) - 1, 0), len(text) - 1)
        place = start + column
        raise _error("this cannot be read as an expression", source, place, place + 1) from None
    except (ValueError, MemoryError, RecursionError, OverflowError):
        raise _too_deep(source, start, start + len(text)) from None


def _error(fact, source, start, end, hint=None):
    return EquationError(Diagnostic(fact, (Mark(Span(source, start, end)),), hint=hint))


def _too_deep(source, start, end):
    hint = "give parts of it names with equations of their own"
    return _error("this expression is nested too deeply", source, start, end, hint)


class _Reader:
    """Turns Python's tree into expressions, with spans in the user's text."""

    def __init__(self, text, source, start):
        self._source, self._start = source, start
        self._encoded = None if text.isascii() else text.encode()

    def read(self, node, depth):
        reader = getattr(self, f"_read_{type(node).__name__.lower()}", None)
        if reader is None:
            raise self._refuse(node)
        if depth > MAX_DEPTH:
            span = self._span(node)
            raise _too_deep(self._source, span.start, span.end)
        return reader(node, depth + 1)

    def _span(self, node):
        return Span(self._source, self._offset(node.col_offset), self._offset(node.end_col_offset))

    def _offset(self, column):
        if self._encoded is not None:  # Python counts bytes
            column = len(self._encoded[:column].decode())
        return self._start + column

    def _refuse(self, node, fact=None, hint=None):
        span = self._span(node)
        fact = fact or _REFUSED.get(type(node), "this cannot be used in equations")
        return EquationError(Diagnostic(fact, (Mark(span),), hint=hint))

    # -- one method for each kind of node that is allowed -----------------------------------

    def _read_constant(self, node, depth):
        if type(node.value) not in (int, float):
            raise self._refuse(node, "only real numbers can be used in equations")
        try:
            value = float(node.value)
        except OverflowError:
            value = math.inf
        if math.isinf(value):
            raise self._refuse(node, "this number is too large")
        return Number(value, span=self._span(node))

    def _read_name(self, node, depth):
        return Name(node.id, self._span(node))

    def _read_attribute(self, node, depth):
        """``p.x``: a value that a mapping of the user's has under a name (see `find_value`)."""
        if not isinstance(node.value, ast.Name):
            raise self._refuse(node)
        return Name(f"{node.value.id}.{node.attr}", self._span(node))

    def _read_unaryop(self, node, depth):
        operand = self.read(node.operand, depth)
        if isinstance(node.op, ast.UAdd):
            return operand
        if isinstance(node.op, ast.USub):
            return Unary("-", operand, self._span(node))
        sign = "not" if isinstance(node.op, ast.Not) else "~"
        return Unary("not", self._condition(operand, sign), self._span(node))

    def _read_binop(self, node, depth):
        op, sign = ARITHMETIC.get(type(node.op)), BITWISE.get(type(node.op))
        if op is None and sign is None:
            raise self._refuse(node)
        left, right = self.read(node.left, depth), self.read(node.right, depth)
        if op is not None:
            return Binary(op, left, right, self._span(node))
        sides = self._condition(left, sign), self._condition(right, sign)
        return Logical(LOGICAL[sign], *sides, self._span(node))

    def _read_compare(self, node, depth):
        items = [self.read(item, depth) for item in (node.left, *node.comparators)]
        span, result = self._span(node), None
        for op, left, right in zip(node.ops, items, items[1:], strict=False):
            if type(op) not in COMPARISON:
                raise self._refuse(node)
            item = Compare(COMPARISON[type(op)], left, right, span)
            result = item if result is None else Logical("and", result, item, span)
        return result

    def _read_boolop(self, node, depth):
        op = "and" if isinstance(node.op, ast.And) else "or"
        if depth + len(node.values) > MAX_DEPTH:
            span = self._span(node)
            raise _too_deep(self._source, span.start, span.end)
        result, *others = (self._condition(self.read(item, depth), op) for item in node.values)
        for item in others:
            result = Logical(op, result, item, self._span(node))
        return result

    def _read_ifexp(self, node, depth):
        condition = self._condition(self.read(node.test, depth), "if")
        yes, no = self.read(node.body, depth), self.read(node.orelse, depth)
        return Choice(condition, yes, no, self._span(node))

    def _read_call(self, node, depth):
        if not isinstance(node.func, ast.Name):
            raise self._refuse(node.func, "only a function's name can stand before brackets")
        if node.keywords:
            raise self._refuse(node, "functions in equations take their arguments by position")
        args = tuple(self.read(item, depth) for item in node.args)
        return Call(node.func.id, args, self._span(node))

    def _condition(self, expression, word):
        if is_condition(expression):
            return expression
        hint = f"compare it with something: {expression.span.text.strip()} > 0"
        if word in LOGICAL:
            hint = f"`{word}` binds closer than comparisons: write (a > 0) {word} (b > 0)"
        raise EquationError(
            Diagnostic(
                f"`{word}` needs a condition, and this is a number",
                (Mark(expression.span),),
                hint=hint,
            )
        )


_REFUSED = {
    ast.Attribute: "attributes cannot be used in equations",
    ast.Subscript: "elements of arrays cannot be used in equations",
    ast.Tuple: "a comma can only separate the arguments of a function",
    ast.Starred: "a star cannot stand here",
}
