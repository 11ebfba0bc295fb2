"""A Python function of the user -> the tree of its source, and the values that it can see."""

import ast
import builtins
import inspect
from functools import lru_cache
from types import FunctionType, ModuleType

from brian_nb.units.reductions import REDUCTIONS

_CHECKED = "brian_nb.units.checking"
"""Module whose decorator checks units and changes nothing else."""


class Untranslatable(Exception):
    """A function, or a part of it, that only Python can compute; the message says why."""


class FunctionSource:
    """A function whose source has been found.

    Parameters
    ----------
    function : callable
    name : str
        What its caller calls it.

    Attributes
    ----------
    function : function
        The one that was written, behind decorators that change nothing.
    code : code
    parameters : list of str
    defaults : dict of str to object
    body : list of ast.stmt

    Raises
    ------
    Untranslatable
        It is no plain Python function, or there is no source.
    """

    def __init__(self, function, name):
        self.function = _require_plain(function)
        self.name = name
        self.code = self.function.__code__
        node = _find_node(self.code)
        self.body = [ast.Return(node.body)] if isinstance(node, ast.Lambda) else node.body
        self._read_parameters(node.args)

    def find_value(self, path):
        """Value that a name which is not local has for the function now.

        Parameters
        ----------
        path : str
            A name, or that of something within modules, such as ``np.random.rand``.

        Raises
        ------
        Untranslatable
            It has none, or it is within something else than a module.
        """
        name, *members = path.split(".")
        value = self._find_name(name)
        for member in members:
            if not isinstance(value, ModuleType) or not hasattr(value, member):
                raise Untranslatable(f"it contains `{path}`")
            value = getattr(value, member)
        return value

    def _find_name(self, name):
        cells = self.function.__closure__ or ()
        enclosed = dict(zip(self.code.co_freevars, cells, strict=True))
        try:
            if name in enclosed:
                return enclosed[name].cell_contents
            if name in self.function.__globals__:
                return self.function.__globals__[name]
            return getattr(builtins, name)
        except (AttributeError, ValueError):
            raise Untranslatable(f"it uses {name}, which has no value yet") from None

    def bind(self, n_args):
        """Names of the parameters that so many arguments are for, and the values of the others.

        Returns
        -------
        list of str, dict of str to object

        Raises
        ------
        Untranslatable
            The numbers do not fit.
        """
        given, missing = self.parameters[:n_args], self.parameters[n_args:]
        if n_args > len(self.parameters) or any(name not in self.defaults for name in missing):
            raise Untranslatable(f"{self.name}() takes another number of arguments")
        return given, {name: self.defaults[name] for name in missing}

    def __reduce__(self):
        """Copies and pickles look the source up again; code cannot be pickled."""
        return FunctionSource, (self.function, self.name)

    def _read_parameters(self, args):
        if args.vararg or args.kwarg or args.kwonlyargs:
            raise Untranslatable("it takes arguments by * or by keyword")
        self.parameters = [item.arg for item in (*args.posonlyargs, *args.args)]
        defaults = self.function.__defaults__ or ()
        self.defaults = dict(zip(self.parameters[::-1], defaults[::-1], strict=False))


def find_plain(function):
    """The function written by the user, behind decorators that do not change what it computes.

    Returns
    -------
    function or None
        None where it is none of Python, or one that the star import has in the place of such a one.
    """
    while _is_wrapped(function):
        function = function.__wrapped__
    return function if isinstance(function, FunctionType) and function not in REDUCTIONS else None


def _require_plain(function):
    plain = find_plain(function)
    if plain is None:
        name = getattr(function, "__name__", type(function).__name__)
        raise Untranslatable(f"{name} is no plain Python function")
    return plain


def _is_wrapped(function):
    """Whether a decorator of Numba, or one that checks units, stands around a function."""
    if not hasattr(function, "__wrapped__"):
        return False
    if isinstance(function, FunctionType):
        return function.__globals__.get("__name__") == _CHECKED
    return type(function).__module__.startswith("numba.") and _is_double(function)


def _is_double(function):
    """Whether what Numba made takes and gives numbers in double precision."""
    kinds = getattr(function, "types", None) or ["d->d"]
    gives = getattr(function, "signature", None) is None  # else it fills an array that it is given
    return gives and any(set(kind) == {*"d->"} for kind in kinds)


def _find_node(code):
    try:
        lines, _ = inspect.findsource(code)
        tree = _parse("".join(lines))
    except (OSError, SyntaxError, TypeError, ValueError):
        raise Untranslatable("its source cannot be found") from None
    found = [node for node in ast.walk(tree) if _may_be(node, code)]
    if not found:
        raise Untranslatable("its source cannot be found")
    return min(found, key=_extent)


@lru_cache(maxsize=4)
def _parse(text):
    return ast.parse(text)


def _may_be(node, code):
    """Whether a node is the definition that some code was compiled from."""
    if isinstance(node, ast.FunctionDef):
        first = min([node.lineno, *(item.lineno for item in node.decorator_list)])
        if node.name != code.co_name or first != code.co_firstlineno:
            return False
    elif not isinstance(node, ast.Lambda) or not _holds_code(node.body, code):
        return False
    names = [item.arg for item in (*node.args.posonlyargs, *node.args.args)]
    return names == list(code.co_varnames[: code.co_argcount])


def _holds_code(body, code):
    """Whether all instructions of a lambda come from a body."""
    if code.co_name != "<lambda>":
        return False
    start, end = (body.lineno, body.col_offset), (body.end_lineno, body.end_col_offset)
    places = [
        ((line, column), (last_line, last_column))
        for line, last_line, column, last_column in code.co_positions()
        if line is not None and column is not None and last_column
    ]
    return bool(places) and all(start <= first and last <= end for first, last in places)


def _extent(node):
    return node.end_lineno - node.lineno, node.end_col_offset - node.col_offset
