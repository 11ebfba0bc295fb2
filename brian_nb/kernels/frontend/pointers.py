"""Arrays of a kernel by their addresses: no bounds, no wraparound, no aliasing.

Generated source binds ``v = f64(A, 3)`` once and indexes ``v[i]``. What the optimiser cannot find
out by itself is said here:

- the arrays behind different numbers do not overlap (binding checks it), so a store to one
  needs no reload of the others and no overlap test per block;
- a narrow unsigned index is widened with zeros, a narrow float to float64.
"""

from dataclasses import dataclass

from llvmlite import ir

from brian_nb.kernels.frontend.arithmetic import convert
from brian_nb.kernels.frontend.kinds import ZEROS, ArrayKind
from brian_nb.kernels.lanes import DOUBLE, INTEGER, declare, replace_element
from brian_nb.kernels.source import DTYPES

POINTER = ir.PointerType()
_WORD = ir.IntType(32)
_HINT = ir.FunctionType(ir.VoidType(), [POINTER, _WORD, _WORD, _WORD])
_READ, _KEEP, _DATA = _WORD(0), _WORD(3), _WORD(1)


@dataclass(frozen=True)
class ArrayPointer:
    """The address of an array's first element, with what is known of the array."""

    address: ir.Value
    kind: ArrayKind


def bind_array(builder, table, kind):
    """Read the address of an array from the table of arrays.

    Parameters
    ----------
    builder : llvmlite.ir.IRBuilder
    table : llvmlite.ir.Value
    kind : ArrayKind

    Returns
    -------
    ArrayPointer
    """
    place = builder.gep(table, [INTEGER(kind.slot)], source_etype=INTEGER)
    return ArrayPointer(builder.load(place, typ=POINTER), kind)


def read_element(builder, array, index, count=1):
    """An element, 64 bits wide whatever it takes in memory, or several that lie side by side."""
    if array.kind.code == ZEROS:
        return INTEGER(0)
    stored, dtype = _stored_type(array), DTYPES[array.kind.code]
    found = stored if count == 1 else ir.VectorType(stored, count)
    value = builder.load(_place(builder, array, index), typ=found, align=dtype.itemsize)
    value.set_metadata("tbaa", _slot_tag(builder.module, array.kind.slot))
    wide = replace_element(found, array.kind.element)
    if found == wide:
        return value
    if dtype.kind == "f":
        return builder.fpext(value, wide)
    return (builder.sext if dtype.kind == "i" else builder.zext)(value, wide)


def write_element(builder, array, index, value):
    """Store a number, as wide as the array holds them; lanes side by side."""
    if array.kind.code == ZEROS:
        return
    stored = _stored_type(array)
    value = convert(builder, value, array.kind.element)
    if stored != array.kind.element:
        narrow = builder.fptrunc if array.kind.element == DOUBLE else builder.trunc
        value = narrow(value, replace_element(value.type, stored))
    size = DTYPES[array.kind.code].itemsize
    item = builder.store(value, _place(builder, array, index), align=size)
    item.set_metadata("tbaa", _slot_tag(builder.module, array.kind.slot))


def prefetch(builder, array, index):
    """Tell the processor that an element will be needed soon; any index will do."""
    hint = declare(builder.module, "llvm.prefetch.p0", _HINT)
    place = builder.gep(array.address, [index], source_etype=_stored_type(array))
    builder.call(hint, [place, _READ, _KEEP, _DATA])


def _place(builder, array, index):
    return builder.gep(array.address, [index], inbounds=True, source_etype=_stored_type(array))


def _stored_type(array):
    dtype = DTYPES[array.kind.code]
    if dtype.kind == "f":
        return DOUBLE if dtype.itemsize == 8 else ir.FloatType()
    return ir.IntType(8 * dtype.itemsize)


def _slot_tag(module, slot):
    """Type-based alias tag of one array: accesses with different tags never overlap."""
    root = module.add_metadata(["arrays of a brian_nb kernel"])
    node = module.add_metadata([f"array {slot}", root, INTEGER(0)])
    return module.add_metadata([node, node, INTEGER(0)])
