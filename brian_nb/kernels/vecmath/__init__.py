"""Elementary functions of float64 without branches, written with `Lanes`.

The loop vectoriser of LLVM can widen a loop over arrays only if every function in it is plain
arithmetic; calls of the C library stop it: the update of COBAHH took 67 ns a neuron with
`math.exp`. It takes 9 to 10 ns with these, 10 to 11 ns in C++ (g++ -O3 -ffast-math, a 2.3 GHz
Emerald Rapids).

The results for infinities, NaN, zeros of either sign, overflow and underflow are NumPy's, but
for what a docstring says. The error in ulp is measured by the tests; it holds on machines that
fuse a product and a sum.

The coefficients are near-minimax fits (Chebyshev interpolation at 60 digits) of the quotient
that each comment names.

Source
------
Reductions: Muller, Elementary Functions, 3rd ed. 2016, chapters 10 and 11 (Cody and Waite).
"""

from brian_nb.kernels.vecmath.comparison import (
    bounded,
    clip,
    floor_divide,
    inside,
    maximum,
    minimum,
    modulo,
    sign,
)
from brian_nb.kernels.vecmath.exponential import cosh, exp, expm1, exprel, sinh, tanh
from brian_nb.kernels.vecmath.logarithm import log, log1p, log10
from brian_nb.kernels.vecmath.power import power
from brian_nb.kernels.vecmath.trigonometry import (
    arccos,
    arcsin,
    arctan,
    cos,
    sin,
    tan,
)

__all__ = [
    "arccos",
    "arcsin",
    "arctan",
    "bounded",
    "clip",
    "cos",
    "cosh",
    "exp",
    "expm1",
    "exprel",
    "inside",
    "log",
    "log10",
    "log1p",
    "maximum",
    "minimum",
    "floor_divide",
    "modulo",
    "power",
    "sign",
    "sin",
    "sinh",
    "tan",
    "tanh",
]
