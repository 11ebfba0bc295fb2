"""A rewritten function of the user -> machine code, by Numba: the only module that imports it.

Division by zero and overflow give inf and nan, as everywhere in equations. An error that Python
would raise, such as an index outside of an array, gives NaN.
"""

import ast
from functools import cache

import numpy as np

from brian_nb.equations.function_source import Untranslatable
from brian_nb.equations.native_inputs import Array, Input, Number
from brian_nb.equations.native_reading import FUNCTION, NativeFunction
from brian_nb.units import reductions

_ENTRY = """
def entry({arguments}):
    try:
        return float(function({arguments}))
    except Exception:
        return nan
"""
_READ_NUMBER = """
def read():
    return carray(to_pointer(address), 1, kind)[0]
"""
_READ_ARRAY = """
def read():
    cells = carray(to_pointer(address), n_cells, whole)
    return carray(to_pointer(cells[0]), ({shape},), kind)
"""
"""The memory lies where it is as long as the input, which the code holds on to."""


def compile_reading(reading):
    """Compile a function for any thread.

    Parameters
    ----------
    reading : NativeReading

    Returns
    -------
    numba CFunc
        ``double(double, ...)``; its machine code lasts as long as it does.

    Raises
    ------
    Untranslatable
        Numba cannot compile it.
    """
    import numba

    _provide_reductions()
    arguments = [f"x{k}" for k in range(len(reading.given))]
    text = _ENTRY.format(arguments=", ".join(arguments))
    signature = numba.float64(*[numba.float64] * len(arguments))
    try:
        called = _make_callable(reading.called)
        entry = _define(ast.parse(text), "entry", {"function": called, "nan": np.nan})
        return numba.cfunc(signature, nopython=True, error_model="numpy")(entry)
    except Exception as problem:  # Numba has no list of what it raises for functions of others
        raise Untranslatable(f"Numba cannot compile it ({type(problem).__name__})") from None


@cache
def _provide_reductions():
    """Let Numba compile what the star import has in the place of Python's `sum`, `any`, `all`."""
    from numba.extending import overload

    overload(reductions.sum)(_choose_sum)
    overload(reductions.any)(_make_test_choice(_is_any_of_array, _is_any))
    overload(reductions.all)(_make_test_choice(_is_all_of_array, _is_all))


def _choose_sum(values, axis=None):
    """What computes a sum of some types; a whole number after the values is an axis of an array."""
    from numba import types

    is_whole = axis in (None, types.none) or isinstance(axis, types.Omitted)
    if isinstance(values, types.Array):
        if is_whole:
            return lambda values, axis=None: np.sum(values)
        return lambda values, axis=None: np.sum(values, axis)
    if is_whole:
        return lambda values, axis=None: sum(values)
    return None if isinstance(axis, types.Integer) else lambda values, axis=None: sum(values, axis)


def _make_test_choice(of_arrays, of_items):
    """What chooses the function that tests values of some type."""

    def choose(values):
        from numba import types

        return of_arrays if isinstance(values, types.Array) else of_items

    return choose


def _is_any_of_array(values):
    return np.any(values)


def _is_all_of_array(values):
    return np.all(values)


def _is_any(values):
    for item in values:
        if item:
            return True
    return False


def _is_all(values):
    for item in values:
        if not item:
            return False
    return True


def _make_callable(item):
    """What stands in the names of compiled functions for something that they find there."""
    import numba

    if isinstance(item, NativeFunction):
        return _compile_function(item)
    if isinstance(item, Number | Array):
        return _compile_reader(item)
    if isinstance(item, Input):
        return numba.njit(_make_constant(item.value))
    if item is any or item is all:  # Numba has neither
        return numba.njit(_is_any if item is any else _is_all)
    return item


def _compile_function(item):
    import numba

    names = {name: _make_callable(part) for name, part in item.names.items() if part is not item}
    tree = ast.fix_missing_locations(ast.Module([item.node], []))
    function = _define(tree, FUNCTION, names)
    function.__defaults__ = item.defaults or None
    compiled = numba.njit(error_model="numpy", boundscheck=True)(function)
    function.__globals__.update(
        {name: compiled for name, part in item.names.items() if part is item}
    )
    return compiled


def _make_constant(value):
    return lambda: value


def _compile_reader(item):
    """A compiled function that gives what an input is now; arrays cannot be written to."""
    import numba
    from numba import types

    kind = np.dtype(item.kind[1])
    names = {
        **{"carray": numba.carray, "to_pointer": _make_pointer_function(), "kind": kind},
        **{"address": item.cells.ctypes.data, "n_cells": len(item.cells)},
        "whole": np.dtype(np.int64),
    }
    if isinstance(item, Number):
        return numba.njit(_define(ast.parse(_READ_NUMBER), "read", names))
    n_dimensions = item.kind[2]
    shape = ", ".join(f"cells[{k + 1}]" for k in range(n_dimensions))
    found = types.Array(numba.from_dtype(kind), n_dimensions, "C", readonly=True)
    return numba.njit(found())(_define(ast.parse(_READ_ARRAY.format(shape=shape)), "read", names))


def _make_pointer_function():
    from numba import types
    from numba.extending import intrinsic

    @intrinsic
    def to_pointer(context, address):
        def write(target, builder, signature, arguments):
            kind = target.get_value_type(signature.return_type)
            return builder.inttoptr(arguments[0], kind)

        return types.voidptr(types.intp), write

    return to_pointer


def _define(tree, name, names):
    """Run a definition, whose text is a function of the user with names put in, and give it."""
    namespace = {**names, "__name__": __name__}  # of a module that Numba can import
    exec(compile(tree, "<function of the user>", "exec"), namespace)  # noqa: S102
    return namespace[name]
