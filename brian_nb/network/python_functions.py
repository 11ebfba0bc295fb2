"""A function in Python as an expression, where its source says no more than an expression can.

Nothing is called or executed: the source is found in its file or cell, and read.
"""

import ast
import builtins
import inspect
from collections import ChainMap
from types import FunctionType, MethodType

import numpy as np

from brian_nb.diagnostics import Source
from brian_nb.equations.expressions import FUNCTIONS, parse_expression
from brian_nb.equations.namespace import NOISE, TIME, Resolver
from brian_nb.errors import BrianError

_SAME_AS_BUILTIN = {"abs": abs}


def count_arguments(function):
    """Number of arguments that have to be given by position; None for ``*args``, or if unknown."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    if any(item.kind is item.VAR_POSITIONAL for item in parameters):
        return None
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(item.kind in kinds and item.default is item.empty for item in parameters)


def name_arguments(function):
    """Names of the arguments that a function takes by position, a tuple of str."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return ()
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return tuple(item.name for item in parameters if item.kind in kinds)


def describe_function(function):
    """How messages name a function."""
    name = getattr(function, "__name__", type(function).__name__)
    return "a lambda" if name == "<lambda>" else f"{name}()"


def read_function(function, variables, system):
    """Read a function of state variables as an expression.

    Parameters
    ----------
    function : callable
        A lambda, or a ``def`` whose body is one ``return``.
    variables : sequence of str
        The variable that each of its arguments stands for.
    system : EquationSystem

    Returns
    -------
    Expression
    dict of str to Quantity or float
        Values that the function finds around it, as they are now.
    None
        Instead of both, where it has to be called.
    """
    body = _find_body(function)
    if body is None:
        return None
    around = _names_around(function)
    text = ast.unparse(_Equations(around).visit(body))
    own = dict(zip(name_arguments(function), variables, strict=True))
    taken = {*system.variables, *system.aliases, *(item.name for item in system.statics)}
    resolver = Resolver(own, around, dict(system.constants), taken=taken)
    try:
        expression = parse_expression(Source(text, describe_function(function)))
        if not _means_the_same(text, own, around):
            return None
        expression = resolver.resolve(expression)
        resolver.problems.raise_all()
    except BrianError:
        return None
    new = {k: v for k, v in resolver.constants.items() if k not in system.constants}
    return expression, new


def _find_body(function):
    """The expression that a function returns, as Python's tree; None if it does more."""
    if not isinstance(function, FunctionType) or _takes_more_than_positions(function):
        return None
    node = _find_node(function)
    if isinstance(node, ast.Lambda):
        return node.body
    if node is None:
        return None
    statements = node.body[1:] if ast.get_docstring(node) is not None else node.body
    if len(statements) == 1 and isinstance(statements[0], ast.Return):
        return statements[0].value
    return None


def _takes_more_than_positions(function):
    flags = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS | inspect.CO_GENERATOR
    return bool(
        function.__code__.co_flags & flags
        or function.__code__.co_kwonlyargcount
        or function.__defaults__
        or hasattr(function, "__wrapped__")
    )


def _find_node(function):
    """The definition of a function in the tree of its file or cell."""
    try:
        lines, _ = inspect.findsource(function)
        tree = ast.parse("".join(lines))
    except (OSError, TypeError, SyntaxError, ValueError):
        return None
    kind = ast.Lambda if function.__name__ == "<lambda>" else ast.FunctionDef
    found = [item for item in ast.walk(tree) if type(item) is kind and _is_of(item, function)]
    return min(found, key=_length, default=None)


def _is_of(node, function):
    """Whether a definition is where the code of a function comes from."""
    code = function.__code__
    arguments = tuple(item.arg for item in (*node.args.posonlyargs, *node.args.args))
    if arguments != code.co_varnames[: code.co_argcount]:
        return False
    start, end = (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)
    if isinstance(node, ast.FunctionDef):
        start = min([start, *((item.lineno, 0) for item in node.decorator_list)])
        if node.name != function.__name__ or start[0] != code.co_firstlineno:
            return False
    places = [item for item in code.co_positions() if None not in item and item[3] > item[2]]
    return bool(places) and all(
        start <= (line, column) and (end_line, end_column) <= end
        for line, end_line, column, end_column in places
    )


def _length(node):
    return node.end_lineno - node.lineno, node.end_col_offset - node.col_offset


def _names_around(function):
    """Names that a function sees: of the functions around it, global ones, builtins."""
    closure = {}
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            closure[name] = cell.cell_contents
        except ValueError:
            continue  # not assigned yet
    return ChainMap(closure, function.__globals__, vars(builtins))


class _Equations(ast.NodeTransformer):
    """Writes what is said for arrays as equations say it: ``np.exp`` as ``exp``, ``&`` as ``and``."""

    def __init__(self, around):
        self._around = around

    def visit_Attribute(self, node):
        if isinstance(node.value, ast.Name) and self._around.get(node.value.id) is np:
            meant = getattr(np, node.attr, None)
            if self._around.get(node.attr, meant) is meant:
                return ast.Name(node.attr, node.ctx)
        return node

    def visit_BinOp(self, node):
        self.generic_visit(node)
        operator = _LOGICAL.get(type(node.op))
        return ast.BoolOp(operator(), [node.left, node.right]) if operator else node

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        return ast.UnaryOp(ast.Not(), node.operand) if isinstance(node.op, ast.Invert) else node


_LOGICAL = {ast.BitAnd: ast.And, ast.BitOr: ast.Or}


def _means_the_same(text, own, around):
    """Whether the names that equations know mean for the function what they mean in equations."""
    tree = ast.parse(text, mode="eval")
    called = {item.func.id for item in ast.walk(tree) if isinstance(item, ast.Call)}
    names = {item.id for item in ast.walk(tree) if isinstance(item, ast.Name)}
    if (names - called) & {TIME, NOISE}:
        return False
    return all(
        name in FUNCTIONS and not FUNCTIONS[name].is_random and _is_known(name, around)
        for name in called - own.keys()
    )


def _is_known(name, around):
    found = around.get(name, getattr(np, name, None))
    known = (getattr(np, name, None), _SAME_AS_BUILTIN.get(name))
    return not isinstance(found, MethodType) and any(found is item for item in known if item)
