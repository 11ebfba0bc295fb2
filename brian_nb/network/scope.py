"""The caller's names: the only module that looks at a frame."""

import re
import sys
from collections import ChainMap
from functools import cache

from brian_nb.diagnostics import Source
from brian_nb.network.base import NetworkObject
from brian_nb.star import find_name, names

_PACKAGE = "brian_nb"
_IPYTHON_NAMES = re.compile(r"_+(i+)?\d*|_[iod]h|_exit_code|In|Out|exit|quit|get_ipython")
_CONTAINERS = (list, tuple, set, frozenset)
_MAX_CONTAINER = 10_000
_MAX_DEPTH = 4


def caller_frame(level=0):
    """Frame of the code outside this package that called it, `level` frames further up."""
    frame = sys._getframe(1)
    while frame.f_back and _is_inside(frame):
        frame = frame.f_back
    for _ in range(level):
        frame = frame.f_back or frame
    return frame


def caller_namespace(level=0):
    """Names visible to the caller: local ones before global ones."""
    frame = caller_frame(level)
    return ChainMap(dict(frame.f_locals), frame.f_globals)


def describe_place(level=0):
    """Where the calling code stands, for messages: a cell of a notebook, or a file."""
    frame = caller_frame(level)
    name = frame.f_code.co_filename
    shell = _running_shell()
    if shell and (name.startswith("<ipython-input") or "ipykernel_" in name):
        return f"cell In[{shell.execution_count}]"
    if name.startswith("<"):
        return ""
    return f"{name.rpartition('/')[2]}, line {frame.f_lineno}"


def as_source(text, what, level=0):
    """A text with the place where it was typed: where the caller stands, unless it knows better.

    Parameters
    ----------
    text : str or Source
    what : str
        What it is, such as "threshold".
    level : int
    """
    if isinstance(text, Source):
        return text
    place = describe_place(level)
    return Source(text, f"{place}, {what}" if place else what)


def find_reachable(kind, level=0):
    """Objects of a kind that the caller can reach by name.

    Containers, values of dictionaries and attributes listed in an object's ``contained_objects``
    are followed. What only IPython's history holds does not count. A function that has such
    objects of its own sees these; otherwise the globals count.

    Returns
    -------
    dict of object to str
        Each object with the name under which it was found.
    """
    frame = caller_frame(level)
    found = reachable_in(frame.f_locals, kind)
    if not found and frame.f_locals is not frame.f_globals:
        found = reachable_in(frame.f_globals, kind)
    return found


def label_objects(objects):
    """Give objects that have no label yet the name under which the caller can reach them."""
    nameless = [item for item in objects if not item.label]
    if nameless:
        names = find_reachable(NetworkObject)
        for item in nameless:
            item.label = names.get(item, "")


def reachable_in(namespace, kind):
    """Objects of a kind in a mapping of names, each with its name.

    A user may give an object the name of one of the thousands of things that
    ``from brian_nb import *`` brings, like `half`; only these things themselves are passed over.
    """
    star = _star_values()
    own = [name for name, value in list(namespace.items()) if star.get(name) is not value]
    found = {}
    for name in own:
        if not _IPYTHON_NAMES.fullmatch(name):
            _collect(namespace[name], name, kind, found, _MAX_DEPTH)
    return found


@cache
def _star_values():
    return {name: find_name(name) for name in names()}


def _is_inside(frame):
    module = frame.f_globals.get("__name__", "")
    return module == _PACKAGE or module.startswith(_PACKAGE + ".")


def _running_shell():
    module = sys.modules.get("IPython")
    return module.get_ipython() if module else None


def _collect(value, name, kind, found, depth):
    if isinstance(value, kind):
        found.setdefault(value, name)
    if depth == 0:
        return
    for part_name, part in _parts_of(value, name):
        _collect(part, part_name, kind, found, depth - 1)


def _parts_of(value, name):
    if isinstance(value, _CONTAINERS) and len(value) <= _MAX_CONTAINER:
        return [(f"{name}[{k}]", part) for k, part in enumerate(value)]
    if isinstance(value, dict) and len(value) <= _MAX_CONTAINER:
        return [(f"{name}[{key!r}]", part) for key, part in list(value.items())]
    if isinstance(value, type):
        return []
    contained = vars(value).get("contained_objects", ()) if hasattr(value, "__dict__") else ()
    return [(f"{name}.contained_objects[{k}]", part) for k, part in enumerate(contained)]
