"""Calls of a Python function -> one expression, where the function is made of expressions.

The function is read, never run: assignments of local names, conditions and what is returned are
put together. What cannot be read so is left to `routine_reading`, or to Python.
"""

import ast
import math

import numpy as np

from brian_nb.equations.externals import Table, read_table
from brian_nb.equations.function_source import Untranslatable
from brian_nb.equations.known_functions import make_condition
from brian_nb.equations.nodes import Binary, Call, Choice, Compare, Logical, Number, Unary
from brian_nb.equations.parsing import ARITHMETIC, BITWISE, COMPARISON, LOGICAL
from brian_nb.equations.walking import is_condition, measure
from brian_nb.units import Unit, get_dimension

MAX_SIZE = 400
"""Parts of an expression that replaces a call; larger functions become routines."""

_NUMBERS = (int, float, np.integer, np.floating, np.bool_)


def inline_call(source, args, calls, span=None, within=()):
    """The expression of a function at some arguments.

    Parameters
    ----------
    source : FunctionSource
    args : sequence of Expression
    calls : FunctionCalls
        Takes up the numbers and tables that the function uses.
    span : Span, optional
        Place of the call, for messages.
    within : tuple of code
        Of the functions that this call is inside of.

    Returns
    -------
    Expression

    Raises
    ------
    Untranslatable
        The function cannot be written as one expression, or it would be too long.
    """
    reader = FunctionReader(source, calls, span, within)
    result = _Inliner(reader).run(source.body, reader.begin(args))
    if measure(result)[0] > MAX_SIZE:
        raise Untranslatable("it would be a long expression")
    return result


class FunctionReader:
    """Reads the expressions in the source of a function.

    Parameters
    ----------
    source, calls, span, within
        See `inline_call`.
    """

    def __init__(self, source, calls, span=None, within=()):
        if source.code in within:
            raise Untranslatable("it calls itself")
        self.source, self.calls, self.span = source, calls, span
        self._within = (*within, source.code)

    def begin(self, args):
        """Local names of the function when it is called with some arguments."""
        given, others = self.source.bind(len(args))
        return dict(zip(given, args, strict=True)) | {
            name: self.enter_value(name, value) for name, value in others.items()
        }

    def read(self, node, local):
        """An expression of the function.

        Parameters
        ----------
        node : ast.expr
        local : mapping of str to Expression
            Values of local names.

        Raises
        ------
        Untranslatable
        """
        reader = getattr(self, f"_read_{type(node).__name__.lower()}", None)
        if reader is None:
            raise Untranslatable(f"it contains `{ast.unparse(node)}`")
        return reader(node, local)

    def read_condition(self, node, local):
        """An expression of the function that is true or false."""
        return make_condition(self.read(node, local), self.span)

    def enter_value(self, name, value, path=None):
        """A value that the function sees from outside, as an expression.

        Parameters
        ----------
        name : str
        value : object
        path : str, optional
            Where the function finds it, see `FunctionSource.find_value`; None for the value that
            an argument has by default.
        """
        if isinstance(value, Unit):
            return Number(float(value), get_dimension(value), self.span)
        if isinstance(value, (bool, int)) or (type(value) is float and value == math.pi):
            return Number(float(value), span=self.span)
        is_array = isinstance(value, np.ndarray) and read_table(value) is None
        if isinstance(value, _NUMBERS) or (is_array and value.ndim == 0):
            return self.calls.enter_number(self.source, name, value, self.span, path)
        if is_array and value.ndim == 1 and value.dtype.kind in "biuf":
            table = Table("neurons", has_columns=True, values=value, owner=value)
            return Call(self.calls.enter_external(name, table), (), self.span, table)
        raise Untranslatable(f"it uses {name}, which is no number")

    # -- one method for each kind of node that is allowed ------------------------------------

    def _read_constant(self, node, local):
        if type(node.value) not in (int, float, bool):
            raise Untranslatable(f"it contains {node.value!r}")
        return Number(float(node.value), span=self.span)

    def _read_name(self, node, local):
        if node.id in local:
            return local[node.id]
        return self.enter_value(node.id, self.find_value(node, local), node.id)

    def _read_attribute(self, node, local):
        return self.enter_value(node.attr, self.find_value(node, local), ast.unparse(node))

    def _read_unaryop(self, node, local):
        if isinstance(node.op, ast.Not):
            return Unary("not", self.read_condition(node.operand, local), self.span)
        operand = self.read(node.operand, local)
        if isinstance(node.op, ast.UAdd):
            return operand
        if isinstance(node.op, ast.USub):
            return Unary("-", operand, self.span)
        if is_condition(operand):
            return Unary("not", operand, self.span)
        raise Untranslatable("it works on bits")

    def _read_binop(self, node, local):
        op, sign = ARITHMETIC.get(type(node.op)), BITWISE.get(type(node.op))
        left, right = self.read(node.left, local), self.read(node.right, local)
        if op is not None:
            return Binary(op, left, right, self.span)
        if sign is None or not (is_condition(left) and is_condition(right)):
            raise Untranslatable(f"it contains `{ast.unparse(node)}`")
        return Logical(LOGICAL[sign], left, right, self.span)

    def _read_compare(self, node, local):
        items = [self.read(item, local) for item in (node.left, *node.comparators)]
        result = None
        for op, left, right in zip(node.ops, items, items[1:], strict=False):
            if type(op) not in COMPARISON:
                raise Untranslatable(f"it contains `{ast.unparse(node)}`")
            item = Compare(COMPARISON[type(op)], left, right, self.span)
            result = item if result is None else Logical("and", result, item, self.span)
        return result

    def _read_boolop(self, node, local):
        first, *others = (self.read(item, local) for item in node.values)
        for item in others:
            first = self._join(node.op, first, item)
        return first

    def _join(self, op, left, right):
        """``left and right`` or ``left or right``, which are one of the two in Python."""
        is_and = isinstance(op, ast.And)
        if is_condition(left) and is_condition(right):
            return Logical("and" if is_and else "or", left, right, self.span)
        condition = make_condition(left, self.span)
        kept = Number(0.0 if is_and else 1.0, span=self.span) if is_condition(left) else left
        yes, no = (right, kept) if is_and else (kept, right)
        return Choice(condition, yes, no, self.span)

    def _read_ifexp(self, node, local):
        condition = self.read_condition(node.test, local)
        return Choice(
            condition, self.read(node.body, local), self.read(node.orelse, local), self.span
        )

    def _read_call(self, node, local):
        if node.keywords or any(isinstance(item, ast.Starred) for item in node.args):
            raise Untranslatable(f"it contains `{ast.unparse(node)}`")
        args = [self.read(item, local) for item in node.args]
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        function = self.find_value(node.func, local)
        return self.calls.apply(name, function, args, self.span, self._within)

    def find_value(self, node, local):
        """Value of ``name`` or ``module.name``, also of modules within modules.

        Raises
        ------
        Untranslatable
            It is something else, or the name of an argument that stands for no expression.
        """
        root = node
        while isinstance(root, ast.Attribute):
            root = root.value
        if not isinstance(root, ast.Name) or root.id in {*local, *self.source.parameters}:
            raise Untranslatable(f"it contains `{ast.unparse(node)}`")
        return self.source.find_value(ast.unparse(node))


