"""Kernels: generated source in, machine code that runs without the GIL out.

Takes: readable Python text that defines ``advance(A, thread, n_threads)``.
Gives: a `Kernel` to bind to arrays, and the same text as checked plain Python.
Must not know: neurons, synapses, equations, units.

The only package that knows LLVM, which is imported when a kernel is made.
"""

from brian_nb.kernels.allocate import align, allocate, allocate_fresh, get_pages, is_aligned
from brian_nb.kernels.compile import compile_kernel
from brian_nb.kernels.reference import compile_reference

__all__ = [
    "align",
    "allocate",
    "allocate_fresh",
    "compile_kernel",
    "compile_reference",
    "get_pages",
    "is_aligned",
]
