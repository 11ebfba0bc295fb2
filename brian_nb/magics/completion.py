"""Completion inside a ``%%brian`` cell: names of the model, units, functions, sections."""

import re
from numbers import Real

from IPython.core.completer import SimpleCompletion, context_matcher

from brian_nb.equations.expressions import FUNCTIONS
from brian_nb.magics.cell import SECTIONS
from brian_nb.magics.line import MAGIC
from brian_nb.units import ALL_UNITS, Unit

IDENTIFIER = "brian_nb.model_words"

_DEFINED = re.compile(r"^[ \t]*(?:d(\w+)/dt[ \t]*=|(\w+)[ \t]*[:=])", re.MULTILINE)
_WORD = re.compile(r"(?:[A-Za-z_]\w*)?$")
_OPTION = re.compile(r"(?:(?<=\s)-{1,2}\w*)?$")


def add_matcher(shell):
    """Let a shell complete words of models."""
    remove_matcher(shell)
    shell.Completer.custom_matchers.append(_make_matcher(shell))


def remove_matcher(shell):
    """Take the completion back."""
    matchers = shell.Completer.custom_matchers
    matchers[:] = [
        item for item in matchers if getattr(item, "matcher_identifier", "") != IDENTIFIER
    ]


def find_words(cell, namespace):
    """Words that a model may use, each with what it is, the model's own first.

    Parameters
    ----------
    cell : str
        The whole cell.
    namespace : mapping
        The user's names.

    Returns
    -------
    dict of str to str
    """
    body = cell.partition("\n")[2]
    own = {left or right: "variable" for left, right in _DEFINED.findall(body)}
    words = {name: kind for name, kind in own.items() if name not in SECTIONS}
    constants = [name for name, value in namespace.items() if _is_constant(name, value)]
    for names, kind in (
        (constants, "constant"),
        (SECTIONS, "section"),
        (FUNCTIONS, "function"),
        (("t", "xi"), "variable"),
        (ALL_UNITS, "unit"),
    ):
        words |= {name: kind for name in names if name not in words}
    return words


def _is_constant(name, value):
    number = isinstance(value, Real) and not isinstance(value, (bool, Unit))
    return number and not name.startswith("_")


def _make_matcher(shell):
    @context_matcher(identifier=IDENTIFIER)
    def match_model_words(context):
        if not context.full_text.lstrip().startswith(MAGIC):
            return {"completions": [], "suppress": False}
        before = context.text_until_cursor
        if before.lstrip().startswith(MAGIC):
            return _complete(_OPTION.search(before).group(), dict.fromkeys(_options(), "section"))
        return _complete(_WORD.search(before).group(), find_words(context.full_text, shell.user_ns))

    return match_model_words


def _options():
    return [f"--{word}" for word in SECTIONS]


def _complete(fragment, words):
    return {
        "completions": [
            SimpleCompletion(text=word, type=kind)
            for word, kind in words.items()
            if word.startswith(fragment)
        ],
        "matched_fragment": fragment,
        "suppress": True,
        "ordered": True,
    }
