"""A function in Python as expressions, where its source says no more than expressions can.

Nothing is called or executed: the source is found and read. The values that the function finds
around it are watched, so that a later value counts, as it does where Python calls the function.
"""

import ast
from dataclasses import dataclass

import numpy as np

from brian_nb.diagnostics import Source
from brian_nb.equations import Assignment
from brian_nb.equations.expressions import (
    FUNCTIONS,
    Expression,
    is_condition,
    parse_expression,
)
from brian_nb.equations.namespace import NOISE, TIME, Resolver, is_number
from brian_nb.errors import BrianError, ModelError
from brian_nb.network.python_functions import (
    NamesAround,
    describe_function,
    find_body,
    name_arguments,
)

_OPERATORS = {ast.Add: "+=", ast.Sub: "-=", ast.Mult: "*=", ast.Div: "/="}
_LOGICAL = {ast.BitAnd: ast.And, ast.BitOr: ast.Or}


class WatchedValue:
    """A value that a function finds around it, and the constant that stands for it.

    Parameters
    ----------
    constant : str
    name : str
        What the function calls it.
    function : FunctionType
    """

    def __init__(self, constant, name, function):
        self.constant, self._name, self._function = constant, name, function
        self._value = NamesAround(function)[name]

    def find_change(self):
        """The value, if it is another one than at the last call; None if not.

        Raises
        ------
        ModelError
            It is no number any more.
        """
        value = NamesAround(self._function).get(self._name)
        if value is self._value:
            return None
        if not is_number(value):
            raise ModelError(
                f"{self._name}, which a threshold or a reset uses, was a number when its group "
                f"was made, and is {value!r} now",
                hint="make the group again",
            )
        self._value = value
        return float(value)


@dataclass(frozen=True)
class Reading:
    """What a function says.

    Parameters
    ----------
    expression : Expression or None
        The condition that it returns.
    assignments : tuple of Assignment
        What it does to the neurons that fired.
    constants : dict of str to Quantity or float
        Values that it finds around it, under names that nothing else of the group has.
    watched : tuple of WatchedValue
        One for each of them.
    """

    expression: Expression | None = None
    assignments: tuple[Assignment, ...] = ()
    constants: dict | None = None
    watched: tuple[WatchedValue, ...] = ()


def read_condition_function(function, variables, system):
    """Read a function of state variables that says which neurons fire.

    Parameters
    ----------
    function : callable
        It is read if it does nothing but return a condition.
    variables : sequence of str
        The variable that each of its arguments stands for.
    system : EquationSystem

    Returns
    -------
    Reading or None
        None where the function has to be called.
    """
    body = find_body(function)
    if body is None or len(body) != 1 or not isinstance(body[0], ast.Return) or not body[0].value:
        return None
    own = dict(zip(name_arguments(function), variables, strict=True))
    reader = _FunctionReader(function, own, system)
    try:
        expression = reader.read(body[0].value)
    except (BrianError, _NoExpression):
        return None
    return reader.give(expression=expression) if is_condition(expression) else None


def read_reset_function(function, system):
    """Read a function of a group and of the numbers of its neurons that fired.

    Parameters
    ----------
    function : callable
        It is read if it does nothing but change values of these neurons, one by one: each
        statement has the form ``P.v[spikes] = ...`` or ``P.v[spikes] += ...``, and takes values as
        ``P.w[spikes]`` and random numbers as ``rand(len(spikes))``.
    system : EquationSystem

    Returns
    -------
    Reading or None
        None where the function has to be called.
    """
    body = find_body(function)
    arguments = name_arguments(function)
    if not body or len(arguments) != 2:
        return None
    reader = _FunctionReader(function, {}, system, arguments)
    try:
        return reader.give(assignments=tuple(map(reader.read_statement, body)))
    except (BrianError, _NoExpression):
        return None


class _NoExpression(Exception):
    """The source says more than an expression can."""


