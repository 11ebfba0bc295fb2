"""A hint to the processor: an element of an array will be needed soon.

Importing this module imports Numba.
"""

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from brian_nb.kernels.pointers import ArrayPointer

_WORD = ir.IntType(32)
_TYPE = ir.FunctionType(ir.VoidType(), [ir.PointerType(), _WORD, _WORD, _WORD])
_READ, _KEEP, _DATA = (ir.Constant(_WORD, number) for number in (0, 3, 1))


def make_prefetch(name):
    """Make ``name(array, index)``, which changes nothing; any index will do."""

    def prefetch(typingctx, array, index):
        if not (isinstance(array, ArrayPointer) and isinstance(index, types.Integer)):
            return None

        def codegen(context, builder, sig, args):
            module = builder.module
            hint = module.globals.get("llvm.prefetch.p0")
            hint = hint or ir.Function(module, _TYPE, "llvm.prefetch.p0")
            place = builder.gep(args[0], [context.cast(builder, args[1], index, types.intp)])
            place = builder.bitcast(place, ir.PointerType())
            builder.call(hint, [place, _READ, _KEEP, _DATA])
            return context.get_dummy_value()

        return types.void(array, index), codegen

    prefetch.__name__ = name
    return intrinsic(prefetch)
