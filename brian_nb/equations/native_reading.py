"""A Python function -> the same for Numba: what it finds around it is looked up at each call.

Numba takes numbers and arrays around a function to be constant. Here the source is rewritten so
that each of them is read from memory where it enters, and array elements where they are.
"""

import ast
from dataclasses import dataclass, field
from types import ModuleType

import numpy as np

from brian_nb.equations.function_inputs import (
    IMPURE_NODES,
    find_local_names,
    is_pure,
)
from brian_nb.equations.function_source import FunctionSource, Untranslatable, find_plain
from brian_nb.equations.native_inputs import find_kind, is_fixed, make_input
from brian_nb.units.reductions import REDUCTIONS

FUNCTION = "function"
"""What each rewritten function is called in its source."""

PREFIX = "brian_nb_"
MAX_DEPTH = 1000
"""Calls of a function within itself, as many as Python allows by default; each takes some stack."""

_DEPTH, _ITSELF = f"{PREFIX}depth", f"{PREFIX}itself"
_REFUSED_NODES = (*IMPURE_NODES, ast.Try, ast.Raise, ast.Assert, ast.Starred)
_TAKES_LISTS = (sum, any, all, min, max, sorted, *REDUCTIONS)
"""Functions to which a list is what a generator is."""

_WRITERS = ("ascontiguousarray", "asfortranarray", "fill_diagonal", "flat")
"""What gives an array of the user's away to be written to, unnoticed by Numba."""


@dataclass
class NativeFunction:
    """A rewritten function.

    Parameters
    ----------
    node : ast.FunctionDef
    names : dict of str to object
        What it finds around it: modules, known functions, and each `Input` or `NativeFunction`
        under the name of the function that gives it.
    defaults : tuple
        Values of its last parameters.
    is_recursive : bool
    """

    node: ast.FunctionDef | None = None
    names: dict = field(default_factory=dict)
    defaults: tuple = ()
    is_recursive: bool = False


@dataclass
class NativeReading:
    """What `read_function` gives.

    Parameters
    ----------
    called : NativeFunction or callable
        The function itself; a library's own is called as it is.
    given : list of str
        Names of its arguments.
    plain : callable
        What Python would call, without decorators.
    inputs : list of Input
        Numbers and arrays that it, and those that it calls, find around them.
    """

    called: object
    given: list
    plain: object
    inputs: list = field(default_factory=list)

    @property
    def kinds(self):
        """What has to be as it is for compiled code to stay right; hashable."""
        return tuple((item.path, item.kind) for item in self.inputs)

    def list_lengths(self):
        """Lengths of the arrays among the inputs."""
        return sorted({length for item in self.inputs for length in item.shape})

    def refresh(self):
        """Take over what the inputs are now; False where they are of another kind."""
        return all([item.refresh() for item in self.inputs])


def read_function(function, name, n_args):
    """Prepare a function for Numba.

    Parameters
    ----------
    function : callable
    name : str
        What its caller calls it.
    n_args : int
        Arguments of a call.

    Returns
    -------
    NativeReading

    Raises
    ------
    Untranslatable
        It may change something, or draw, or uses what is neither a number, an array nor a
        function.
    """
    if find_plain(function) is None and is_pure(function):
        return NativeReading(function, [""] * n_args, function)
    source = FunctionSource(function, name)
    given, _ = source.bind(n_args)
    reading = NativeReading(None, given, source.function)
    reading.called = _Rewriter(source, reading.inputs, ()).rewrite()
    return reading


