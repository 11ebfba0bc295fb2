"""Typed pointers into a kernel's table of arrays: no bounds, no wraparound, no aliasing.

Generated source binds ``v = f64(A, 3)`` once and indexes ``v[i]``. Three things that the
optimiser cannot find out by itself are said here:

- an index is never negative, so no element needs Numba's ``i + n if i < 0`` (which alone
  keeps a loop from vectorising);
- the arrays behind different numbers do not overlap (binding checks it), so a store to one
  needs no reload of the others and no overlap test per block;
- a narrow unsigned index is widened with zeros, a narrow float to float64.

Importing this module imports Numba and registers the pointer types with it.
"""

import operator

from llvmlite import ir
from numba import types
from numba.extending import (
    intrinsic,
    lower_builtin,
    models,
    register_model,
    type_callable,
)

TABLE = types.CPointer(types.uintp)
"""Type of `A`: one address per array."""


class ArrayPointer(types.Type):
    """Address of the first element of the array with number `slot`."""

    def __init__(self, dtype, slot):
        self.dtype = dtype
        self.slot = slot
        super().__init__(name=f"ArrayPointer({dtype}, {slot})")


@register_model(ArrayPointer)
class ArrayPointerModel(models.PointerModel):
    """Stored as a plain pointer."""


@type_callable(operator.getitem)
def type_getitem(context):
    def typer(pointer, index):
        if isinstance(pointer, ArrayPointer) and isinstance(index, types.Integer):
            return _type_read(pointer.dtype)

    return typer


@type_callable(operator.setitem)
def type_setitem(context):
    def typer(pointer, index, value):
        if isinstance(pointer, ArrayPointer) and isinstance(index, types.Integer):
            return types.none

    return typer


@lower_builtin(operator.getitem, ArrayPointer, types.Integer)
def lower_getitem(context, builder, sig, args):
    pointer, index = sig.args
    place = _element(context, builder, args[0], args[1], index)
    raw = builder.load(place)
    raw.set_metadata("tbaa", slot_tag(builder.module, pointer.slot))
    value = context.data_model_manager[pointer.dtype].from_data(builder, raw)
    return context.cast(builder, value, pointer.dtype, sig.return_type)


@lower_builtin(operator.setitem, ArrayPointer, types.Integer, types.Any)
def lower_setitem(context, builder, sig, args):
    pointer, index, given = sig.args
    place = _element(context, builder, args[0], args[1], index)
    value = context.cast(builder, args[2], given, pointer.dtype)
    raw = context.data_model_manager[pointer.dtype].as_data(builder, value)
    builder.store(raw, place).set_metadata("tbaa", slot_tag(builder.module, pointer.slot))


def slot_tag(module, slot):
    """Type-based alias tag of one array: accesses with different tags never overlap."""
    zero = ir.Constant(ir.IntType(64), 0)
    root = module.add_metadata(["arrays of a brian_nb kernel"])
    node = module.add_metadata([f"array {slot}", root, zero])
    return module.add_metadata([node, node, zero])


def make_binder(name, dtype):
    """Make the function `name` of generated source: ``name(A, k)`` -> pointer to array k.

    Parameters
    ----------
    name : str
    dtype : numba type
        Of the elements.
    """

    def binder(typingctx, table, slot):
        if table != TABLE or not isinstance(slot, types.IntegerLiteral):
            return None
        pointer = ArrayPointer(dtype, slot.literal_value)

        def codegen(context, builder, sig, args):
            place = builder.gep(args[0], [ir.Constant(ir.IntType(64), pointer.slot)])
            return builder.inttoptr(builder.load(place), context.get_value_type(pointer))

        return pointer(table, slot), codegen

    binder.__name__ = name
    return intrinsic(prefer_literal=True)(binder)


def _type_read(dtype):
    """What an element is once it has been read: 64 bits wide, whatever it takes in memory."""
    if isinstance(dtype, types.Integer) and dtype.bitwidth < types.intp.bitwidth:
        return types.intp
    return types.float64 if dtype == types.float32 else dtype


def _element(context, builder, base, index, index_type):
    return builder.gep(base, [context.cast(builder, index, index_type, types.intp)], inbounds=True)
