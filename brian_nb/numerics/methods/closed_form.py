"""Exact step of equations that SymPy can solve, each by itself, from the state at its start.

The step is ``x(t + dt) = F(x(t), t, dt)`` with the solution ``F`` of the initial value problem. It
is looked for only where a user asks for it by name, for a bounded time, and compared with fine
Runge-Kutta steps before it is trusted.

Source: Hairer, Norsett & Wanner 1993, section I.3.
"""

from functools import lru_cache

import numpy as np

from brian_nb.diagnostics import Diagnostic, Mark
from brian_nb.equations.expressions import (
    Binary,
    Call,
    Choice,
    Compare,
    Logical,
    names_in,
    substitute,
    walk,
)
from brian_nb.equations.flows import find_flows
from brian_nb.equations.patience import run_for
from brian_nb.equations.sympy_form import Algebra
from brian_nb.equations.sympy_reading import read_form
from brian_nb.errors import EquationError
from brian_nb.numerics.flow_check import find_disagreement
from brian_nb.numerics.terms import DT, ONE, ZERO
from brian_nb.numerics.update import StepUpdate

NAME = "exact"
ORDER = np.inf

PATIENCE = 10.0
"""Seconds for one equation. Those that SymPy solves take it one or two."""

_SMOOTH = "exp log log10 expm1 log1p sqrt sin cos tan sinh cosh tanh arcsin arccos arctan".split()
_ARITHMETIC = ("+", "-", "*", "/", "**")


def build_update(system, reason):
    """Give the exact step of equations that can be solved one by one.

    Parameters
    ----------
    system : EquationSystem
    reason : str

    Returns
    -------
    StepUpdate
        Its reason shows the formulas.

    Raises
    ------
    EquationError
        An equation has no solution that is found and trusted.
    """
    solved = [(item.name, *_solve(system, item)) for item in system.differentials]
    formulas = ", ".join(f"{name}(t + dt) = {text}" for name, text, _ in solved)
    return StepUpdate(
        method=NAME,
        reason=f"{reason}, and SymPy solves it: {formulas}",
        assignments=tuple((name, step) for name, _, step in solved),
    )


def _solve(system, equation):
    """The solution of one equation as text and as an expression."""
    drift = system.inline_statics(equation.expression)
    obstacle = _find_obstacle(system, equation, drift)
    if obstacle:
        _refuse(equation, obstacle)
    values = tuple((name, float(value)) for name, value in system.constants.items())
    found = run_for(PATIENCE, lambda: _search(system, equation.name, drift, values))
    if found is None:
        _refuse(equation, f"no solution was found in {PATIENCE:g} s")
    if found[1] is None:
        _refuse(equation, found[0])
    return found


@lru_cache(maxsize=64)  # a cell of a notebook is run again and again
def _search(system, variable, drift, _values):
    """The first solution that can be trusted; or why none can, and None.

    `_values` of the constants tell apart systems that are equal but for these.
    """
    algebra = Algebra(system)
    problem = "SymPy knows no solution"
    for form, flow in _list_ways(algebra, variable, drift):
        disagreement = find_disagreement(system, variable, drift, flow)
        if not disagreement:
            return algebra.write(form), flow
        problem = f"the solution that SymPy gives cannot be trusted: {disagreement}"
    return problem, None


def _list_ways(algebra, variable, drift):
    """Give solutions, each as SymPy's form and as ours, as long as SymPy finds any."""
    try:
        for form in find_flows(algebra, variable, drift):
            for flow in _read_ways(algebra, variable, form):
                yield form, flow
    except (NotImplementedError, ValueError, TypeError, RecursionError):
        return  # SymPy's ways to say that it is lost


def _read_ways(algebra, variable, form):
    """The formula; and the formula that is infinite beyond a pole, where a denominator has one."""
    flow = read_form(form)
    yield flow
    below = algebra.sympy.together(form).as_numer_denom()[1]
    if variable in {symbol.name for symbol in below.free_symbols}:
        later = read_form(below)
        before = substitute(later, {DT.name: ZERO})
        same_side = Compare(">", Binary("*", later, before), ZERO)
        yield Choice(same_side, flow, Binary("/", ONE, ZERO))


def _find_obstacle(system, equation, drift):
    names = set(names_in(drift))
    if names & set(system.noises):
        return "it has noise in it"
    for item in system.differentials:
        if item is not equation and item.name in names:
            return f"it depends on {item.name}, so it cannot be solved alone"
    for item in walk(drift):
        if isinstance(item, Choice | Compare | Logical):
            return "it has a condition in it"
        if isinstance(item, Call) and (item.external or item.function not in _SMOOTH):
            return f"{item.function}() is not smooth, or not known to SymPy"
        if isinstance(item, Binary) and item.op not in _ARITHMETIC:
            return f"{item.op} is not smooth"
    return ""


def _refuse(equation, obstacle):
    raise EquationError(
        Diagnostic(
            f"no exact step is known for d{equation.name}/dt: {obstacle}",
            marks=(Mark(equation.span),),
            hint="use method='RK4', which is exact to dt**4, or leave `method` out",
        )
    )
