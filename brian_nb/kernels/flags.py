"""The one place for the flags of Numba and LLVM, each with its reason."""

FASTMATH = frozenset({"contract", "arcp", "nsz"})
"""What LLVM may assume of the arithmetic that generated source spells out.

- ``contract``: a product and a sum may become one fused instruction (fewer roundings).
- ``arcp``: a division by a constant may become a product with its reciprocal.
- ``nsz``: the sign of a zero does not matter, so that ``x + 0.0`` disappears.

Left out on purpose: ``reassoc`` folds away the rounding tricks of `vecmath` (a network then
stays silent), and ``nnan``/``ninf`` turn the search for a NaN into a constant.
"""

NUMBA_OPTIONS = {
    "fastmath": set(FASTMATH),
    # A division by zero gives inf as in NumPy; the Python model adds a branch to every
    # division, and a loop with that branch does not vectorise.
    "error_model": "numpy",
    # Pointers have no bounds; every index is checked before a run.
    "boundscheck": False,
    # Only typed code: a kernel that fell back to Python objects would need the GIL.
    "nopython": True,
}

LLVM_OPTIMISATION = 3
"""Level of the optimiser and of the code generator."""
