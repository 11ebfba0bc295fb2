"""The text of a ``%%brian`` cell, split into its equations and its sections, places kept."""

import re
from dataclasses import dataclass, field

from brian_nb.diagnostics import Diagnostic, Mark, Source, Span
from brian_nb.errors import EquationError
from brian_nb.magics.line import EXAMPLE, MAGIC, read_name, split_line

SECTIONS = {
    "threshold": "a condition such as `v > -50*mV`, or the value that the membrane must exceed",
    "reset": "statements such as `v = -60*mV`, or the value that the membrane takes",
    "refractory": "a time such as `5*ms`",
    "init": "statements such as `v = -60*mV + 10*mV*rand()`",
    "method": "the name of an integrator, such as `Euler`",
}
"""Words that begin a section of a cell, with what they take."""

STATEMENTS = ("reset", "init")
"""Sections that may be given in several lines."""

_HEAD = re.compile(rf"[ \t]*({'|'.join(SECTIONS)})[ \t]*:[ \t]*", re.ASCII)
_LINE = re.compile(r"(?:[^\\\n]|\\(?!\n)|\\\n)*\n?")


@dataclass(frozen=True)
class Excerpt(Source):
    """A source of which only a part is to be read, the rest being blank; messages show it all.

    Parameters
    ----------
    shown : str
        The text as the user typed it, of the same length.
    """

    shown: str = ""

    def line_text(self, offset):
        """The line that holds a character offset, as the user typed it."""
        return Source(self.shown).line_text(offset)


@dataclass(frozen=True)
class CellText:
    """What a cell says.

    Parameters
    ----------
    name : str
    equations : Source
    size : Source or None
        The number of neurons.
    sections : dict of str to Source
        By the words of `SECTIONS`.
    """

    name: str
    equations: Source
    size: Source | None = None
    sections: dict = field(default_factory=dict)


def split_cell(line, body, place="", first_line=1):
    """Split a cell into its parts.

    A line that begins with a word of `SECTIONS` and a colon is a section, not a parameter of that
    name; a section may be given on the line of the magic instead, as ``--word value``.

    Parameters
    ----------
    line : str
        What follows the name of the magic on its line: a name, a number of neurons, options.
    body : str
        The lines below.
    place : str
        How to name the cell to its author.
    first_line : int
        Number of the line of the magic.

    Returns
    -------
    CellText

    Raises
    ------
    EquationError
        The first line cannot be understood, a section is empty, is given twice or belongs to a
        group that the cell does not make, or the whole cell is empty.
    """
    head = f"{MAGIC} {line}".rstrip()
    name = read_name(head)
    title = ", ".join(filter(None, (place, f"`{name}`" if name else "")))
    top, below = _Text(head, title, first_line), _Text(body, title, first_line + 1)
    words, on_line = split_line(top.whole, SECTIONS)
    equations, in_body = _split_body(body)
    _refuse_repetition(on_line, in_body, top, below)
    sections = {word: top.excerpt(spans) for word, spans in on_line.items()}
    sections |= {word: below.excerpt(spans) for word, spans in in_body.items()}
    for word, source in sections.items():
        _require_content(word, source)
    equations = below.excerpt(equations)
    if not sections and not _strip_comments(equations.text):
        raise EquationError(
            Diagnostic(
                f"`{name}` has no equations",
                (Mark(Span(top.whole, 0, len(head))),),
                hint="write them below this line, such as dv/dt = -v/(10*ms) : volt",
            )
        )
    size = _read_size(top, words, sections)
    return CellText(name, equations, size, sections)


def _read_size(top, words, sections):
    """The number of neurons, or None in a cell that defines equations only."""
    if len(words) > 1:
        return top.excerpt(words[1:])
    if not sections:
        return None
    word, source = next(iter(sections.items()))
    fact = (
        f"`{word}` belongs to a group, and without a number of neurons the cell defines "
        "equations only"
    )
    hint = f"write the number behind the name, as in {EXAMPLE}"
    raise EquationError(Diagnostic(fact, (Mark(_span(source)),), hint=hint))


@dataclass(frozen=True)
class _Text:
    shown: str
    title: str
    first_line: int

    @property
    def whole(self):
        return Source(self.shown, self.title, self.first_line)

    def excerpt(self, spans):
        blank = re.sub(r"[^\n]", " ", self.shown)
        for start, end in spans:
            blank = blank[:start] + self.shown[start:end] + blank[end:]
        return Excerpt(blank, self.title, self.first_line, self.shown)


def _split_body(body):
    """Places of the equations and, by word, of the sections in the body of a cell."""
    equations, sections = [], {}
    for line in _LINE.finditer(body):
        head = _HEAD.match(line.group())
        if head:
            start = line.start() + head.end()
            sections.setdefault(head[1], []).append((start, line.end()))
        else:
            equations.append(line.span())
    return equations, sections


def _refuse_repetition(on_line, in_body, top, below):
    for word in SECTIONS:
        above, under = on_line.get(word, []), in_body.get(word, [])
        if len(above) + len(under) < 2 or (word in STATEMENTS and not above):
            continue
        parts = [top.excerpt([span]) for span in above] + [below.excerpt([span]) for span in under]
        marks = tuple(Mark(_span(part)) for part in parts)
        raise EquationError(
            Diagnostic(f"`{word}` is given more than once", marks, hint="keep one of them")
        )


def _require_content(word, source):
    if _strip_comments(source.text):
        return
    start = re.search(rf"(?:^[ \t]*|--)(?={word}\b)", source.shown, re.MULTILINE).end()
    whole = Source(source.shown, source.title, source.first_line)
    mark = Mark(Span(whole, start, start + len(word)))
    raise EquationError(
        Diagnostic(f"`{word}` says nothing", (mark,), hint=f"it takes {SECTIONS[word]}")
    )


def _span(source):
    text = source.text
    start = len(text) - len(text.lstrip())
    return Span(source, start, len(text.rstrip()) if text.strip() else start)


def _strip_comments(text):
    return re.sub(r"#[^\n]*", "", text).strip()
