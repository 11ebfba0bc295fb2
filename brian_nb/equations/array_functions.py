"""A function of arrays, one element a neuron -> expressions for one neuron.

It is read where its source says no more than expressions can; nothing is called or executed.
"""

import ast
from dataclasses import dataclass

import numpy as np

from brian_nb.equations.applying import FunctionCalls
from brian_nb.equations.function_numbers import FunctionNumbers
from brian_nb.equations.function_source import FunctionSource, Untranslatable
from brian_nb.equations.functions import FUNCTIONS
from brian_nb.equations.inlining import FunctionReader, is_empty
from brian_nb.equations.known_functions import is_known
from brian_nb.equations.namespace import NOISE, TAKEN, TIME, is_number
from brian_nb.equations.nodes import Call, Expression, Name
from brian_nb.equations.statements import Assignment
from brian_nb.equations.walking import is_condition
from brian_nb.units import ALL_UNITS, Unit

_OPERATORS = {ast.Add: "+=", ast.Sub: "-=", ast.Mult: "*=", ast.Div: "/="}
_DRAWS = {getattr(np.random, name): name for name, item in FUNCTIONS.items() if item.is_random}
"""Functions of NumPy that give a number for each neuron, and their names in equations."""


@dataclass(frozen=True)
class ArrayFunction:
    """What a function says.

    Parameters
    ----------
    numbers : FunctionNumbers
        What it finds around it.
    expression : Expression or None
        The condition that it returns.
    assignments : tuple of Assignment
        What it does to the neurons that fired.
    """

    numbers: FunctionNumbers
    expression: Expression | None = None
    assignments: tuple[Assignment, ...] = ()


def read_condition_function(function, what, variables, system):
    """Read a function of state variables that says which neurons fire.

    Parameters
    ----------
    function : callable
        It is read if it does nothing but return a condition.
    what : str
        What it is, for messages.
    variables : sequence of str
        The variable that each of its arguments stands for.
    system : EquationSystem

    Returns
    -------
    ArrayFunction or None
        None where the function has to be called.
    """
    try:
        reader = _ArrayReader(function, what, system)
        (statement,) = reader.statements
        local = reader.begin([Name(item) for item in variables])
        expression = reader.read(getattr(statement, "value", None), local)
    except (Untranslatable, ValueError):
        return None
    if not isinstance(statement, ast.Return) or not is_condition(expression):
        return None
    return ArrayFunction(reader.numbers, expression)


def read_reset_function(function, what, system):
    """Read a function of a group and of the numbers of its neurons that fired.

    Parameters
    ----------
    function : callable
        It is read if it does nothing but change values of these neurons, one by one: each
        statement has the form ``P.v[spikes] = ...`` or ``P.v[spikes] += ...``, and takes values as
        ``P.w[spikes]`` and random numbers as ``rand(len(spikes))``.
    what : str
        What it is, for messages.
    system : EquationSystem

    Returns
    -------
    ArrayFunction or None
        None where the function has to be called.
    """
    try:
        reader = _ResetReader(function, what, system)
        assignments = tuple(map(reader.read_statement, reader.statements))
    except Untranslatable:
        return None
    return ArrayFunction(reader.numbers, assignments=assignments) if assignments else None


class _ArrayReader(FunctionReader):
    """Reads a function that calls known functions of NumPy alone, and looks nothing up."""

    def __init__(self, function, what, system):
        statics = {item.name for item in system.statics}
        taken = {*system.variables, *system.aliases, *system.constants, *system.noises, *statics}
        self.numbers = FunctionNumbers(what, taken | {TIME, NOISE, TAKEN})
        calls = FunctionCalls(self.numbers.enter, enter_external=None)
        super().__init__(FunctionSource(function, what), calls)
        self.statements = [item for item in self.source.body if not is_empty(item)]

    def enter_value(self, name, value, path=None):
        """A value from outside: whole numbers may change later, too."""
        if not is_number(value):
            raise Untranslatable(f"it uses {name}, which is no number")
        if isinstance(value, Unit) and name in ALL_UNITS:
            return super().enter_value(name, value, path)
        return self.calls.enter_number(self.source, name, value, self.span, path)

    def _read_call(self, node, local):
        if not is_known(self.find_value(node.func, local)):
            raise Untranslatable(f"it calls `{ast.unparse(node)}`")
        return super()._read_call(node, local)


class _ResetReader(_ArrayReader):
    """Reads a function of a group and its neurons that fired, which has no other arguments."""

    def __init__(self, function, what, system):
        super().__init__(function, what, system)
        if len(self.source.parameters) != 2:
            raise Untranslatable("it takes another number of arguments")
        self._system = system
        self._group, self._spikes = self.source.parameters

    def read_statement(self, node):
        """An assignment to a variable of the neurons that fired."""
        if isinstance(node, ast.AugAssign):
            target, operator = node.target, _OPERATORS.get(type(node.op))
        elif isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, operator = node.targets[0], "="
        else:
            raise Untranslatable(f"it contains `{ast.unparse(node)}`")
        variable = self._find_variable(target)
        if variable not in self._system.variables or operator is None:
            raise Untranslatable(f"it contains `{ast.unparse(node)}`")
        return Assignment(variable, operator, self.read(node.value, {}))

    def _read_subscript(self, node, local):
        return Name(self._find_variable(node))

    def _read_call(self, node, local):
        name = self._find_draw(node, local)
        return Call(name, ()) if name else super()._read_call(node, local)

    def _find_draw(self, node, local):
        """The function that ``rand(len(spikes))`` draws by; None for other calls."""
        arguments = [ast.unparse(item) for item in (*node.args, *node.keywords)]
        if arguments != [f"len({self._spikes})"] or self.source.find_value("len") is not len:
            return None
        function = self.find_value(node.func, local)
        return next((name for draw, name in _DRAWS.items() if draw == function), None)

    def _find_variable(self, node):
        """The variable `v` of ``P.v[spikes]``."""
        name = getattr(getattr(node, "value", None), "attr", "")
        if ast.unparse(node) == f"{self._group}.{name}[{self._spikes}]":
            statics = {item.name for item in self._system.statics}
            for found in (self._system.aliases.get(name, name), name.removesuffix("_")):
                if found in {*self._system.variables, *statics}:
                    return found
        raise Untranslatable(f"it contains `{ast.unparse(node)}`")
