"""The functions behind the names of generated source, as functions of LLVM.

Their arithmetic carries no fast-math flags, as that of the source does: ``nsz`` would take away
the signed zeros, ``contract`` the equality of one number with one of a block. Those that a loop
may hold are inlined.
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
    "floor_divide": vecmath.floor_divide,
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
_BLOCK_TYPE = ir.FunctionType(_VOID, [_POINTER] + [INTEGER] * 4)
_NUMBER_TYPE = ir.FunctionType(DOUBLE, [INTEGER] * 4)
_BARRIER_TYPE = ir.FunctionType(_VOID, [INTEGER.as_pointer(), INTEGER])


def find_function(module, name, n_lanes=1):
    """The function behind a name, defined in the module if it is not there yet.

    Parameters
    ----------
    module : llvmlite.ir.Module
    name : str
        One of `FUNCTIONS`.
    n_lanes : int
        For how many numbers at once, where the name is one of `FORMULAS`.

    Returns
    -------
    llvmlite.ir.Function
    """
    if n_lanes > 1:
        kind = ir.VectorType(DOUBLE, n_lanes)
        full_name = f"{PREFIX}{name}.{n_lanes}"
    else:
        kind, full_name = DOUBLE, PREFIX + name
    if full_name not in module.globals:
        if name in FORMULAS:
            _emit_formula(module, full_name, FORMULAS[name], kind)
        else:
            _emit_function(module, name)
    return module.globals[full_name]


def _emit_function(module, name):
    kind, _, form = name.rpartition("_")
    name = PREFIX + name
    if form == "block":
        builder = _begin(module, name, _BLOCK_TYPE)
        random.emit_block(builder, builder.function.args, PAIRS[kind])
        builder.ret_void()
    elif form == "at":
        builder = _begin(module, name, _NUMBER_TYPE, inline=kind in PAIRS)
        emit, source = (random.emit_number, PAIRS) if kind in PAIRS else (random.emit_event, EVENTS)
        builder.ret(emit(builder, builder.function.args, source[kind]))
    else:
        builder = _begin(module, name, _BARRIER_TYPE)
        emit_barrier(builder, *builder.function.args)
        builder.ret_void()


def _emit_formula(module, name, formula, kind):
    function_type = ir.FunctionType(kind, [kind] * formula.__code__.co_argcount)
    builder = _begin(module, name, function_type, inline=True)
    arguments = [Lanes(builder, value) for value in builder.function.args]
    builder.ret(formula(*arguments).value)


def _begin(module, name, function_type, inline=False):
    function = ir.Function(module, function_type, name)
    function.linkage = "internal"
    if inline:
        function.attributes.add("alwaysinline")
    return ir.IRBuilder(function.append_basic_block("entry"))
