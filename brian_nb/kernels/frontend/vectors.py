"""Loops over neurons whose order does not matter: lanes of two to eight neurons at a time.

Inside, a name that is assigned stands for a value in each lane, and ``a[i]`` for elements side by
side. Nothing is left to the optimiser's judgement: what is written here becomes vector instructions
on any processor that has them, or is refused.
"""

import ast
from contextlib import contextmanager

from llvmlite import ir

from brian_nb.kernels.allocate import LANES
from brian_nb.kernels.frontend.arithmetic import choose, combine, compare, convert
from brian_nb.kernels.frontend.calls import pass_arguments
from brian_nb.kernels.frontend.expressions import ExpressionWriter
from brian_nb.kernels.frontend.kinds import TRUTH
from brian_nb.kernels.frontend.pointers import read_element, write_element
from brian_nb.kernels.frontend.problems import refuse
from brian_nb.kernels.frontend.scope import reserve
from brian_nb.kernels.lanes import INTEGER, broadcast, constant, declare, element_of
from brian_nb.kernels.library import FORMULAS, find_function

AT_ONCE = 2
"""Registers full of neurons in a round of the loop: loads and stores of one overlap with those of
the other, and constants are fetched for both. COBAHH is 4 % faster than with one; four bring no
more. Lanes are as many as a register has: with twice as many, COBAHH took a third longer on a
processor with 16 registers of four lanes."""


def write_vectors(builder, item, scope, expressions):
    """Write ``for i in lane_range(first, end)``.

    Parameters
    ----------
    builder : llvmlite.ir.IRBuilder
    item : ast.For
        Its body assigns, and brings truth values together by ``|=``. It is done for whole lines
        of elements from `first` on, those behind `end` included.
    scope : scope.Scope
    expressions : expressions.ExpressionWriter
        Of what is the same in all lanes.

    Raises
    ------
    NotImplementedError
        The body holds something else.
    """
    first, end = (expressions.write_index(part) for part in item.iter.args)
    place = reserve(builder, INTEGER)
    builder.store(first, place)
    found, n_lanes = _reserve_masks(builder, item, scope.n_lanes), scope.n_lanes

    def write_lanes():
        number = builder.load(place)
        scope.assign(item.target.id, number)
        writer = LaneWriter(builder, scope, expressions, item.target.id, found)
        for statement in item.body:
            writer.write_statement(statement)
        builder.store(builder.add(number, INTEGER(n_lanes), flags=("nsw",)), place)

    is_whole = LANES % (AT_ONCE * n_lanes) == 0  # then a line of memory is some rounds
    for count in (AT_ONCE,) if is_whole else (AT_ONCE, 1):
        ahead = INTEGER(0 if is_whole else (count - 1) * n_lanes)
        with _while(builder, place, builder.sub(end, ahead, flags=("nsw",))):
            for _ in range(count):
                write_lanes()
    for name in [target.id for target in _list_targets(item) if target.id not in found]:
        scope.forget(name)  # it had a value in each lane
    for name, mask in found.items():
        scope.assign(name, combine(builder, ast.BitOr(), scope.read(name), _any(builder, mask)))


_NUMBER = 100_000
"""Of a node of LLVM's text; those of llvmlite begin at 0."""

NEVER_UNROLLED = f"""\
!{_NUMBER} = distinct !{{!{_NUMBER}, !{_NUMBER + 1}}}
!{_NUMBER + 1} = !{{!"llvm.loop.unroll.disable"}}
"""
"""What the optimiser is told of the loops over lines, which are as long as they should be. This is
text, for llvmlite has no node that names itself."""


class _NeverUnrolled:
    """Stands for that node in llvmlite's instructions."""

    def get_reference(self):
        return f"!{_NUMBER}"


@contextmanager
def _while(builder, place, end):
    """Do what is written inside as long as the number at a place is below an end."""
    check, body, leave = map(builder.append_basic_block, ("lines", "line", "done"))
    builder.branch(check)
    builder.position_at_end(check)
    builder.cbranch(compare(builder, ast.Lt(), builder.load(place), end), body, leave)
    builder.position_at_end(body)
    yield
    builder.branch(check).set_metadata("llvm.loop", _NeverUnrolled())
    builder.position_at_end(leave)


