"""Lets a ``%%brian`` cell without a body reach its magic, which can say what is missing.

IPython itself refuses a cell magic without a body, in words that do not help the author of a model.
"""

import re

from brian_nb.magics.line import MAGIC

_HEAD = re.compile(rf"{MAGIC}(?:\s|$)")


def add_transform(shell):
    """Let a shell give an empty body a blank line."""
    remove_transform(shell)
    shell.input_transformers_cleanup.insert(0, _add_blank_line)


def remove_transform(shell):
    """Take it back."""
    transforms = shell.input_transformers_cleanup
    transforms[:] = [item for item in transforms if item is not _add_blank_line]


def _add_blank_line(lines):
    written = [line for line in lines if line.strip()]
    if len(written) == 1 and _HEAD.match(written[0]):
        return [*lines, "\n"]
    return lines
