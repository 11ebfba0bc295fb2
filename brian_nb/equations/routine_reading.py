"""Python functions with loops -> routines, and calls of these."""

import ast
from dataclasses import replace

from brian_nb.equations.externals import Table
from brian_nb.equations.function_source import Untranslatable
from brian_nb.equations.inlining import FunctionReader, is_empty, read_assignments
from brian_nb.equations.nodes import Call, Expression, Name, Number
from brian_nb.equations.routines import (
    LOCAL,
    Branch,
    Count,
    Give,
    Jump,
    Let,
    Loop,
    Routine,
    list_expressions,
)
from brian_nb.equations.walking import find_externals, rebuild, walk


def call_routine(source, args, calls, span=None, within=()):
    """A call of a Python function as a call of a routine.

    Parameters
    ----------
    source, args, calls, span, within
        See `inlining.inline_call`.

    Returns
    -------
    Call

    Raises
    ------
    Untranslatable
        The function contains what compiled code cannot do.
    """
    reader = FunctionReader(source, calls, span, within)
    given, _ = source.bind(len(args))
    local = reader.begin([Name(LOCAL + name) for name in given])
    writer = _StatementReader(reader, local)
    head = tuple(Let(LOCAL + name, value) for name, value in local.items() if name not in given)
    body = head + writer.read_all(source.body)
    if not _always_gives(body):
        raise Untranslatable("it may end without giving a value")
    if any(item.n_columns for item in _tables(body)):
        raise Untranslatable("it looks up an array with a column for each neuron")
    inputs = _find_inputs(body)
    body = _rewrite(body, lambda item: rebuild(item, lambda part: inputs.get(part, part)))
    parameters = [LOCAL + name for name in given] + [item.name for item in inputs.values()]
    routine = Routine(tuple(parameters), body)
    return calls.make_call(source.name, (*args, *inputs), span, routine)


class _StatementReader:
    def __init__(self, reader, local):
        self._reader = reader
        self._local = {name: Name(LOCAL + name) for name in local}

    def read_all(self, statements):
        found = (self._read(item) for item in statements if not is_empty(item))
        return tuple(part for items in found for part in items)

    def _read(self, item):
        """Statements that do what one of the function does."""
        assignments = read_assignments(item)
        if not assignments:
            return [self._read_other(item)]
        values = [(name, self._expression(value)) for name, value in assignments]
        if len(values) == 1:
            return [Let(self._define(name), value) for name, value in values]
        parts = [Let(f"{LOCAL}new {name}", value) for name, value in values]  # all at once
        return parts + [Let(self._define(name), Name(f"{LOCAL}new {name}")) for name, _ in values]

    def _read_other(self, item):
        reader = getattr(self, f"_read_{type(item).__name__.lower()}", None)
        if reader is None or getattr(item, "orelse", None) and not isinstance(item, ast.If):
            raise Untranslatable(f"it contains `{ast.unparse(item).splitlines()[0]}`")
        return reader(item)

    def _read_return(self, item):
        if item.value is None:
            raise Untranslatable("it may end without giving a value")
        return Give(self._expression(item.value))

    def _read_if(self, item):
        condition = self._reader.read_condition(item.test, self._local)
        return Branch(condition, self.read_all(item.body), self.read_all(item.orelse))

    def _read_while(self, item):
        condition = self._reader.read_condition(item.test, self._local)
        return Loop(condition, self.read_all(item.body))

    def _read_for(self, item):
        limits = item.iter
        is_range = (
            isinstance(limits, ast.Call)
            and isinstance(limits.func, ast.Name)
            and limits.func.id not in self._local
            and self._reader.source.find_value(limits.func.id) is range
        )
        if not is_range or not isinstance(item.target, ast.Name):
            raise Untranslatable(f"it contains `{ast.unparse(item).splitlines()[0]}`")
        numbers = [self._expression(part) for part in limits.args]
        start = Number(0.0) if len(numbers) == 1 else numbers[0]
        stop, step = numbers[:2][-1], numbers[2] if len(numbers) > 2 else Number(1.0)
        return Count(self._define(item.target.id), start, stop, step, self.read_all(item.body))

    def _read_break(self, item):
        return Jump("break")

    def _read_continue(self, item):
        return Jump("continue")

    def _expression(self, node):
        return self._reader.read(node, self._local)

    def _define(self, name):
        self._local[name] = Name(LOCAL + name)
        return LOCAL + name


def _always_gives(body):
    """Whether statements end by giving a value, whatever happens."""
    last = body[-1] if body else None
    if isinstance(last, Branch):
        return _always_gives(last.yes) and _always_gives(last.no)
    return isinstance(last, Give)


def _find_inputs(body):
    """What a body uses from outside, each with the local name that stands for it."""
    found = {}
    for expression in list_expressions(body):
        for item in walk(expression):
            outside = isinstance(item, Name) and not item.name.startswith(LOCAL)
            if outside or _is_of_neurons(item):
                found.setdefault(item, Name(f"{LOCAL}input {len(found)}"))
    return found


def _tables(body):
    """Tables that a body looks up with an argument."""
    externals = find_externals(list_expressions(body)).values()
    return [item for item in externals if isinstance(item, Table) and item.n_args]


def _is_of_neurons(item):
    table = item.external if isinstance(item, Call) else None
    return isinstance(table, Table) and table.form == "neurons"


def _rewrite(body, change):
    """Statements with each of their expressions changed."""
    return tuple(replace(item, **_change_parts(item, change)) for item in body)


def _change_parts(item, change):
    changed = {}
    for name, part in vars(item).items():
        if isinstance(part, tuple):
            changed[name] = _rewrite(part, change)
        elif isinstance(part, Expression):
            changed[name] = change(part)
    return changed
