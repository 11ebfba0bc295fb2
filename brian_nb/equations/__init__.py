"""From a model's text to equations whose names are known and whose units agree.

Takes: the text that a user typed, and the values among which it was typed.
Gives: an `EquationSystem` of `Expression` trees; errors that show the place in the user's text.
Must not know: groups, values of state variables, integrators, how anything is computed in a run.
Nothing in a text is ever executed.
"""

from brian_nb.equations.grammar import parse_equations, parse_statements
from brian_nb.equations.parts import Assembly, Part
from brian_nb.equations.resolving import (
    resolve_equations,
    resolve_expression,
    resolve_parts,
    resolve_statements,
)
from brian_nb.equations.statements import Assignment, EquationText, rename_names
from brian_nb.equations.system import Equation, EquationSystem, Variable

__all__ = [
    "Assembly",
    "Assignment",
    "Equation",
    "EquationSystem",
    "EquationText",
    "Part",
    "Variable",
    "parse_equations",
    "parse_statements",
    "rename_names",
    "resolve_equations",
    "resolve_expression",
    "resolve_parts",
    "resolve_statements",
]
