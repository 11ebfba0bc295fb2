"""From a network model and its step updates to the source of one time loop.

Takes: a `NetworkModel` and one `StepUpdate` per population.
Gives: a `Program`: readable Python source of ``advance(A, thread, n_threads)`` and the list of
arrays, numbers and integers that it reads, in the order of its tables.
Must not know: values, sizes, how the source is compiled.
"""

from brian_nb.codegen.program import emit_program
from brian_nb.codegen.tables import ArraySlot, IntegerSlot, NumberSlot, Program

__all__ = ["ArraySlot", "IntegerSlot", "NumberSlot", "Program", "emit_program"]
