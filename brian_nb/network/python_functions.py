"""Functions in Python looked at from outside: their arguments, their source, the names they see."""

import ast
import builtins
import inspect
from collections.abc import Mapping
from types import FunctionType


def count_arguments(function):
    """Number of arguments that have to be given by position; None for ``*args``, or if unknown."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    if any(item.kind is item.VAR_POSITIONAL for item in parameters):
        return None
    return sum(item.kind in _POSITIONAL and item.default is item.empty for item in parameters)


def name_arguments(function):
    """Names of the arguments that a function takes by position, a tuple of str."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return ()
    return tuple(item.name for item in parameters if item.kind in _POSITIONAL)


def describe_function(function):
    """How messages name a function."""
    name = getattr(function, "__name__", type(function).__name__)
    return "a lambda" if name == "<lambda>" else f"{name}()"


_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def find_body(function):
    """What a function does, as Python's tree, found in its file or cell.

    Parameters
    ----------
    function : callable

    Returns
    -------
    list of ast.stmt or None
        The statements, a docstring left out; of a lambda, a ``return``. None where the source
        cannot be found, or the function takes arguments otherwise than by position.
    """
    if not isinstance(function, FunctionType) or _takes_more_than_positions(function):
        return None
    node = _find_node(function)
    if isinstance(node, ast.Lambda):
        return [ast.Return(node.body)]
    if node is None:
        return None
    return node.body[1:] if ast.get_docstring(node) is not None else node.body


def _takes_more_than_positions(function):
    code = function.__code__
    flags = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS | inspect.CO_GENERATOR
    flags |= inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
    is_wrapped = hasattr(function, "__wrapped__")
    return bool(
        code.co_flags & flags or code.co_kwonlyargcount or function.__defaults__ or is_wrapped
    )


def _find_node(function):
    """The definition of a function in the tree of its file or cell."""
    try:
        lines, _ = inspect.findsource(function)
        tree = ast.parse("".join(lines))
    except (OSError, TypeError, SyntaxError, ValueError, IndexError):
        return None
    kind = ast.Lambda if function.__name__ == "<lambda>" else ast.FunctionDef
    found = [item for item in ast.walk(tree) if type(item) is kind and _is_of(item, function)]
    return min(found, key=_measure, default=None)


def _is_of(node, function):
    """Whether a definition is where the code of a function comes from."""
    code = function.__code__
    arguments = tuple(item.arg for item in (*node.args.posonlyargs, *node.args.args))
    if arguments != code.co_varnames[: code.co_argcount]:
        return False
    start, end = (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)
    if isinstance(node, ast.FunctionDef):
        start = min([start, *((item.lineno, 0) for item in node.decorator_list)])
        if node.name != code.co_name or start[0] != code.co_firstlineno:
            return False
    places = [item for item in code.co_positions() if None not in item and item[3] > item[2]]
    return bool(places) and all(
        start <= (line, column) and (end_line, end_column) <= end
        for line, end_line, column, end_column in places
    )


def _measure(node):
    return node.end_lineno - node.lineno, node.end_col_offset - node.col_offset


class NamesAround(Mapping):
    """The names that a function sees with their present values: closures, globals, builtins.

    Parameters
    ----------
    function : FunctionType
    """

    def __init__(self, function):
        code = function.__code__
        self._cells = dict(zip(code.co_freevars, function.__closure__ or (), strict=True))
        self._globals = function.__globals__

    def __getitem__(self, name):
        if name in self._cells:
            try:
                return self._cells[name].cell_contents
            except ValueError:
                raise KeyError(name) from None  # not assigned yet
        if name in self._globals:
            return self._globals[name]
        return vars(builtins)[name]

    def __iter__(self):
        yield from dict.fromkeys((*self._cells, *self._globals, *vars(builtins)))

    def __len__(self):
        return sum(1 for _ in self)
