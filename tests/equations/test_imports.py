"""What the package loads."""

import subprocess
import sys


def test_equations_load_no_heavy_library():
    """Not even when equations are parsed, resolved, checked and typeset."""
    script = """
import sys
from brian_nb.diagnostics import Source
from brian_nb.equations import parse_equations, resolve_equations
from brian_nb.equations.affine import is_linear
from brian_nb.equations.dimensions import check_dimensions
from brian_nb.equations.latex import system_to_latex
system = resolve_equations(parse_equations(Source("dv/dt = -v/(10*ms) : volt")), {})
check_dimensions(system)
assert is_linear(system)
system_to_latex(system)
heavy = {"sympy", "scipy", "numba", "matplotlib", "IPython"} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", script], check=True)
