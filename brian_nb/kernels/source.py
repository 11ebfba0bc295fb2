"""What a generated source says before it is compiled: its function and the arrays it binds."""

import ast

import numpy as np

from brian_nb.errors import SimulationError

DTYPES = {
    "f64": np.dtype(np.float64),
    "f32": np.dtype(np.float32),
    "i64": np.dtype(np.int64),
    "i32": np.dtype(np.int32),
    "u32": np.dtype(np.uint32),
    "u8": np.dtype(np.uint8),
}
"""Name of the function that binds an array -> type of its elements. Besides, ``zeros`` binds an
array of any type of which it is known that all its elements are zero."""


def find_slots(source):
    """Read the bindings ``name = f64(A, 3)`` of a source.

    Parameters
    ----------
    source : str

    Returns
    -------
    dict of int to numpy.dtype
        Array number -> type of its elements.

    Raises
    ------
    SimulationError
        One array is bound with two types.
    """
    slots = {}
    for node in ast.walk(ast.parse(source)):
        if not _is_binding(node):
            continue
        slot, dtype = node.args[1].value, DTYPES[node.func.id]
        if slots.setdefault(slot, dtype) != dtype:
            raise SimulationError(f"array {slot} is bound as {slots[slot]} and as {dtype}")
    return slots


def define_advance(source, names):
    """Run the definition in a source and hand out its function, not called yet.

    Parameters
    ----------
    source : str
        Written by brian_nb from a checked model, never typed by a user.
    names : dict of str to object
        What the source may use.

    Returns
    -------
    function
        ``advance(A, thread, n_threads)``.
    """
    namespace = dict(names, __name__="brian_nb.generated")
    tree = ast.fix_missing_locations(PlainTruth().visit(ast.parse(source)))
    exec(compile(tree, "<kernel>", "exec"), namespace)  # noqa: S102
    return namespace["advance"]


class PlainTruth(ast.NodeTransformer):
    """Makes what comparisons give plain truth values, which add up as in compiled code.

    Those of NumPy do not: the sum of two that are true is true.
    """

    def visit_Compare(self, node):  # noqa: N802 - the name that `ast` looks for
        self.generic_visit(node)
        return ast.Call(ast.Name("bool", ast.Load()), [node], [])


def _is_binding(node):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in DTYPES
        and len(node.args) == 2
        and isinstance(node.args[1], ast.Constant)
    )
