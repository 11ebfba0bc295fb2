"""Calls of the user's functions -> expressions, and what these need from outside."""

from collections.abc import Callable
from dataclasses import dataclass, field

from brian_nb.equations.externals import read_table
from brian_nb.equations.function_source import FunctionSource, Untranslatable, find_plain
from brian_nb.equations.inlining import inline_call
from brian_nb.equations.known_functions import build_call, is_known
from brian_nb.equations.nodes import Call
from brian_nb.equations.routine_reading import call_routine


@dataclass(frozen=True)
class FunctionCalls:
    """Turns calls of functions into expressions.

    Parameters
    ----------
    enter_number : callable
        Takes a `FunctionSource`, the name of a number that it uses, the number, a span or None,
        and where the function finds it (see `FunctionReader.enter_value`); gives the expression
        that stands for it.
    enter_external : callable
        Takes a name and an `External`; gives the name that calls use for it.
    compile_function : callable or None
        Takes a function that cannot be read, its name and a number of arguments; gives the
        `External` that computes it, or raises `Untranslatable`.
    """

    enter_number: Callable
    enter_external: Callable
    compile_function: Callable | None = None
    _failures: dict = field(default_factory=dict)

    def apply(self, name, function, args, span=None, within=()):
        """The expression of a call.

        Parameters
        ----------
        name : str
            What the caller calls the function.
        function : callable
            A known function, a table, or a Python function of the user.
        args : sequence of Expression
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
            Only Python can compute it.
        """
        if is_known(function):
            return _require_args(build_call(function, args, span), name, args)
        table = read_table(function)
        if table is not None:
            fits = len(args) == table.n_args
            found = self.make_call(name, args, span, table) if fits else None
            return _require_args(found, name, args)
        try:
            return self._translate(FunctionSource(function, name), args, span, within)
        except Untranslatable as problem:
            if getattr(find_plain(function), "__code__", None) in within:
                raise  # it calls itself: its first call is the one to compile
            return self._compile(name, function, args, span, problem)

    def _compile(self, name, function, args, span, problem):
        """A call of compiled code, for a function that cannot be read."""
        if self.compile_function is None:
            raise problem
        try:
            external = self.compile_function(function, name, len(args))
        except Untranslatable as further:
            reasons = dict.fromkeys((str(problem), str(further)))
            raise Untranslatable(", and ".join(reasons)) from None
        return self.make_call(name, args, span, external)

    def _translate(self, source, args, span, within):
        if source.code in self._failures:  # else each level would try its callees twice
            raise Untranslatable(self._failures[source.code])
        try:
            return inline_call(source, args, self, span, within)
        except Untranslatable:
            pass
        try:
            return call_routine(source, args, self, span, within)
        except Untranslatable as problem:
            self._failures[source.code] = str(problem)
            raise

    def make_call(self, name, args, span, external):
        """A call of something that comes from outside."""
        return Call(self.enter_external(name, external), tuple(args), span, external)


def _require_args(expression, name, args):
    if expression is None:
        raise Untranslatable(f"it calls {name}() with {len(args)} arguments")
    return expression
