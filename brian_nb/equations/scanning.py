"""Slips of the pen in the text of an expression, found before it is parsed.

Python's own messages for broken text speak of Python's grammar ("perhaps you forgot a comma?").
Here the usual slips get a message of their own, at the place where they are.
"""

import keyword
import re
from dataclasses import dataclass
from itertools import pairwise

from brian_nb.diagnostics import Diagnostic, Mark, Span
from brian_nb.units import ALL_UNITS

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+(?:_[0-9]+)*\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)?)"
    r"|(?P<sign>\*\*|//|<=|>=|==|!=|:=|&&|\|\||[-+*/%<>(),:&|~])"
    r"|(?P<stray>\S))"
)
_LAYOUT = re.compile(r"#[^\n]*|\\[ \t\r]*(?:#[^\n]*)?(?=\n)|[^\S ]")
_WORDS = ("and", "or", "not", "if", "else")
_BINARY = tuple("* / ** // % < <= > >= == != and or & | + -".split())
_STRAY: dict[str, tuple[str, str | None]] = {
    "^": ("`^` means nothing in equations", "a power is written with two stars: v**2"),
    "=": ("`=` cannot stand inside an expression", "two numbers are compared with =="),
    ":=": ("`:=` cannot stand inside an expression", "give the value a line of its own"),
    "&&": ("`&&` means nothing in equations", "write `and`"),
    "||": ("`||` means nothing in equations", "write `or`"),
    "!": ("`!` means nothing in equations", "write `not`"),
    ";": ("`;` means nothing in equations", "each equation has a line of its own"),
    "\u2212": ("this minus is a typographic one", "type a plain -"),
    "\u2013": ("this dash is no minus", "type a plain -"),
    "\u00d7": ("this sign means nothing in equations", "a product is written with a star"),
    "\u00b7": ("this sign means nothing in equations", "a product is written with a star"),
    "\u00b2": ("this square means nothing in equations", "write **2"),
    "\u00b3": ("this cube means nothing in equations", "write **3"),
    "[": ("`[` cannot stand in equations", "every name stands for one number of each neuron"),
    ".": ("attributes cannot be used in equations", "give the value a name of its own first"),
}
_STRAY |= dict.fromkeys("'\"", ("text cannot stand in equations", None))


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int

    @property
    def ends_operand(self):
        return self.kind in ("number", "name") or self.text == ")"

    @property
    def starts_operand(self):
        return self.kind in ("number", "name") or self.text == "("


def blank_layout(text):
    """Replace comments, continued line ends and tabs by as many spaces, so that offsets stay."""
    return _LAYOUT.sub(lambda match: " " * len(match.group()), text)


def find_slip(text, source, start):
    """Look for a usual slip in an expression, the most telling first.

    Parameters
    ----------
    text : str
        The expression, layout blanked.
    source : Source
        The text it is part of.
    start : int
        Where in `source` it starts.

    Returns
    -------
    Diagnostic or None
    """
    tokens = _split(text)

    def report(fact, first, last=None, hint=None):
        last = last or first
        span = Span(source, start + first.start, start + last.start + len(last.text))
        return Diagnostic(fact, (Mark(span),), hint=hint)

    searches = (_find_stray, _find_bracket, _find_colon)
    for find in (*searches, _find_missing_operator, _find_missing_operand):
        slip = find(tokens)
        if slip:
            return report(*slip)
    return None


def _split(text):
    tokens = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "name" and match[kind] in _WORDS:
            kind = "sign"
        if kind == "name" and not match[kind].replace(".", "").isidentifier():
            tokens.append(_find_odd_letter(match[kind], match.start(kind)))
        else:
            tokens.append(_Token(kind, match[kind], match.start(kind)))
    return tokens


def _find_odd_letter(word, start):
    """The first character of a word that no name can contain, such as a raised 2."""
    place = next(k for k in range(len(word)) if not word[: k + 1].isidentifier())
    return _Token("stray", word[place], start + place)


def _find_stray(tokens):
    for token in tokens:
        if token.kind == "stray" or token.text in _STRAY:
            fact, hint = _STRAY.get(
                token.text, (f"`{token.text}` means nothing in equations", None)
            )
            return fact, token, token, hint
        if token.kind == "name" and keyword.iskeyword(token.text):
            return (f"`{token.text}` is a word of Python and cannot be used in equations", token)
    return None


def _find_bracket(tokens):
    opened = []
    for token in tokens:
        if token.text == "(":
            opened.append(token)
        elif token.text == ")":
            if not opened:
                return "this bracket was never opened", token
            opened.pop()
    return ("this bracket is never closed", opened[-1]) if opened else None


def _find_colon(tokens):
    for token in tokens:
        if token.text == ":":
            return "a colon cannot stand inside an expression", token
    return None


def _find_missing_operator(tokens):
    for left, right in pairwise(tokens):
        is_call = left.kind == "name" and right.text == "("
        if left.ends_operand and right.starts_operand and not is_call:
            fact = f"an operator is missing between `{left.text}` and `{right.text}`"
            return fact, left, right, _hint_operator(left, right)
    return None


def _hint_operator(left, right):
    if right.text in ALL_UNITS and left.kind != "number":
        return f"a unit stands after a colon: `: {right.text}`"
    if left.kind != "sign" and right.kind != "sign":
        return f"a product is written with a star: {left.text}*{right.text}"
    return "a product is written with a star"


def _find_missing_operand(tokens):
    if tokens and tokens[-1].text in (*_BINARY, "not", "if", "else"):
        return f"something is missing after `{tokens[-1].text}`", tokens[-1]
    if tokens and tokens[0].text in _BINARY and tokens[0].text not in "+-":
        return f"something is missing before `{tokens[0].text}`", tokens[0]
    for left, right in pairwise(tokens):
        if left.text in (*_BINARY, "(") and right.text in _BINARY and right.text not in "+-":
            return f"something is missing between `{left.text}` and `{right.text}`", left, right
        if left.text in _BINARY and right.text == ")":
            return f"something is missing after `{left.text}`", left
    return None
