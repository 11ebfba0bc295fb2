"""Expressions of generated source in LLVM's form."""

import ast

from brian_nb.kernels.frontend.arithmetic import (
    combine,
    compare,
    convert,
    negate,
    raise_to,
)
from brian_nb.kernels.frontend.calls import write_call
from brian_nb.kernels.frontend.kinds import TRUTH, join
from brian_nb.kernels.frontend.pointers import read_element
from brian_nb.kernels.frontend.problems import refuse
from brian_nb.kernels.lanes import INTEGER, constant


class ExpressionWriter:
    """Writes the computation of expressions at the place of a builder.

    Parameters
    ----------
    builder : llvmlite.ir.IRBuilder
    scope : scope.Scope
    call_routine : callable
        ``call_routine(name, arguments, scope)`` writes a call of a function of the source.

    Attributes
    ----------
    written : dict of ast.Call to llvmlite.ir.Value
        Calls that were written early, each with what it gives.
    """

    def __init__(self, builder, scope, call_routine):
        self.builder = builder
        self.scope = scope
        self.call_routine = call_routine
        self.written = {}

    def write(self, node):
        """Write an expression.

        Returns
        -------
        llvmlite.ir.Value or pointers.ArrayPointer
        """
        writer = getattr(self, f"_write_{type(node).__name__.lower()}", None)
        return writer(node) if writer else refuse(node)

    def write_as(self, node, kind):
        """Write an expression whose value is wanted as one of a kind."""
        return convert(self.builder, self.write(node), kind)

    def write_condition(self, node):
        return self.write_as(node, TRUTH)

    def _write_constant(self, node):
        return constant(self.scope.kinds.of(node), node.value)

    def _write_name(self, node):
        return self.scope.read(node.id)

    def _write_unaryop(self, node):
        if isinstance(node.op, ast.Not):
            return self.builder.not_(self.write_condition(node.operand))
        value = self.write(node.operand)
        if isinstance(node.op, ast.USub):
            return negate(self.builder, value)
        return value if isinstance(node.op, ast.UAdd) else refuse(node)

    def _write_binop(self, node):
        left = self.write(node.left)
        if isinstance(node.op, ast.Pow):
            return self._write_power(node, left)
        return combine(self.builder, node.op, left, self.write(node.right))

    def _write_power(self, node, left):
        exponent = getattr(node.right, "value", None)
        if not isinstance(exponent, int) or exponent < 1:
            refuse(node)
        return raise_to(self.builder, left, exponent)

    def _write_compare(self, node):
        values = [self.write(item) for item in (node.left, *node.comparators)]
        pairs = zip(node.ops, values[:-1], values[1:], strict=True)
        first, *more = [compare(self.builder, *pair) for pair in pairs]
        for item in more:
            first = self.builder.and_(first, item)
        return first

    def _write_boolop(self, node):
        """``and`` and ``or``: what comes later is looked at only where it still matters."""
        is_and = isinstance(node.op, ast.And)
        leave, outcomes = self.builder.append_basic_block("decided"), []
        for item in node.values[:-1]:
            condition = self.write_condition(item)
            outcomes.append((TRUTH(not is_and), self.builder.block))
            go_on = self.builder.append_basic_block("undecided")
            self.builder.cbranch(condition, *((go_on, leave) if is_and else (leave, go_on)))
            self.builder.position_at_end(go_on)
        outcomes.append((self.write_condition(node.values[-1]), self.builder.block))
        self.builder.branch(leave)
        return self._meet(leave, TRUTH, outcomes)

    def _write_ifexp(self, node):
        kind = join(self.scope.kinds.of(node.body), self.scope.kinds.of(node.orelse))
        condition, outcomes = self.write_condition(node.test), []
        yes, no, leave = map(self.builder.append_basic_block, ("yes", "no", "chosen"))
        self.builder.cbranch(condition, yes, no)
        for block, item in ((yes, node.body), (no, node.orelse)):
            self.builder.position_at_end(block)
            outcomes.append((self.write_as(item, kind), self.builder.block))
            self.builder.branch(leave)
        return self._meet(leave, kind, outcomes)

    def _write_subscript(self, node):
        return read_element(self.builder, self.write(node.value), self.write_index(node.slice))

    def write_index(self, node):
        """Write the index of an element.

        Raises
        ------
        TypeError
            It is a real number.
        """
        index = self.write(node)
        if index.type not in (INTEGER, TRUTH):
            raise TypeError(f"generated source: `{ast.unparse(node)}` is no index")
        return convert(self.builder, index, INTEGER)

    def _write_call(self, node):
        return self.written[node] if node in self.written else write_call(self, node)

    def _meet(self, block, kind, outcomes):
        self.builder.position_at_end(block)
        value = self.builder.phi(kind)
        for item in outcomes:
            value.add_incoming(*item)
        return value
