"""Diagnostics: what is wrong with a user's text or object, as data and as a picture of it."""

import html
from dataclasses import dataclass, field

LONGEST_LINE = 100
"""Characters of a line of the user's that are shown; wrapped lines would tear the carets off."""

CONTEXT = 30
"""Characters that are kept before the first mark of a longer line."""


@dataclass(frozen=True)
class Source:
    """A piece of text that the user wrote, and what to call it.

    Parameters
    ----------
    text : str
        The text as typed.
    title : str
        How to name it to its author, such as ``cell In[7], equations of `excitatory```.
    first_line : int
        Number that the first line of `text` has for the author.
    """

    text: str
    title: str = "equations"
    first_line: int = 1

    def line_of(self, offset):
        """Number, for the author, of the line that holds a character offset."""
        return self.text.count("\n", 0, offset) + self.first_line

    def line_text(self, offset):
        """Text of the line that holds a character offset."""
        start = self.text.rfind("\n", 0, offset) + 1
        end = self.text.find("\n", offset)
        return self.text[start:] if end < 0 else self.text[start:end]

    def column_of(self, offset):
        """Characters between the start of the line and a character offset."""
        return offset - (self.text.rfind("\n", 0, offset) + 1)


@dataclass(frozen=True)
class Span:
    """The characters ``[start, end)`` of a source."""

    source: Source
    start: int
    end: int

    @property
    def text(self):
        return self.source.text[self.start : self.end]

    @property
    def line(self):
        return self.source.line_of(self.start)


@dataclass(frozen=True)
class Mark:
    """A span with what to say about it, such as the unit found there."""

    span: Span
    label: str = ""


@dataclass(frozen=True)
class Diagnostic:
    """One problem: the fact, the places with what disagrees there, and one hint.

    Parameters
    ----------
    fact : str
        What is wrong, in the user's words.
    marks : tuple of Mark
        Places in the user's text, each with its label.
    notes : tuple of str
        Further facts without a place, such as the value of either side.
    hint : str, optional
        One suggestion.
    """

    fact: str
    marks: tuple = field(default=())
    notes: tuple = field(default=())
    hint: str | None = None


def render_text(diagnostic):
    """Lay a diagnostic out as text, with the marked lines and carets under the spans."""
    lines = [diagnostic.fact]
    for place in _group_by_line(diagnostic.marks):
        lines += _render_place(place)
    lines += [f"  {note}" for note in diagnostic.notes]
    if diagnostic.hint:
        lines.append(f"hint: {diagnostic.hint}")
    return "\n".join(lines)


def render_html(diagnostic, kind=""):
    """Lay a diagnostic out as HTML; all text of the user is escaped."""
    title = f"<b>{html.escape(kind)}</b> " if kind else ""
    body = html.escape(render_text(diagnostic))
    return f'<pre class="brian-nb-diagnostic">{title}{body}</pre>'


def _group_by_line(marks):
    places = {}
    for mark in marks:
        key = (mark.span.source, mark.span.line)
        places.setdefault(key, []).append(mark)
    return list(places.values())


def _render_place(marks):
    source, number = marks[0].span.source, marks[0].span.line
    marks = sorted(marks, key=lambda item: item.span.start)
    line = source.line_text(marks[0].span.start)
    places = [_columns(mark.span) for mark in marks]
    start, end = _choose_window(len(line), places)
    shown = ("\N{HORIZONTAL ELLIPSIS}" if start else "") + line[start + bool(start) : end]
    shown += "\N{HORIZONTAL ELLIPSIS}" if end < len(line) else ""
    lines = [f"  --> {source.title}, line {number}", f"{number:>4} | {shown}"]
    for mark, (first, last) in zip(marks, places, strict=True):
        # Tabs before a caret must be as wide as those in the line above it.
        indent = "".join("\t" if character == "\t" else " " for character in shown[: first - start])
        lines.append(f"{'':4} | {indent}{'^' * max(1, last - first)} {mark.label}".rstrip())
    return lines


def _columns(span):
    """First and last column of the part of a span that is in its first line."""
    first = span.source.column_of(span.start)
    return first, first + len(span.text.split("\n")[0].rstrip(" \t\\"))


def _choose_window(length, places):
    """The part ``[start, end)`` of a long line that shows all marks."""
    if length <= LONGEST_LINE:
        return 0, length
    first, last = places[0][0], max(place[1] for place in places)
    start = max(0, min(first - CONTEXT, length - LONGEST_LINE))
    return start, min(length, max(start + LONGEST_LINE, last))