class _Inliner:
    """Follows the statements of a function to what it returns."""

    def __init__(self, reader):
        self._reader = reader

    def run(self, statements, local):
        """What is returned when statements are done, from local names on."""
        local = dict(local)
        for place, item in enumerate(statements):
            if isinstance(item, ast.Return):
                if item.value is None:
                    break
                return self._reader.read(item.value, local)
            if isinstance(item, ast.If):
                return self._choose(item, statements[place + 1 :], local)
            self._assign(item, local)
        raise Untranslatable("it may end without giving a value")

    def _choose(self, item, following, local):
        condition = self._reader.read_condition(item.test, local)
        yes = self.run([*item.body, *following], local)
        no = self.run([*item.orelse, *following], local)
        if measure(yes)[0] + measure(no)[0] > MAX_SIZE:
            raise Untranslatable("it would be a long expression")
        return Choice(condition, yes, no, self._reader.span)

    def _assign(self, item, local):
        """Do a statement that changes local names only."""
        assignments = read_assignments(item)
        if assignments:
            local |= {name: self._reader.read(value, local) for name, value in assignments}
        elif not is_empty(item):
            raise Untranslatable(f"it contains `{ast.unparse(item).splitlines()[0]}`")


def is_empty(statement):
    """Whether a statement does nothing, as a docstring does."""
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def read_assignments(statement):
    """Names and values of a statement that assigns to local names, all at once.

    Returns
    -------
    list of (str, ast.expr)
        Empty for other statements.
    """
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        old = ast.Name(statement.target.id, ast.Load())
        return [(statement.target.id, ast.BinOp(old, statement.op, statement.value))]
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        return _pair_up(statement.target, statement.value)
    if not isinstance(statement, ast.Assign):
        return []
    pairs = [_pair_up(target, statement.value) for target in statement.targets]
    return [pair for found in pairs for pair in found] if all(pairs) else []


def _pair_up(target, value):
    if isinstance(target, ast.Name):
        return [(target.id, value)]
    if not isinstance(target, ast.Tuple) or not isinstance(value, ast.Tuple):
        return []
    if len(target.elts) != len(value.elts):
        return []
    pairs = [_pair_up(*both) for both in zip(target.elts, value.elts, strict=True)]
    return [pair for found in pairs for pair in found] if all(pairs) else []
