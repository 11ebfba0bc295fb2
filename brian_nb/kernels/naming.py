"""Source under names of its own: equal structures have equal text, whatever the user's names.

Generated source calls a value of the user's `v` something like ``x_v``, for whoever reads it.
Machine code does not know names. With names by order of appearance, and without comments, a model
that was compiled once is found again under any other names.
"""

import builtins
import keyword
import re

from brian_nb.kernels.reference import VOCABULARY

_COMMENT = re.compile(r"[ ]*#[^\n]*")
_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*")
_ARGUMENTS = ("advance", "A", "thread", "n_threads")
_KEPT = frozenset({*keyword.kwlist, *dir(builtins), *VOCABULARY, *_ARGUMENTS})


def rename(source):
    """Put names by order of appearance in the place of all names that a source defines.

    Parameters
    ----------
    source : str
        For `compile.compile_kernel`. A source with quotes is left as it is: names cannot be told
        from text there.

    Returns
    -------
    str
        Means the same; equal for sources that differ in names and comments only.
    """
    if '"' in source or "'" in source:
        return source
    names: dict[str, str] = {}

    def replace(match):
        name = match[0]
        return name if name in _KEPT else names.setdefault(name, f"n_{len(names)}")

    return _NAME.sub(replace, _COMMENT.sub("", source))
