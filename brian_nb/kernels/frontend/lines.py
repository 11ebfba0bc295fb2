"""Loops over neurons whose order does not matter: a line of eight neurons at a time.

Inside, a name that is assigned stands for eight values, and ``a[i]`` for eight elements side by
side. Nothing is left to the optimiser's judgement: what is written here becomes vector instructions
on any processor that has them, or is refused.
"""

import ast
from contextlib import contextmanager

from llvmlite import ir

from brian_nb.kernels.allocate import LANES
from brian_nb.kernels.frontend.arithmetic import choose, combine, compare, convert, spread
from brian_nb.kernels.frontend.calls import pass_arguments
from brian_nb.kernels.frontend.expressions import ExpressionWriter
from brian_nb.kernels.frontend.kinds import TRUTH
from brian_nb.kernels.frontend.pointers import read_element, write_element
from brian_nb.kernels.frontend.problems import refuse
from brian_nb.kernels.frontend.scope import reserve
from brian_nb.kernels.lanes import INTEGER, constant, element_of
from brian_nb.kernels.library import FORMULAS, find_function

AT_ONCE = 2
"""Lines in a round of the loop: loads and stores of one overlap with those of the other, and
constants are fetched for both. COBAHH is 4 % faster than with one; four bring no more."""

_LANES = INTEGER(LANES)
_MASK = ir.VectorType(INTEGER, LANES)


def write_lines(builder, item, scope, expressions):
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
    found = _reserve_masks(builder, item)

    def write_line():
        number = builder.load(place)
        scope.assign(item.target.id, number)
        writer = LineWriter(builder, scope, expressions, item.target.id, found)
        for statement in item.body:
            writer.write_statement(statement)
        builder.store(builder.add(number, _LANES, flags=("nsw",)), place)

    for count in (AT_ONCE, 1):
        ahead = INTEGER((count - 1) * LANES)
        with _while(builder, place, builder.sub(end, ahead, flags=("nsw",))):
            for _ in range(count):
                write_line()
    for name, mask in found.items():
        scope.assign(name, combine(builder, ast.BitOr(), scope.read(name), _any(builder, mask)))


NEVER_UNROLLED = """\
!100000 = distinct !{!100000, !100001}
!100001 = !{!"llvm.loop.unroll.disable"}
"""
"""What the optimiser is told of the loops over lines, which are as long as they should be. This is
text, for llvmlite has no node that names itself; its own numbers begin at 0."""


class _NeverUnrolled:
    def get_reference(self):
        return "!100000"


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


def _reserve_masks(builder, item):
    """For each name that truth values are brought together in, a place for those of each lane."""
    found = {}
    for statement in item.body:
        if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
            mask = found[statement.target.id] = reserve(builder, _MASK)
            builder.store(constant(_MASK, 0), mask)
    return found


def _any(builder, mask):
    kind = ir.FunctionType(INTEGER, [_MASK])
    name = f"llvm.vector.reduce.or.v{LANES}i64"
    reduce = builder.module.globals.get(name) or ir.Function(builder.module, kind, name)
    return convert(builder, builder.call(reduce, [builder.load(mask)]), TRUTH)


class LineWriter(ExpressionWriter):
    """Writes statements and expressions for one line of neurons.

    Parameters
    ----------
    builder, scope
        See `ExpressionWriter`; the name of the neuron stands for the first one of the line.
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
            element = self._plain.write(target.value), self._find_line(target)
            write_element(self.builder, *element, self._in_lanes(self.write(item.value)))
        elif isinstance(item, ast.AugAssign) and isinstance(item.op, ast.BitOr):
            self._bring_together(self._found[target.id], self.write_condition(item.value))
        else:
            refuse(item)

    def _bring_together(self, place, condition):
        mask = self.builder.sext(self._in_lanes(condition), _MASK)
        self.builder.store(self.builder.or_(self.builder.load(place), mask), place)

    def _in_lanes(self, value):
        return spread(self.builder, value, constant(_MASK, 0))[0]

    def _write_name(self, node):
        if node.id == self._neuron:
            refuse(node)
        return self._values[node.id] if node.id in self._values else super()._write_name(node)

    def _write_subscript(self, node):
        array = self._plain.write(node.value)
        if not self._varies(node.slice):
            return read_element(self.builder, array, self._plain.write_index(node.slice))
        return read_element(self.builder, array, self._find_line(node), LANES)

    def _find_line(self, node):
        """Index of the first element of a line: of ``i``, or of ``i`` with an offset."""
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
        function = find_function(self.builder.module, node.func.id, LANES)
        kinds = [element_of(item.type) for item in function.args]
        arguments = pass_arguments(self, node.args, kinds)
        return self.builder.call(function, [self._in_lanes(item) for item in arguments])
