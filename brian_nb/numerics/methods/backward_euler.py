"""Backward Euler: ``x_new = x + dt*f(x_new, t + dt)``, solved by Newton's method.

Newton's method starts from `x`; its first step alone would be the linearly implicit Euler method.
A fixed number of steps keeps all neurons in the same vector instructions; where they do not
settle, as where a solution ends at a fold and the next one is far, the result is NaN. The
derivatives of `f` are taken from the equations, and the linear equations of a step are solved by
elimination, from the last variable to the first, so that variables which couple to the membrane
alone, as gating variables do, fill in no zeros. Noise is added at the end of the step, as in
Euler-Maruyama.

Source: Hairer & Wanner 1996, Solving Ordinary Differential Equations II, IV.3 and IV.8.
"""

import math

from brian_nb.equations.algebra import ONE, ZERO, add, divide, multiply, negate, subtract
from brian_nb.equations.derivatives import differentiate
from brian_nb.equations.expressions import (
    Binary,
    Call,
    Choice,
    Compare,
    Name,
    Number,
    names_in,
    substitute,
)
from brian_nb.equations.walking import rebuild
from brian_nb.numerics.drift import needed_statics, split_drifts
from brian_nb.numerics.terms import DT, call
from brian_nb.numerics.terms import add as add_all
from brian_nb.numerics.update import StepUpdate

NAME = "backward_Euler"
ORDER = 1
STRONG_ORDER = 0.5
N_ITERATIONS = 5
"""Steps of Newton's method. They solve a step of 0.1 ms in the upstroke of the spike of Hodgkin and
Huxley to 3e-9 mV, and elsewhere to rounding; four steps solve it to 8e-4 mV."""

SETTLED, LEAST = Number(1e-3), Number(1e-12)
"""The last step of Newton's method is smaller than this share of the values before and after, or
than this in SI units, where values cancel: steps that come to rest are smaller by far."""
UNDEFINED = Number(math.nan)


def build_update(system, reason):
    """Give the step update of the backward Euler method."""
    drifts = split_drifts(system)
    noise = {item.variable: item.noise_step() for item in drifts}
    newton = _Newton([item.variable for item in drifts])
    equations = [system.inline_statics(item.drift) for item in drifts]
    slopes = [_differentiate(item, newton.variables, k) for k, item in enumerate(equations)]
    for _ in range(N_ITERATIONS):
        newton.iterate(equations, slopes)
    return StepUpdate(
        method=NAME,
        reason=reason,
        temporaries=(*needed_statics(system, list(noise.values())), *newton.temporaries),
        assignments=tuple(
            (variable, add_all(newton.read_settled(variable), noise[variable]))
            for variable in noise
        ),
    )


def _differentiate(equation, variables, own):
    """Slopes of a right-hand side, by the places of variables: of its own, and of those it uses."""
    used = names_in(equation)
    return {
        place: differentiate(equation, name)
        for place, name in enumerate(variables)
        if name in used or place == own
    }


class _Newton:
    """Writes the steps of Newton's method as temporaries.

    Parameters
    ----------
    variables : list of str

    Attributes
    ----------
    state : dict of str to Name
        What holds the approximation so far of each variable.
    """

    def __init__(self, variables):
        self.variables = variables
        self.state = {name: Name(name) for name in variables}
        self.temporaries = []
        self._shared, self._changes = {}, {}

    def iterate(self, equations, slopes):
        """Write one step for ``dx/dt`` equal to expressions with given slopes."""
        now = {**self.state, "t": add(Name("t"), DT)}
        drifts = [self._share(substitute(item, now)) for item in equations]
        matrix = [
            {column: self._entry(slope, row == column, now) for column, slope in entries.items()}
            for row, entries in enumerate(slopes)
        ]
        residual = [
            self._keep(subtract(add(Name(name), multiply(DT, drift)), self.state[name]), "residual")
            for name, drift in zip(self.variables, drifts, strict=True)
        ]
        self._eliminate(matrix, residual)
        for name, change in zip(self.variables, self._substitute(matrix, residual), strict=True):
            self.state[name] = self._keep(add(self.state[name], change), name)
            self._changes[name] = change

    def read_settled(self, variable):
        """The approximation of a variable, or NaN where it has not come to rest."""
        new, change = self.state[variable], self._changes[variable]
        size = Binary("+", _magnitude(Name(variable)), _magnitude(new))
        limit = Binary("+", Binary("*", SETTLED, size), LEAST)
        is_settled = Compare("<=", _magnitude(change), limit)
        return Choice(is_settled, new, UNDEFINED)

    def _share(self, expression):
        """The expression with a name for each value of a function, which slopes need again."""

        def name_call(item):
            if type(item) is not Call:
                return item
            if item not in self._shared:
                self._shared[item] = self._keep(item, "value")
            return self._shared[item]

        return rebuild(expression, name_call)

    def _entry(self, slope, is_diagonal, now):
        """Entry of ``1 - dt*df/dx``."""
        change = negate(multiply(DT, self._share(substitute(slope, now))))
        return self._keep(add(ONE, change) if is_diagonal else change, "slope")

    def _eliminate(self, matrix, residual):
        """Make the matrix lower triangular, in place; its rows leave zeros out."""
        for pivot in reversed(range(len(matrix))):
            others = sorted(column for column in matrix[pivot] if column < pivot)
            for row in range(pivot):
                if matrix[row].get(pivot, ZERO) == ZERO:
                    continue
                factor = self._keep(divide(matrix[row][pivot], matrix[pivot][pivot]), "factor")
                for column in others:
                    term = multiply(factor, matrix[pivot][column])
                    if term != ZERO:
                        changed = subtract(matrix[row].get(column, ZERO), term)
                        matrix[row][column] = self._keep(changed, "slope")
                changed = subtract(residual[row], multiply(factor, residual[pivot]))
                residual[row] = self._keep(changed, "residual")

    def _substitute(self, matrix, residual):
        """Solutions of the triangular equations."""
        found = []
        for row, total in enumerate(residual):
            for column in sorted(column for column in matrix[row] if column < row):
                total = subtract(total, multiply(matrix[row][column], found[column]))
            found.append(self._keep(divide(total, matrix[row][row]), "change"))
        return found

    def _keep(self, expression, stem):
        """A name for the value of an expression; constants that are zero or one stay."""
        if expression in (ZERO, ONE):
            return expression
        name = f"{stem}__newton{len(self.temporaries)}"
        self.temporaries.append((name, expression))
        return Name(name)


def _magnitude(expression):
    return call("abs", expression)
