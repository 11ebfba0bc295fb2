"""Statements of generated source in LLVM's form."""

import ast

from llvmlite import ir

from brian_nb.kernels.frontend.arithmetic import combine, compare, convert
from brian_nb.kernels.frontend.calls import NUMBERS, SINGLE, VECTORS
from brian_nb.kernels.frontend.expressions import ExpressionWriter
from brian_nb.kernels.frontend.pointers import ArrayPointer, read_element, write_element
from brian_nb.kernels.frontend.problems import refuse
from brian_nb.kernels.frontend.scope import Scope, reserve
from brian_nb.kernels.frontend.together import find_groups, write_group
from brian_nb.kernels.frontend.vectors import write_vectors
from brian_nb.kernels.lanes import INTEGER

_ZERO, _ONE = INTEGER(0), INTEGER(1)


class FunctionWriter:
    """Writes one call of a function: its body at the place of a builder.

    Parameters
    ----------
    builder : llvmlite.ir.IRBuilder
    scope : Scope
    give : callable
        ``give(value)`` writes a return from the function, after which nothing follows.
    """

    def __init__(self, builder, scope, give):
        self.builder = builder
        self.scope = scope
        self._give = give
        self._expressions = ExpressionWriter(builder, scope, self._call_routine)
        self._loops = []

    def write_whole(self, body):
        """Write the body of the function, whose end is not reached."""
        self.write_all(body)
        if not self.builder.block.is_terminated:
            self.builder.unreachable()

    def write_all(self, body):
        """Write statements; what stands behind a jump is never reached."""
        for item in body:
            if self.builder.block.is_terminated:
                return
            writer = getattr(self, f"_write_{type(item).__name__.lower()}", None)
            writer(item) if writer else refuse(item)

    def _write_single(self, body):
        """Write what is done for a single neuron."""
        groups = find_groups(body)
        for place, item in enumerate(body):
            for group in groups.get(place, ()):
                values = write_group(self.builder, self._expressions, group, self.scope.n_lanes)
                self._expressions.written.update(zip(group, values, strict=True))
            self.write_all([item])

    def _call_routine(self, name, arguments, scope):
        """Write a function of the source where it is called."""
        kinds = [item.kind if isinstance(item, ArrayPointer) else item.type for item in arguments]
        inner = scope.kinds.call(name, kinds)
        routine, _ = scope.kinds.find_routine(name)
        definer = scope.find_definer(inner.outer)
        result, leave = reserve(self.builder, inner.result), self.builder.append_basic_block()

        def give(value):
            self.builder.store(convert(self.builder, value, inner.result), result)
            self.builder.branch(leave)

        inside = Scope(self.builder, inner, scope.n_lanes, definer)
        for item, value in zip(routine.args.args, arguments, strict=True):
            inside.assign(item.arg, value)
        FunctionWriter(self.builder, inside, give).write_whole(routine.body)
        self.builder.position_at_end(leave)
        return self.builder.load(result)

    def _write_functiondef(self, item):
        """Nothing: the body is written at each call."""

    def _write_pass(self, item):
        """Nothing."""

    def _write_expr(self, item):
        self._expressions.write(item.value)

    def _write_return(self, item):
        self._give(self._expressions.write(item.value))

    def _write_assign(self, item):
        if len(item.targets) > 1:
            refuse(item)
        target, value = item.targets[0], self._expressions.write(item.value)
        if isinstance(target, ast.Name):
            self.scope.assign(target.id, value)
        elif isinstance(target, ast.Subscript):
            write_element(self.builder, *self._find_element(target), value)
        else:
            refuse(item)

    def _write_augassign(self, item):
        if isinstance(item.target, ast.Name):
            before = self.scope.read(item.target.id)
            self.scope.assign(item.target.id, self._change(before, item))
        else:
            place = self._find_element(item.target)
            before = read_element(self.builder, *place)
            write_element(self.builder, *place, self._change(before, item))

    def _change(self, before, item):
        return combine(self.builder, item.op, before, self._expressions.write(item.value))

    def _find_element(self, target):
        array = self._expressions.write(target.value)
        return array, self._expressions.write_index(target.slice)

    def _write_if(self, item):
        condition = self._expressions.write_condition(item.test)
        yes, no, leave = map(self.builder.append_basic_block, ("then", "else", "endif"))
        self.builder.cbranch(condition, yes, no)
        for block, body in ((yes, item.body), (no, item.orelse)):
            self.builder.position_at_end(block)
            self.write_all(body)
            self._go_to(leave)
        self.builder.position_at_end(leave)

    def _write_while(self, item):
        names = ("while", "do", "else", "done")
        check, body, otherwise, leave = map(self.builder.append_basic_block, names)
        self.builder.branch(check)
        self.builder.position_at_end(check)
        condition = self._expressions.write_condition(item.test)
        self.builder.cbranch(condition, body, otherwise)
        self._write_rounds(item, (body, check, otherwise, leave))

    def _write_for(self, item):
        """The counter is apart from the name that the source sees, which the body may change."""
        if isinstance(item.iter, ast.Call) and item.iter.func.id == VECTORS:
            write_vectors(self.builder, item, self.scope, self._expressions)
            return
        start, stop, step = self._find_range(item)
        counter = reserve(self.builder, INTEGER)
        self.builder.store(start, counter)
        names = ("for", "do", "next", "else", "done")
        check, body, go_on, otherwise, leave = map(self.builder.append_basic_block, names)
        self.builder.branch(check)
        self.builder.position_at_end(check)
        number = self.builder.load(counter)
        self.builder.cbranch(self._is_within(number, stop, step), body, otherwise)
        self.builder.position_at_end(body)
        self.scope.assign(item.target.id, number)
        self.builder.position_at_end(go_on)
        following = self.builder.add(self.builder.load(counter), step, flags=("nsw",))
        self.builder.store(following, counter)
        self.builder.branch(check)
        self._write_rounds(item, (body, go_on, otherwise, leave))

    def _find_range(self, item):
        if not (isinstance(item.iter, ast.Call) and item.iter.func.id in (NUMBERS, SINGLE)):
            refuse(item)
        limits = [self._expressions.write_index(part) for part in item.iter.args]
        if len(limits) == 1:
            return _ZERO, limits[0], _ONE
        return (*limits, _ONE)[:3]

    def _is_within(self, number, stop, step):
        if isinstance(step, ir.Constant):
            relation = ast.Lt() if step.constant > 0 else ast.Gt()
            return compare(self.builder, relation, number, stop)
        upwards = compare(self.builder, ast.Gt(), step, _ZERO)
        downwards = compare(self.builder, ast.Lt(), step, _ZERO)
        below = compare(self.builder, ast.Lt(), number, stop)
        above = compare(self.builder, ast.Gt(), number, stop)
        return self.builder.or_(
            self.builder.and_(upwards, below), self.builder.and_(downwards, above)
        )

    def _write_rounds(self, item, blocks):
        """Write the body of a loop, and its `else`, which a `break` jumps over."""
        body, go_on, otherwise, leave = blocks
        self.builder.position_at_end(body)
        self._loops.append((go_on, leave))
        is_single = isinstance(item, ast.For) and item.iter.func.id == SINGLE
        (self._write_single if is_single else self.write_all)(item.body)
        self._go_to(go_on)
        self._loops.pop()
        self.builder.position_at_end(otherwise)
        self.write_all(item.orelse)
        self._go_to(leave)
        self.builder.position_at_end(leave)

    def _write_break(self, item):
        self.builder.branch(self._loops[-1][1])

    def _write_continue(self, item):
        self.builder.branch(self._loops[-1][0])

    def _go_to(self, block):
        if not self.builder.block.is_terminated:
            self.builder.branch(block)
