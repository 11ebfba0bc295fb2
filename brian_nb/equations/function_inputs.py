"""A Python function -> the numbers and arrays that its values come from, beside its arguments.

A function that uses nothing else, and changes nothing, can be computed ahead of time.
"""

import ast
import builtins
from functools import partial
from types import FunctionType, ModuleType

import numpy as np

from brian_nb.equations.function_source import FunctionSource, Untranslatable
from brian_nb.equations.tables import Tabulate
from brian_nb.units.reductions import REDUCTIONS

_PURE_BUILTINS = {
    getattr(builtins, name)
    for name in (
        "abs all any bool complex dict divmod enumerate float int isinstance len list map max min "
        "pow range reversed round set slice sorted sum tuple zip"
    ).split()
} | {*REDUCTIONS}
_PURE_MODULES = ("math", "numpy", "scipy")
_DRAWING = ("numpy.random", "scipy.stats")
IMPURE_NODES = (
    *(ast.Global, ast.Nonlocal, ast.Yield, ast.YieldFrom, ast.Await, ast.Import, ast.ImportFrom),
    *(ast.With, ast.AsyncWith, ast.AsyncFor, ast.ClassDef, ast.Delete),
)


def find_inputs(function):
    """What the values of a function come from.

    Parameters
    ----------
    function : callable

    Returns
    -------
    callable or None
        Gives the numbers and arrays as they are now, a list of float64[...]; None where the
        function may use or change something else, such as the state of a group or random numbers.
    """
    try:
        readers = _Search().list_readers(FunctionSource(function, "function"))
        find_values = partial(_read_all, readers)
        find_values()
    except (TypeError, Untranslatable, ValueError):  # lists may hold something else than numbers
        return None
    return find_values


def _read_all(readers):
    return [np.array(read(), dtype=np.float64) for read in readers]


class _Search:
    """Goes through a function and those that it calls."""

    def __init__(self):
        self._done = set()

    def list_readers(self, source):
        """A function for each number or array, that gives it."""
        if source.code in self._done:
            return []
        self._done.add(source.code)
        readers = []
        for statement in source.body:
            for node in ast.walk(statement):
                if isinstance(node, IMPURE_NODES):
                    raise Untranslatable(f"it contains `{ast.unparse(node)}`")
        local = set(source.parameters) | find_local_names(source.body)
        for statement in source.body:
            readers += self._visit(statement, source, local)
        return readers

    def _visit(self, node, source, local):
        if isinstance(node, ast.Attribute):
            return self._visit_attribute(node, source, local)
        if isinstance(node, ast.Name):
            known = node.id in local or isinstance(node.ctx, ast.Store)
            return [] if known else self._read(node.id, source)
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            base = node.value
            if not isinstance(base, ast.Name) or base.id not in local:
                raise Untranslatable("it changes an array")
        readers = []
        for part in ast.iter_child_nodes(node):
            readers += self._visit(part, source, local)
        return readers

    def _visit_attribute(self, node, source, local):
        if isinstance(node.ctx, ast.Store):
            raise Untranslatable("it changes an object")
        path, base = [node.attr], node.value
        while isinstance(base, ast.Attribute):
            path.insert(0, base.attr)
            base = base.value
        if not isinstance(base, ast.Name) or base.id in local:
            return self._visit(base, source, local)
        value = source.find_value(base.id)
        if isinstance(value, ModuleType):
            for name in path:
                value = getattr(value, name, None)
            return self._examine(value, lambda: value)
        if isinstance(value, np.ndarray):
            return self._examine(value, lambda: source.find_value(base.id))
        if path == ["dt"] and hasattr(value, "timebase"):  # a clock
            return [lambda: source.find_value(base.id).timebase.dt]
        raise Untranslatable(f"it uses {base.id}")

    def _read(self, name, source):
        return self._examine(source.find_value(name), lambda: source.find_value(name))

    def _examine(self, value, read):
        """How to read a value that the function uses; nothing for functions that are pure."""
        if isinstance(value, Tabulate):
            return [lambda: read().table]
        if isinstance(value, (int, float, np.ndarray, np.generic, tuple, list)):
            return [read]
        if is_pure(value):
            return []
        if isinstance(value, FunctionType):
            return self.list_readers(FunctionSource(value, "function"))
        raise Untranslatable(f"it uses {value!r}")


def is_pure(value):
    """Whether a value is a function of Python or of a library that only computes something."""
    try:
        if value in _PURE_BUILTINS:
            return True
    except TypeError:  # not hashable
        return False
    module = getattr(value, "__module__", None) or ""
    if isinstance(value, np.ufunc):
        return True
    is_library = module.partition(".")[0] in _PURE_MODULES
    return callable(value) and is_library and not module.startswith(_DRAWING)


def find_local_names(body):
    """Names that statements assign, and those of functions within them, a set of str."""
    found = set()
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
            elif isinstance(node, ast.arg):
                found.add(node.arg)
            elif isinstance(node, ast.FunctionDef):
                found.add(node.name)
    return found
