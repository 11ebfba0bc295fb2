"""Text to logical lines: comments set aside, continued lines joined; places stay known."""

import re
from dataclasses import dataclass

_COMMENT = re.compile(r"#.*")
_BEGIN = re.compile(r"\s*(?:\w+(?:\s*/\s*\w+)?\s*=[^=]|\w+\s*:)")


@dataclass(frozen=True, slots=True)
class LogicalLine:
    """The characters ``[start, end)`` of a text, which belong together; they are not all blank."""

    start: int
    end: int


def split_lines(text):
    """Split a text into logical lines.

    A line goes on after a backslash at its end, and where a bracket is open and the next line
    does not look like the begin of another equation.

    Returns
    -------
    list of LogicalLine
    """
    lines, first, offset, opened = [], None, 0, 0
    pieces = text.split("\n")
    for place, piece in enumerate(pieces):
        code = _COMMENT.sub("", piece).rstrip()
        first = offset if first is None else first
        opened += code.count("(") - code.count(")")
        following = pieces[place + 1] if place + 1 < len(pieces) else None
        if following is None or not _goes_on(code, opened, following):
            lines.append(_trim(text, first, offset + len(piece)))
            first, opened = None, 0
        offset += len(piece) + 1
    return [line for line in lines if line]


def _goes_on(code, opened, following):
    return code.endswith("\\") or (opened > 0 and not _BEGIN.match(following))


def _trim(text, start, end):
    """The line without blanks and comment around it; None where nothing is left."""
    code = _COMMENT.sub(lambda match: " " * len(match.group()), text[start:end])
    code = re.sub(r"\\(?=\s*$)", " ", code)
    stripped = code.strip()
    if not stripped:
        return None
    lead = len(code) - len(code.lstrip())
    return LogicalLine(start + lead, start + lead + len(stripped))
