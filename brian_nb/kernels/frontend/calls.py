"""Calls in generated source: of the names that it may use, and of functions that it defines.

`reference.VOCABULARY` has the same names for plain Python.
"""

import ast

from llvmlite import ir

from brian_nb.kernels.frontend.arithmetic import choose_extreme, negate
from brian_nb.kernels.frontend.kinds import BINDERS, ArrayKind
from brian_nb.kernels.frontend.pointers import ArrayPointer, bind_array, prefetch
from brian_nb.kernels.frontend.problems import refuse
from brian_nb.kernels.lanes import DOUBLE, INTEGER
from brian_nb.kernels.library import FUNCTIONS, find_function

_EXTREMES = {"min": ast.Lt(), "max": ast.Gt()}
_CONVERSIONS = {"int": INTEGER, "float": DOUBLE}

NUMBERS, VECTORS, SINGLE = "range", "lane_range", "single_range"
"""What a `for` goes through: number by number, in vector code, or one number, if any."""

NATIVE = "call_native"
"""Calls a C function ``double(double, ...)``; the first argument is its address."""

_OTHERS = ("abs", "prefetch", NATIVE, NUMBERS, VECTORS, SINGLE)
NAMES = frozenset({*BINDERS, *FUNCTIONS, *_EXTREMES, *_CONVERSIONS, *_OTHERS})
"""All names that may be called, functions of the source apart."""


def write_call(writer, node):
    """Write a call.

    Parameters
    ----------
    writer : expressions.ExpressionWriter
    node : ast.Call

    Returns
    -------
    llvmlite.ir.Value, pointers.ArrayPointer or None
        None if the called has no value.
    """
    name, builder = node.func.id, writer.builder
    if writer.scope.kinds.find_routine(name):
        return writer.call_routine(name, [writer.write(item) for item in node.args], writer.scope)
    if name in BINDERS:
        kind = ArrayKind(node.args[1].value, name)
        return bind_array(builder, writer.scope.read(node.args[0].id), kind)
    if name in FUNCTIONS:
        return _call_library(writer, name, node.args)
    if name in _CONVERSIONS:
        return writer.write_as(node.args[0], _CONVERSIONS[name])
    if name == "prefetch":
        array, index = node.args
        return prefetch(builder, writer.write(array), writer.write_index(index))
    if name == NATIVE:
        return _call_native(writer, node.args)
    return _call_builtin(writer, node)


def _call_native(writer, arguments):
    address, *values = arguments
    kind = ir.FunctionType(DOUBLE, [DOUBLE] * len(values))
    function = writer.builder.inttoptr(writer.write_index(address), kind.as_pointer())
    return writer.builder.call(function, [writer.write_as(item, DOUBLE) for item in values])


def _call_library(writer, name, arguments):
    function = find_function(writer.builder.module, name)
    kinds = [parameter.type for parameter in function.args]
    result = writer.builder.call(function, pass_arguments(writer, arguments, kinds))
    return None if isinstance(result.type, ir.VoidType) else result


def pass_arguments(writer, nodes, kinds):
    """Write the arguments of a function of the library.

    Returns
    -------
    list of llvmlite.ir.Value
    """
    return [_pass(writer, *pair) for pair in zip(nodes, kinds, strict=True)]


def _pass(writer, node, kind):
    if isinstance(kind, ir.PointerType):
        return writer.write(node).address
    return writer.write_index(node) if kind == INTEGER else writer.write_as(node, kind)


def _call_builtin(writer, node):
    name, values = node.func.id, [writer.write(item) for item in node.args]
    if name in _EXTREMES:
        first, *more = values
        for item in more:
            first = choose_extreme(writer.builder, _EXTREMES[name], first, item)
        return first
    if name == "abs" and not isinstance(values[0], ArrayPointer):
        opposite = negate(writer.builder, values[0])
        return choose_extreme(writer.builder, _EXTREMES["max"], values[0], opposite)
    return refuse(node)