class _FunctionReader(ast.NodeTransformer):
    """Turns Python's tree into expressions, what arrays say written as equations say it."""

    def __init__(self, function, own, system, arguments=()):
        self._function, self._around = function, NamesAround(function)
        self._system = system
        self._group, self._spikes = arguments or (None, None)
        self._title = describe_function(function)
        statics = {item.name for item in system.statics}
        taken = {*system.variables, *system.aliases, *system.constants, *system.noises, *statics}
        self._resolver = Resolver(dict(own), self._around, allow_random=True, taken=taken)
        self._own = self._resolver.own

    def read(self, node):
        """An expression, all its names looked up."""
        tree = self.visit(node)
        self._check_names(tree)
        text = ast.unparse(tree)
        expression = self._resolver.resolve(parse_expression(Source(text, self._title)))
        self._resolver.problems.raise_all()
        return expression

    def read_statement(self, node):
        """An assignment to a variable of the neurons that fired."""
        if isinstance(node, ast.AugAssign):
            target, operator = node.target, _OPERATORS.get(type(node.op))
        elif isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, operator = node.targets[0], "="
        else:
            raise _NoExpression
        variable = self._find_variable(target)
        if variable not in self._system.variables or operator is None:
            raise _NoExpression
        return Assignment(variable, operator, self.read(node.value))

    def give(self, **found):
        """A `Reading`, with the values that it needs."""
        entered = self._resolver.entered
        watched = (WatchedValue(entered[name], name, self._function) for name in entered)
        return Reading(**found, constants=self._resolver.constants, watched=tuple(watched))

    # -- forms that NumPy has and equations do not -------------------------------------------

    def visit_Attribute(self, node):
        module = self._find_module(node.value)
        meant = getattr(module, node.attr, None)
        if module is None or self._around.get(node.attr, meant) not in (meant, abs):
            raise _NoExpression
        return ast.Name(node.attr, ast.Load())

    def visit_Subscript(self, node):
        variable = self._find_variable(node)
        name = f"{self._group}__of__{variable}"
        self._own[name] = variable
        return ast.Name(name, ast.Load())

    def visit_BinOp(self, node):
        self.generic_visit(node)
        operator = _LOGICAL.get(type(node.op))
        return ast.BoolOp(operator(), [node.left, node.right]) if operator else node

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        return ast.UnaryOp(ast.Not(), node.operand) if isinstance(node.op, ast.Invert) else node

    def visit_Call(self, node):
        name = node.func.id if isinstance(node.func, ast.Name) else None
        if isinstance(node.func, ast.Attribute):
            name = self.visit(node.func).id
        if name not in FUNCTIONS or node.keywords or not self._is_known(name):
            raise _NoExpression
        if FUNCTIONS[name].is_random:
            if [ast.unparse(item) for item in node.args] != [f"len({self._spikes})"]:
                raise _NoExpression
            return ast.Call(ast.Name(name, ast.Load()), [], [])
        arguments = [self.visit(item) for item in node.args]
        return ast.Call(ast.Name(name, ast.Load()), arguments, [])

    # -- details ---------------------------------------------------------------------------

    def _find_module(self, node):
        """NumPy or its `random`, where an expression names one of them."""
        if isinstance(node, ast.Name):
            found = self._around.get(node.id)
        else:
            is_attribute = isinstance(node, ast.Attribute)
            found = (
                getattr(self._find_module(node.value), node.attr, None) if is_attribute else None
            )
        return found if found is np or found is np.random else None

    def _find_variable(self, node):
        """The variable `v` of ``P.v[spikes]``."""
        if self._group is None or not isinstance(node, ast.Subscript):
            raise _NoExpression
        form = ast.unparse(node)
        name = getattr(node.value, "attr", "")
        if form != f"{self._group}.{name}[{self._spikes}]":
            raise _NoExpression
        known = {*self._system.variables, *(item.name for item in self._system.statics)}
        for found in (self._system.aliases.get(name, name), name.removesuffix("_")):
            if found in known:
                return found
        raise _NoExpression

    def _is_known(self, name):
        """Whether a name of a function means for Python what it means in equations."""
        meant = [getattr(module, name, None) for module in (np, np.random)]
        meant = [item for item in [*meant, abs if name == "abs" else None] if item]
        return any(self._around.get(name, meant[0]) is item for item in meant) if meant else False

    def _check_names(self, tree):
        """Refuse names that mean something of their own in equations, or the arguments alone."""
        refused = {TIME, NOISE, self._group, self._spikes}
        for item in ast.walk(tree):
            if isinstance(item, ast.Name) and item.id in refused:
                raise _NoExpression
