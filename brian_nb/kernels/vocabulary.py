"""The names that generated source may use, as functions that Numba can type and call.

`reference.VOCABULARY` has the same names for plain Python. What the functions do is written in
`library`; here Numba learns only their types. Importing this module imports Numba.
"""

from numba import types
from numba.extending import intrinsic
from numba.np.numpy_support import from_dtype

from brian_nb.kernels import library
from brian_nb.kernels.allocate import ALIGNMENT
from brian_nb.kernels.lanes import declare
from brian_nb.kernels.pointers import ArrayPointer, make_binder
from brian_nb.kernels.prefetch import make_prefetch
from brian_nb.kernels.source import DTYPES

LANES = ALIGNMENT // 8
"""Neurons that the update of a population takes at a time, those behind its last one included."""


def build_vocabulary():
    """Make all names of generated source.

    Returns
    -------
    dict of str to callable
    """
    names = {name: make_binder(name, from_dtype(dtype)) for name, dtype in DTYPES.items()}
    names |= {name: make_formula(name) for name in library.FORMULAS}
    for kind in library.PAIRS:
        names[f"{kind}_block"] = make_block(f"{kind}_block")
    for kind in (*library.PAIRS, *library.EVENTS):
        names[f"{kind}_at"] = make_number(f"{kind}_at")
    names |= {"wait_barrier": make_barrier("wait_barrier"), "prefetch": make_prefetch("prefetch")}
    return names | {"index_range": range, "LANES": LANES}


def make_formula(name):
    """Make a function of float64; integers and truth values are converted."""
    function_type = library.formula_type(name)
    result = types.float64(*[types.float64] * len(function_type.args))

    def type_call(*given):
        return result if all(isinstance(kind, _NUMBERS) for kind in given) else None

    return _make_call(name, function_type, type_call)


def make_block(name):
    """Make ``name(buffer, seed, stream, step, first)``, which fills 256 numbers."""

    def type_call(buffer, *given):
        is_valid = _is_pointer(buffer, types.float64) and _are_integers(given)
        return types.void(buffer, *[types.int64] * 4) if is_valid else None

    return _make_call(name, library.BLOCK_TYPE, type_call)


def make_number(name):
    """Make ``name(seed, stream, step, index)``, one random number."""

    def type_call(*given):
        return types.float64(*[types.int64] * 4) if _are_integers(given) else None

    return _make_call(name, library.NUMBER_TYPE, type_call)


def make_barrier(name):
    """Make ``name(counters, n_threads)``, which waits until all threads have come."""

    def type_call(counters, *given):
        is_valid = _is_pointer(counters, types.int64) and _are_integers(given)
        return types.void(counters, types.int64) if is_valid else None

    return _make_call(name, library.BARRIER_TYPE, type_call)


_NUMBERS = (types.Number, types.Boolean)

_DEFINITIONS = {
    1: lambda decide: lambda typingctx, a: decide(a),
    2: lambda decide: lambda typingctx, a, b: decide(a, b),
    3: lambda decide: lambda typingctx, a, b, c: decide(a, b, c),
    4: lambda decide: lambda typingctx, a, b, c, d: decide(a, b, c, d),
    5: lambda decide: lambda typingctx, a, b, c, d, e: decide(a, b, c, d, e),
}
"""Numba reads the number of arguments from the signature, so each number needs its own."""


def _make_call(name, function_type, type_call):
    """A Numba function that calls the library's function of that name."""

    def codegen(context, builder, sig, args):
        function = declare(builder.module, library.PREFIX + name, function_type)
        result = builder.call(function, args)
        return context.get_dummy_value() if sig.return_type == types.void else result

    def decide(*given):
        signature = type_call(*given)
        return signature and (signature, codegen)

    definition = _DEFINITIONS[len(function_type.args)](decide)
    definition.__name__ = name
    return intrinsic(definition)


def _are_integers(given):
    return all(isinstance(kind, types.Integer) for kind in given)


def _is_pointer(kind, dtype):
    return isinstance(kind, ArrayPointer) and kind.dtype == dtype
