"""The caller's names: the only module that looks at a frame."""

import re
import sys
from collections import ChainMap
from functools import cache
from itertools import chain, compress, repeat
from operator import is_not
from types import FunctionType, ModuleType

import numpy as np

from brian_nb.diagnostics import Source
from brian_nb.network.base import NetworkObject
from brian_nb.preferences import declare_preference, get_global_preference
from brian_nb.star import find_name, names
from brian_nb.units import Quantity

_PACKAGE = "brian_nb"
_COMPREHENSIONS = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")
_FOREIGN_NAMES = re.compile(r"__\w+__|_+(i+)?\d*|_[iod]h|_exit_code|In|Out|exit|quit|get_ipython")
_CONTAINERS = (list, tuple, set, frozenset)
_WITHOUT_OBJECTS = (type, ModuleType, FunctionType, Quantity, np.ufunc, type(np.sum))
_MAX_CONTAINER = 10_000
_MAX_DEPTH = 4

declare_preference("magic_useframes", True, bool)


def caller_frame(level=0):
    """Frame of the code outside this package that called it, `level` calls further up.

    A comprehension is part of the code around it, though some versions of Python call it.
    """
    return _find_frames(level)[-1]


def caller_namespace(level=0):
    """Names visible to the caller: local ones before global ones."""
    frames = _find_frames(level)
    return ChainMap(*(dict(frame.f_locals) for frame in frames), frames[-1].f_globals)


def _find_frames(level):
    """The caller's frame, after those of comprehensions that it is in."""
    frames = _leave_comprehensions(_leave_package(sys._getframe(1)))
    for _ in range(level):
        frames = _leave_comprehensions(frames[-1].f_back or frames[-1])
    return frames


def _leave_comprehensions(frame):
    frames = [frame]
    while frame.f_code.co_name in _COMPREHENSIONS and frame.f_back:
        frame = _leave_package(frame.f_back)
        frames.append(frame)
    return frames


def _leave_package(frame):
    while frame.f_back and _is_inside(frame):
        frame = frame.f_back
    return frame


def describe_place(level=0):
    """Where the calling code stands, for messages: a cell of a notebook, or a file."""
    frame = caller_frame(level)
    name = frame.f_code.co_filename
    cell = _name_cell(frame)
    if cell or name.startswith("<"):
        return cell
    return f"{name.rpartition('/')[2]}, line {frame.f_lineno}"


def describe_cell():
    """The cell of a notebook that is being run, as its prompt names it, or "" outside one."""
    frame, cell = caller_frame(), ""
    while frame and not cell:
        cell, frame = _name_cell(frame), frame.f_back
    return cell


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
    objects of its own sees these; otherwise the globals count. With the preference
    ``magic_useframes=False`` the names of all its callers up to the script or cell count too.

    Returns
    -------
    dict of object to str
        Each object with the name under which it was found.
    """
    frame = caller_frame(level)
    if not get_global_preference("magic_useframes"):
        return _reachable_from_callers(frame, kind)
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
    namespace = dict(namespace)  # another thread may give names meanwhile
    found = {}
    for name in _list_own(namespace):
        value = namespace[name]
        if _may_hold_objects(type(value)) and not _FOREIGN_NAMES.fullmatch(name):
            _collect(value, name, kind, found, _MAX_DEPTH)
    return found


def collect_objects(value, kind):
    """Objects of a kind in a value: itself, or what containers and ``contained_objects`` hold."""
    found = {}
    _collect(value, "", kind, found, _MAX_DEPTH)
    return found


def _reachable_from_callers(frame, kind):
    found = reachable_in(frame.f_locals, kind)
    while frame.f_back and frame.f_locals is not frame.f_globals:
        found = reachable_in(frame.f_globals, kind) | found
        frame = frame.f_back
        found = reachable_in(frame.f_locals, kind) | found
    return found


def _list_own(namespace):
    """Names of a dictionary whose values are others than ``from brian_nb import *`` brought."""
    names, brought = list(namespace), _star_names()
    start = names.index(brought[0]) if brought[0] in namespace else 0
    if names[start : start + len(brought)] == brought:  # in one piece, as a rule
        expected = chain(repeat(None, start), _star_values().values(), repeat(None))
    else:
        expected = map(_star_values().get, names)
    return compress(names, map(is_not, namespace.values(), expected))


@cache
def _may_hold_objects(kind):
    if issubclass(kind, (*_CONTAINERS, dict)):
        return True
    return kind.__dictoffset__ != 0 and not issubclass(kind, _WITHOUT_OBJECTS)


@cache
def _star_names():
    return list(sys.modules[_PACKAGE].__all__)


@cache
def _star_values():
    """What is brought, by name; None for our own, of which some are objects."""
    foreign = names()
    return {name: find_name(name) if name in foreign else None for name in _star_names()}


def _is_inside(frame):
    module = frame.f_globals.get("__name__", "")
    return module == _PACKAGE or module.startswith(_PACKAGE + ".")


def _name_cell(frame):
    """Name of the cell that holds the code of a frame; its number as the traceback shows it."""
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module else None
    named = shell and shell.compile.format_code_name(frame.f_code.co_filename)
    return f"cell {named[1]}" if named else ""


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