def _list_targets(item):
    """Names that the body of a loop assigns."""
    targets = (getattr(part, "target", None) or part.targets[0] for part in item.body)
    return [target for target in targets if isinstance(target, ast.Name)]


def _reserve_masks(builder, item, n_lanes):
    """For each name that truth values are brought together in, a place for those of each lane."""
    found, kind = {}, ir.VectorType(INTEGER, n_lanes)
    for statement in item.body:
        if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
            mask = found[statement.target.id] = reserve(builder, kind)
            builder.store(constant(kind, 0), mask)
    return found


def _any(builder, mask):
    masks = builder.load(mask)
    kind = ir.FunctionType(INTEGER, [masks.type])
    reduce = declare(builder.module, f"llvm.vector.reduce.or.v{masks.type.count}i64", kind)
    return convert(builder, builder.call(reduce, [masks]), TRUTH)


class LaneWriter(ExpressionWriter):
    """Writes statements and expressions for as many neurons as there are lanes.

    Parameters
    ----------
    builder, scope
        See `ExpressionWriter`; the name of the neuron stands for the one in the first lane.
    plain : ExpressionWriter
        Of what is the same in all lanes.
    neuron : str
        The name of the loop.
    found : dict of str to llvmlite.ir.Value
        Places of the truth values that are brought together.
    """

    def __init__(self, builder, scope, plain, neuron, found):
        super().__init__(builder, scope, plain.call_routine)
        self._plain = plain
        self._neuron = neuron
        self._found = found
        self._values = {}

    def write_statement(self, item):
        """Write an assignment."""
        target = item.targets[0] if isinstance(item, ast.Assign) else getattr(item, "target", None)
        if isinstance(item, ast.Assign) and isinstance(target, ast.Name):
            self._values[target.id] = self.write_as(item.value, self.scope.kinds.find(target.id))
        elif isinstance(item, ast.Assign) and isinstance(target, ast.Subscript):
            element = self._plain.write(target.value), self._find_first(target)
            write_element(self.builder, *element, self._in_lanes(self.write(item.value)))
        elif isinstance(item, ast.AugAssign) and isinstance(item.op, ast.BitOr):
            self._bring_together(self._found[target.id], self.write_condition(item.value))
        else:
            refuse(item)

    def _bring_together(self, place, condition):
        before = self.builder.load(place)
        mask = self.builder.sext(self._in_lanes(condition), before.type)
        self.builder.store(self.builder.or_(before, mask), place)

    def _in_lanes(self, value):
        if isinstance(value.type, ir.VectorType):
            return value
        return broadcast(self.builder, value, self.scope.n_lanes)

    def _write_name(self, node):
        if node.id == self._neuron:
            refuse(node)
        return self._values[node.id] if node.id in self._values else super()._write_name(node)

    def _write_subscript(self, node):
        array = self._plain.write(node.value)
        if not self._varies(node.slice):
            return read_element(self.builder, array, self._plain.write_index(node.slice))
        return read_element(self.builder, array, self._find_first(node), self.scope.n_lanes)

    def _find_first(self, node):
        """Index of the element in the first lane: of ``i``, or of ``i`` with an offset."""
        index = node.slice
        if isinstance(index, ast.BinOp) and isinstance(index.op, ast.Add | ast.Sub):
            index = node.slice if self._varies(index.right) else index.left
        if not (isinstance(index, ast.Name) and index.id == self._neuron):
            refuse(node)
        return self._plain.write_index(node.slice)

    def _varies(self, node):
        names = {item.id for item in ast.walk(node) if isinstance(item, ast.Name)}
        return self._neuron in names or not names.isdisjoint(self._values)

    def _write_ifexp(self, node):
        parts = [self.write(item) for item in (node.test, node.body, node.orelse)]
        return choose(self.builder, *parts)

    _write_boolop = staticmethod(refuse)

    def _write_call(self, node):
        if not self._varies(node):
            return self._plain.write(node)
        if node.func.id not in FORMULAS:
            refuse(node)
        function = find_function(self.builder.module, node.func.id, self.scope.n_lanes)
        kinds = [element_of(item.type) for item in function.args]
        arguments = pass_arguments(self, node.args, kinds)
        return self.builder.call(function, [self._in_lanes(item) for item in arguments])
