"""Names of functions in equations -> the user's functions, and calls of these as expressions."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import FunctionType

from brian_nb.diagnostics import Diagnostic, Mark
from brian_nb.equations.applying import FunctionCalls
from brian_nb.equations.externals import PythonFunction, Table, read_table
from brian_nb.equations.function_inputs import find_inputs
from brian_nb.equations.function_source import Untranslatable
from brian_nb.equations.functions import FUNCTIONS
from brian_nb.equations.natives import compile_function
from brian_nb.equations.nodes import Name

_LIBRARIES = ("brian_nb", "numpy", "scipy", "matplotlib", "pylab")
"""Packages whose functions of a name that equations know are not meant."""


def find_user_function(name, namespace):
    """The function that the user has under a name, where it is not one of `FUNCTIONS`.

    Parameters
    ----------
    name : str
    namespace : mapping of str to object

    Returns
    -------
    callable or None
    """
    value = namespace.get(name)
    if not callable(value):
        return None
    return value if name not in FUNCTIONS or _is_own(value) else None


def _is_own(value):
    if read_table(value) is not None:
        return True
    module = getattr(value, "__module__", None) or ""
    return isinstance(value, FunctionType) and module.partition(".")[0] not in _LIBRARIES


@dataclass(frozen=True)
class UserCalls:
    """Makes expressions of calls of the user's functions.

    Parameters
    ----------
    externals : dict of str to External
        Functions that calls use already; new ones are entered.
    enter_constant : callable
        Takes a name and a number, gives the `Name` that stands for it.
    allow_python : bool
        Whether a function may be left to Python.
    is_of_time : bool
        Whether the arguments of the call come from the time alone: Python can then compute the
        values ahead, so that nothing needs to be compiled.
    """

    externals: dict
    enter_constant: Callable
    allow_python: bool
    is_of_time: bool = False

    def resolve(self, item, function):
        """A call as an expression.

        Parameters
        ----------
        item : Call
            Its arguments are resolved already.
        function : callable

        Returns
        -------
        Expression
        Diagnostic or None
            Why it cannot be called.
        """
        if not _takes(function, len(item.args)):
            fact = f"{item.function}() does not take {_count(len(item.args), 'argument')}"
            return item, Diagnostic(fact, (Mark(item.span),))
        is_ahead = self.is_of_time and self.allow_python and find_inputs(function) is not None
        enter = partial(enter_external, self.externals)
        calls = FunctionCalls(self._enter_number, enter, None if is_ahead else compile_function)
        try:
            return calls.apply(item.function, function, item.args, item.span), None
        except Untranslatable as problem:
            return self._leave_to_python(item, function, calls, str(problem))

    def _leave_to_python(self, item, function, calls, reason):
        if not self.allow_python:
            fact = f"{item.function}() cannot be compiled: {reason}"
            hint = f"give its value a name in the equations, with a line `x = {item.function}(...)`"
            return item, Diagnostic(fact, (Mark(item.span),), hint=hint)
        external = PythonFunction(len(item.args), function, reason)
        return calls.make_call(item.function, item.args, item.span, external), None

    def _enter_number(self, source, name, value, span, path):
        return Name(self.enter_constant(f"{source.name}_{name}", value).name, span)


def enter_external(externals, name, external):
    """Name under which calls use a function: its own, unless another function has that.

    Parameters
    ----------
    externals : dict of str to External
        Changed in place.
    name : str
    external : External
    """
    first, number = name, 1
    while not _are_same(externals.setdefault(name, external), external):
        number += 1
        name = f"{first}_{number}"
    return name


def _are_same(known, external):
    if known is external:
        return True
    if isinstance(external, Table):
        return known == external and known.owner is external.owner
    if isinstance(external, PythonFunction):
        return known == external and known.function is external.function
    return known == external


def _takes(function, n_args):
    try:
        inspect.signature(function).bind(*range(n_args))
    except ValueError:  # a function of C, which does not say
        return True
    except TypeError:
        return False
    return True


def _count(number, noun):
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
