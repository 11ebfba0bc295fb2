"""Functions that one neuron needs at the same time, side by side in one vector.

The formulas of a single neuron call `exp` and the like one by one, though several of them wait for
nothing but what is there already. As lanes of one vector they cost little more than one.
"""

import ast
from collections import defaultdict
from dataclasses import dataclass

from llvmlite import ir

from brian_nb.kernels.lanes import DOUBLE
from brian_nb.kernels.library import find_function

DEAR = frozenset(
    "exp expm1 exprel log log10 log1p sin cos tan sinh cosh tanh arcsin arccos arctan".split()
)
"""Functions of one number that take longer than to bring numbers into a vector and back."""

_PLACE = ir.IntType(32)


@dataclass(frozen=True)
class _Found:
    """A call that may be written early.

    Parameters
    ----------
    node : ast.Call
    needed : int
        Place of the statement that it stands in.
    ready : int
        The first place before which all that it uses is there.
    """

    node: ast.Call
    needed: int
    ready: int


def find_groups(body):
    """Calls of one function that can be computed together.

    Those of a group wait for as many other functions as each other, one after the other, so that
    none is held up by another one.

    Parameters
    ----------
    body : list of ast.stmt
        Done one after the other.

    Returns
    -------
    dict of int to list of list of ast.Call
        Groups of two or more, by the place of the statement that they are written before.
    """
    groups = defaultdict(list)
    if all(isinstance(item, ast.Assign | ast.AugAssign) for item in body):
        for calls in _find_calls(body).values():
            while calls:
                place = calls[0].needed
                group = [item.node for item in calls if item.ready <= place]
                calls = [item for item in calls if item.ready > place]
                if len(group) > 1:
                    groups[place].append(group)
    return groups


def write_group(builder, expressions, group, most_lanes):
    """Write calls of one function as lanes of vectors.

    Parameters
    ----------
    builder : llvmlite.ir.IRBuilder
    expressions : expressions.ExpressionWriter
    group : list of ast.Call
    most_lanes : int
        That a register has.

    Returns
    -------
    list of llvmlite.ir.Value
        What each of them gives.
    """
    numbers = [expressions.write_as(item.args[0], DOUBLE) for item in group]
    found = []
    for start in range(0, len(numbers), most_lanes):
        found += _call(builder, group[0].func.id, numbers[start : start + most_lanes])
    return found


def _call(builder, name, numbers):
    n_lanes = 1 << (len(numbers) - 1).bit_length()
    function = find_function(builder.module, name, n_lanes)
    if n_lanes == 1:
        return [builder.call(function, numbers)]
    vector = ir.Constant(ir.VectorType(DOUBLE, n_lanes), ir.Undefined)
    for lane in range(n_lanes):  # in lanes that are left over stands the first number again
        number = numbers[lane] if lane < len(numbers) else numbers[0]
        vector = builder.insert_element(vector, number, _PLACE(lane))
    result = builder.call(function, [vector])
    return [builder.extract_element(result, _PLACE(lane)) for lane in range(len(numbers))]


def _find_calls(body):
    """Lists of `_Found`, by function and by how many others each waits for."""
    found, ready, levels = defaultdict(list), {}, {}
    for place, item in enumerate(body):
        calls = []
        level = _measure(item.value, levels, calls)
        for node, waits in calls:
            names = {part.id for part in ast.walk(node.args[0]) if isinstance(part, ast.Name)}
            first = max((ready.get(name, 0) for name in names), default=0)
            found[node.func.id, waits].append(_Found(node, place, first))
        target = item.targets[0] if isinstance(item, ast.Assign) else item.target
        if isinstance(target, ast.Name):
            ready[target.id] = place + 1
            levels[target.id] = max(level, levels.get(target.id, 0))
    return found


def _measure(node, levels, calls):
    """How many functions, one after the other, an expression waits for.

    Parameters
    ----------
    node : ast.expr
    levels : dict of str to int
        That of names that have one.
    calls : list
        Gets the calls that may be written early, each with what it waits for itself: those that
        are computed in any case, and use no element of an array, which may change before.
    """
    if isinstance(node, ast.Name):
        return levels.get(node.id, 0)
    inner = [] if isinstance(node, ast.IfExp | ast.BoolOp) else calls
    level = max((_measure(item, levels, inner) for item in ast.iter_child_nodes(node)), default=0)
    if not (isinstance(node, ast.Call) and node.func.id in DEAR):
        return level
    if not any(isinstance(item, ast.Subscript) for item in ast.walk(node)):
        calls.append((node, level))
    return level + 1
