"""The functions behind the names of generated source, as one LLVM module to link in.

Numba puts its fast-math flags on every instruction of the module it makes, and ``nsz`` would
take away the signed zeros, ``contract`` the equality of one number with one of a block. So the
formulas live in a module of their own; those that a loop may hold are inlined after linking.
"""

from llvmlite import ir

from brian_nb.kernels import lanes, normals, random, vecmath
from brian_nb.kernels.barrier import emit_barrier
from brian_nb.kernels.lanes import DOUBLE, INTEGER, Lanes

PREFIX = "brian_nb."
"""Stands before a name in LLVM's text, so that `exp` is not the C library's."""

FORMULAS = {
    "exp": vecmath.exp,
    "log": vecmath.log,
    "log10": vecmath.log10,
    "log1p": vecmath.log1p,
    "expm1": vecmath.expm1,
    "exprel": vecmath.exprel,
    "sqrt": lanes.square_root,
    "sin": vecmath.sin,
    "cos": vecmath.cos,
    "tan": vecmath.tan,
    "sinh": vecmath.sinh,
    "cosh": vecmath.cosh,
    "tanh": vecmath.tanh,
    "arcsin": vecmath.arcsin,
    "arccos": vecmath.arccos,
    "arctan": vecmath.arctan,
    "absolute": lanes.magnitude,
    "sign": vecmath.sign,
    "floor": lanes.floor,
    "ceil": lanes.ceil,
    "minimum": vecmath.minimum,
    "maximum": vecmath.maximum,
    "clip": vecmath.clip,
    "bounded": vecmath.bounded,
    "inside": vecmath.inside,
    "power": vecmath.power,
    "modulo": vecmath.modulo,
}
"""Name in generated source -> formula over `Lanes`, float64 in and out."""

PAIRS = {"uniform": random.uniform_pair, "normal": normals.normal_pair}
"""Kind of random number -> two of them from two lanes."""

EVENTS = {"fraction": random.fraction, "choice": random.choice}
"""Kind of random number for a block of neurons -> the number from four lanes."""

FUNCTIONS = (
    *FORMULAS,
    *(f"{kind}_block" for kind in PAIRS),
    *(f"{kind}_at" for kind in (*PAIRS, *EVENTS)),
    "wait_barrier",
)
"""All names defined here."""

_VOID, _POINTER = ir.VoidType(), ir.PointerType()
BLOCK_TYPE = ir.FunctionType(_VOID, [_POINTER] + [INTEGER] * 4)
NUMBER_TYPE = ir.FunctionType(DOUBLE, [INTEGER] * 4)
BARRIER_TYPE = ir.FunctionType(_VOID, [INTEGER.as_pointer(), INTEGER])


def formula_type(name):
    """LLVM type of a formula: float64 in and out.

    Returns
    -------
    llvmlite.ir.FunctionType
    """
    return ir.FunctionType(DOUBLE, [DOUBLE] * FORMULAS[name].__code__.co_argcount)


def emit_library(names):
    """Write the definitions of some names.

    Parameters
    ----------
    names : iterable of str
        As in generated source.

    Returns
    -------
    str
        A module in LLVM's text form.
    """
    module = ir.Module("brian_nb library")
    for name in names:
        _emit_function(module, name)
    return str(module)


def _emit_function(module, name):
    kind, _, form = name.rpartition("_")
    if name in FORMULAS:
        _emit_formula(module, name)
    elif form == "block":
        builder = _begin(module, name, BLOCK_TYPE)
        random.emit_block(builder, builder.function.args, PAIRS[kind])
        builder.ret_void()
    elif form == "at":
        builder = _begin(module, name, NUMBER_TYPE, inline=kind in PAIRS)
        emit, source = (random.emit_number, PAIRS) if kind in PAIRS else (random.emit_event, EVENTS)
        builder.ret(emit(builder, builder.function.args, source[kind]))
    else:
        builder = _begin(module, name, BARRIER_TYPE)
        emit_barrier(builder, *builder.function.args)
        builder.ret_void()


def _emit_formula(module, name):
    builder = _begin(module, name, formula_type(name), inline=True)
    arguments = [Lanes(builder, value) for value in builder.function.args]
    builder.ret(FORMULAS[name](*arguments).value)


def _begin(module, name, function_type, inline=False):
    function = ir.Function(module, function_type, PREFIX + name)
    if inline:
        function.attributes.add("alwaysinline")
    return ir.IRBuilder(function.append_basic_block("entry"))