class _Rewriter(ast.NodeTransformer):
    """Rewrites one function, and those that it calls.

    Parameters
    ----------
    source : FunctionSource
    inputs : list of Input
        Extended.
    within : tuple of function
        Those that call it.
    """

    def __init__(self, source, inputs, within):
        self._source, self._inputs = source, inputs
        self._within = (*within, source.function)
        self._local = {*source.parameters, *find_local_names(source.body)}
        self._made, self._stands_for = NativeFunction(), {}

    def rewrite(self):
        """The function, a `NativeFunction`."""
        body = ast.parse(ast.unparse(ast.Module(self._source.body, []))).body
        for node in ast.walk(ast.Module(body, [])):
            if isinstance(node, _REFUSED_NODES):
                raise Untranslatable(f"it contains `{ast.unparse(node).splitlines()[0]}`")
        made, names = self._made, list(self._source.parameters)
        body = [self.visit(item) for item in body]
        defaults = self._source.defaults
        made.defaults = tuple(_read_default(defaults[item]) for item in names if item in defaults)
        if made.is_recursive:
            names.append(_DEPTH)
            made.defaults += (0,)
            body = [*_parse(f"if {_DEPTH} > {MAX_DEPTH}: raise RecursionError"), *body]
        reads = [item for name in self._stands_for.values() for item in _read(name, made.names)]
        (made.node,) = _parse(f"def {FUNCTION}({', '.join(names)}): pass")
        made.node.body = reads + body
        return made

    # -- one method for each kind of node that is changed --------------------------------------

    def visit_Name(self, node):  # noqa: N802
        if isinstance(node.ctx, ast.Load) and node.id not in self._local:
            return self._stand_in(node, node.id)
        return node

    def visit_Attribute(self, node):  # noqa: N802
        if not isinstance(node.ctx, ast.Load):
            raise Untranslatable("it changes an object")
        if node.attr in _WRITERS:
            raise Untranslatable(f"it uses {node.attr}")
        path = ast.unparse(node)
        root, _, rest = path.partition(".")
        if rest and root.isidentifier() and root not in self._local:
            if self._is_in_modules(node.value):
                return self._stand_in(node, path)
        return self.generic_visit(node)

    def visit_BinOp(self, node):  # noqa: N802
        """Powers of whole numbers may be fractions, which Numba would round."""
        exponent = getattr(node.right, "value", None)
        node = self.generic_visit(node)
        if isinstance(node.op, ast.Pow) and not isinstance(exponent, int):
            node.left = ast.BinOp(ast.Constant(1.0), ast.Mult(), node.left)
        return node

    def visit_Call(self, node):  # noqa: N802
        function = self._find_function(node.func)
        if function is not None and find_plain(function) is self._source.function:
            self._made.is_recursive = True
            self._made.names[_ITSELF] = self._made
            depth = ast.keyword(_DEPTH, _parse(f"{_DEPTH} + 1")[0].value)
            args = [self.visit(item) for item in node.args]
            keywords = [self.visit(item) for item in node.keywords]
            return ast.Call(ast.Name(_ITSELF, ast.Load()), args, [*keywords, depth])
        if len(node.args) == 1 and any(function is item for item in _TAKES_LISTS):
            (items,) = node.args
            if isinstance(items, ast.GeneratorExp):  # Numba has none
                node.args = [ast.ListComp(items.elt, items.generators)]
        return self.generic_visit(node)

    # -- what stands for values from outside ---------------------------------------------------

    def _is_in_modules(self, node):
        """Whether a node stands for a module, also within others."""
        try:
            return isinstance(self._source.find_value(ast.unparse(node)), ModuleType)
        except Untranslatable:
            return False

    def _stand_in(self, node, path):
        """The node that stands for a value from outside."""
        if path not in self._stands_for:
            name = f"{PREFIX}{len(self._stands_for)}_{path.replace('.', '_')}"
            self._enter(self._source.find_value(path), path, name)
            self._stands_for[path] = name
        return ast.Name(self._stands_for[path], ast.Load())

    def _enter(self, value, path, name):
        """Provide what has a name in the rewritten function."""
        names = self._made.names
        if is_fixed(value):
            names[name] = float(value)
        elif find_kind(value) is not None:
            names[f"{name}_read"] = make_input(self._source, path, value)
            self._inputs.append(names[f"{name}_read"])
        elif is_pure(value) and getattr(value, "__name__", "") not in _WRITERS:
            names[name] = value
        else:
            names[name] = self._rewrite_function(value, path)

    def _rewrite_function(self, value, path):
        function = find_plain(value)
        if function is None:
            raise Untranslatable(f"it uses {path}")
        if function in self._within:
            raise Untranslatable("it calls itself by way of another function")
        return _Rewriter(FunctionSource(value, path), self._inputs, self._within).rewrite()

    def _find_function(self, node):
        """The function that a call calls, where it is not a local one."""
        path = ast.unparse(node)
        if not isinstance(node, ast.Name | ast.Attribute) or path.partition(".")[0] in self._local:
            return None
        try:
            return self._source.find_value(path)
        except Untranslatable:
            return None


def _read_default(value):
    kind = find_kind(value)
    if kind is None or kind[0] != "number":
        raise Untranslatable(f"it has {value!r} as a default")
    return np.dtype(kind[1]).type(value).item()


def _read(name, names):
    return _parse(f"{name} = {name}_read()") if f"{name}_read" in names else []


def _parse(text):
    return ast.parse(text).body
