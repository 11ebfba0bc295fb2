"""Generated source as text of LLVM: kinds of names found, statements written, nothing optimised.

The source is the part of Python that `codegen` writes: whole and real numbers, truth values and
arrays, `for` over a range, `while`, `if`, functions without recursion. All else is refused.
"""

import ast

from llvmlite import ir

from brian_nb.kernels.frontend.arithmetic import convert
from brian_nb.kernels.frontend.kinds import FunctionKinds
from brian_nb.kernels.frontend.pointers import POINTER
from brian_nb.kernels.frontend.scope import Scope
from brian_nb.kernels.frontend.statements import FunctionWriter
from brian_nb.kernels.frontend.vectors import NEVER_UNROLLED
from brian_nb.kernels.lanes import INTEGER

_TYPE = ir.FunctionType(INTEGER, [POINTER, INTEGER, INTEGER])


def lower_source(source, entry, n_lanes):
    """Write generated source as an LLVM module.

    Parameters
    ----------
    source : str
        Defines ``advance(A, thread, n_threads)``.
    entry : str
        Name of the C function ``int64 entry(table, thread, n_threads)`` that the module exports.
    n_lanes : int
        Numbers that go through vector code together; 8, or a number that divides 8.

    Returns
    -------
    str

    Raises
    ------
    NotImplementedError, TypeError
        The source holds what the front end does not know; an error of brian_nb.
    """
    (node,) = ast.parse(source).body
    module = ir.Module("brian_nb kernel")
    function = ir.Function(module, _TYPE, entry)
    builder = ir.IRBuilder(function.append_basic_block("entry"))
    scope = Scope(builder, FunctionKinds(node, _TYPE.args), n_lanes)

    def give(value):
        builder.ret(convert(builder, value, INTEGER))

    for parameter, value in zip(node.args.args, function.args, strict=True):
        scope.assign(parameter.arg, value)
    FunctionWriter(builder, scope, give).write_whole(node.body)
    return f"{module}\n{NEVER_UNROLLED}"
