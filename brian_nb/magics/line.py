"""The first line of a ``%%brian`` cell, split into its words and options, places kept."""

import re
from difflib import get_close_matches
from keyword import iskeyword

from brian_nb.diagnostics import Diagnostic, Mark, Span
from brian_nb.errors import EquationError

MAGIC = "%%brian"
EXAMPLE = f"{MAGIC} P 4000"

_TOKEN = re.compile(r"""(?:[^\s"']|"[^"]*"|'[^']*'|["'])+""")
_OPTION = re.compile(r"(--?[A-Za-z][\w-]*)(?:(=)|$)")


def split_line(line, known):
    """Split a line into the name, the number of neurons and the values of options.

    The word behind an option is its value, even if it begins with a minus sign.

    Parameters
    ----------
    line : Source
        With the name of the magic itself.
    known : collection of str
        Options that there are, without their ``--``.

    Returns
    -------
    words : list of (int, int)
        Places of the name and, where it is given, of the number.
    options : dict of str to list of (int, int)
        Places of values, by option; an option without a value has none.

    Raises
    ------
    EquationError
        There is no name or none that can be one, an option that is not known, or a word too many.
    """
    words, options, option = [], {}, None
    for match in _TOKEN.finditer(line.text, len(MAGIC)):
        found = _OPTION.match(match.group())
        is_option = found and (found[1].startswith("--") or option is None)
        start = match.start()
        if is_option:
            option = _check_option(line, start, found[1], known)
            options.setdefault(option, [])
            start += found.end()
        if option is None:
            words.append(match.span())
        elif not is_option or found[2]:
            options[option].append(_unquote(line.text, start, match.end()))
            option = None
    _check_words(line, words, has_options=bool(options))
    return words, options


def read_name(line):
    """The first word of a line, "" if there is none; to be used before it is known to be good."""
    match = _TOKEN.search(line, len(MAGIC))
    return match.group() if match else ""


def _check_option(line, start, written, known):
    name = written.lstrip("-")
    if written.startswith("--") and name in known:
        return name
    close = get_close_matches(name, known)
    hint = "there is " + ", ".join(f"--{word}" for word in known)
    if close:
        hint = f"did you mean --{close[0]}?"
    elif not written.startswith("--"):
        hint += f"; a number of neurons needs none, as in {EXAMPLE}"
    raise _explain(line, f"there is no option {written}", (start, start + len(written)), hint)


def _check_words(line, words, has_options):
    if not words:
        raise _explain(
            line,
            "the cell gives its group no name",
            (0, len(MAGIC)),
            f"write a name and a number of neurons, as in {EXAMPLE}",
        )
    name = line.text[slice(*words[0])]
    if not name.isidentifier() or iskeyword(name):
        raise _explain(
            line,
            f"{name} cannot be the name of a group",
            words[0],
            f"a name is letters, digits and _, and comes first, as in {EXAMPLE}",
        )
    if len(words) > 2:
        hint = f"a name and a number are all that stand here, as in {EXAMPLE}"
        if has_options:
            hint = 'a value with spaces needs quotes, as in --threshold "v > -50*mV"'
        raise _explain(line, "there is a word too many", words[2], hint)


def _explain(line, fact, place, hint):
    return EquationError(Diagnostic(fact, (Mark(Span(line, *place)),), hint=hint))


def _unquote(text, start, end):
    if end - start >= 2 and text[start] in "\"'" and text[end - 1] == text[start]:
        return start + 1, end - 1
    return start, end
