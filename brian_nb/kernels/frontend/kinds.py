"""What the names of generated source hold: an integer, a real number, a truth value, an array.

Nothing is declared in the source. A name holds the widest of all that is assigned to it in its
function: an integer that meets a real number becomes one, as in Python.
"""

import ast
from dataclasses import dataclass

from llvmlite import ir

from brian_nb.kernels.frontend.problems import refuse
from brian_nb.kernels.lanes import DOUBLE, INTEGER
from brian_nb.kernels.library import FORMULAS
from brian_nb.kernels.source import DTYPES

TRUTH = ir.IntType(1)
ZEROS = "zeros"
BINDERS = (*DTYPES, ZEROS)
_ORDER = (TRUTH, INTEGER, DOUBLE)


@dataclass(frozen=True)
class ArrayKind:
    """The array with number `slot`; `code` is the name of the function that binds it."""

    slot: int
    code: str

    @property
    def element(self):
        """Kind of an element that has been read."""
        return DOUBLE if self.code != ZEROS and DTYPES[self.code].kind == "f" else INTEGER


def join(*kinds):
    """The widest of some kinds; None is one that is not known yet."""
    known = {kind for kind in kinds if kind is not None}
    if len(known) < 2:
        return known.pop() if known else None
    if not known <= set(_ORDER):
        raise TypeError("one name stands for two arrays, or for an array and a number")
    return max(known, key=_ORDER.index)


class FunctionKinds:
    """Kinds of the names in one function, and of what it returns.

    Parameters
    ----------
    function : ast.FunctionDef
    arguments : sequence of kind
        One for each parameter.
    outer : FunctionKinds, optional
        Of the function around it, whose names it sees.

    Attributes
    ----------
    names : dict of str to kind
        Those that the function assigns, its parameters included.
    routines : dict of str to ast.FunctionDef
        Functions that it defines.
    result : kind
    """

    def __init__(self, function, arguments, outer=None):
        parameters = [item.arg for item in function.args.args]
        self.names = dict(zip(parameters, arguments, strict=True))
        self.outer = outer
        self.result = None
        statements = list(_list_statements(function.body))
        self.routines = {item.name: item for item in statements if _is_definition(item)}
        self._calls = {}
        before = None
        while before != (before := (dict(self.names), self.result)):
            for item in statements:
                self._read(item)

    def find(self, name):
        """Kind of a name here or further out; None if it is not known (yet)."""
        if name in self.names:
            return self.names[name]
        return self.outer.find(name) if self.outer else None

    def find_routine(self, name):
        """A function of the source and the scope that defines it, or None."""
        if name in self.routines:
            return self.routines[name], self
        return self.outer.find_routine(name) if self.outer else None

    def of(self, node):
        """Kind of an expression.

        Returns
        -------
        llvmlite.ir.Type, ArrayKind or None
            None while it depends on what is not known yet, and for what has no value.
        """
        reader = getattr(self, f"_of_{type(node).__name__.lower()}", None)
        return reader(node) if reader else refuse(node)

    def call(self, name, arguments):
        """Kinds in a function of the source that is called with some kinds.

        Returns
        -------
        FunctionKinds
        """
        key = name, tuple(arguments)
        if key not in self._calls:
            routine, scope = self.find_routine(name)
            found = FunctionKinds(routine, arguments, scope)
            if None in (found.result, *arguments):
                return found
            self._calls[key] = found
        return self._calls[key]

    def _read(self, item):
        if isinstance(item, ast.Assign):
            self._assign(item.targets[0], self.of(item.value))
        elif isinstance(item, ast.AugAssign) and isinstance(item.target, ast.Name):
            self._assign(item.target, self._of_binop(item, item.target, item.value))
        elif isinstance(item, ast.For):
            self._assign(item.target, INTEGER)
        elif isinstance(item, ast.Return):
            self.result = join(self.result, self.of(item.value))

    def _assign(self, target, kind):
        if isinstance(target, ast.Name):
            self.names[target.id] = join(self.names.get(target.id), kind)

    def _of_constant(self, node):
        if isinstance(node.value, bool):
            return TRUTH
        return DOUBLE if isinstance(node.value, float) else INTEGER

    def _of_name(self, node):
        return self.find(node.id)

    def _of_unaryop(self, node):
        kind = self.of(node.operand)
        return TRUTH if isinstance(node.op, ast.Not) else join(kind, kind and INTEGER)

    def _of_binop(self, node, left=None, right=None):
        kinds = [self.of(item) for item in (left or node.left, right or node.right)]
        if isinstance(node.op, ast.Div):
            return DOUBLE
        if isinstance(node.op, ast.BitAnd | ast.BitOr | ast.BitXor):
            return join(*kinds)
        return None if None in kinds else join(INTEGER, *kinds)

    def _of_compare(self, node):
        return TRUTH

    _of_boolop = _of_compare

    def _of_ifexp(self, node):
        return join(self.of(node.body), self.of(node.orelse))

    def _of_subscript(self, node):
        array = self.of(node.value)
        return array and array.element

    def _of_call(self, node):
        name = node.func.id
        if name in BINDERS:
            return ArrayKind(node.args[1].value, name)
        if name in FORMULAS or name in ("float", "call_native") or name.endswith("_at"):
            return DOUBLE
        if name == "int":
            return INTEGER
        kinds = [self.of(item) for item in node.args]
        if name in ("min", "max", "abs"):
            return join(*kinds)
        return self.call(name, kinds).result if self.find_routine(name) else None


def _list_statements(body):
    """All statements of a function, those of the functions in it left out."""
    for item in body:
        yield item
        if not _is_definition(item):
            for part in ("body", "orelse"):
                yield from _list_statements(getattr(item, part, []))


def _is_definition(item):
    return isinstance(item, ast.FunctionDef)
