"""The one place for the flags of LLVM, each with its reason."""

FASTMATH = frozenset({"contract", "arcp", "nsz"})
"""What LLVM may assume of the arithmetic that generated source spells out.

- ``contract``: a product and a sum may become one fused instruction (fewer roundings).
- ``arcp``: a division by a constant may become a product with its reciprocal.
- ``nsz``: the sign of a zero does not matter, so that ``x + 0.0`` disappears.

Left out on purpose: ``reassoc`` folds away the rounding tricks of `vecmath` (a network then
stays silent), and ``nnan``/``ninf`` turn the search for a NaN into a constant.
"""

LLVM_OPTIMISATION = 3
"""Level of the optimiser and of the code generator."""
