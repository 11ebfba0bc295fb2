"""Milstein's method, for noise whose amplitude depends on the variables, in the sense of Ito.

Where ``dx_i = f_i*dt + sum_j g_ij*dW_j``, the step is that of Euler-Maruyama, and the terms that a
change of the amplitudes within the step adds::

    x_i += sum_j L_j(g_ij)*(dW_j**2 - dt)/2 + sum_(j<k) L_j(g_ik)*dW_j*dW_k
    L_j(g) = sum_k g_kj * dg/dx_k

With one noise in one equation that is ``g*dg/dx*(dW**2 - dt)/2``. The second sum is right only
where the noises commute, ``L_j(g_ik) = L_k(g_ij)``, as they do where each amplitude depends on its
own variable alone (diagonal noise), on none (additive noise), or where all equations share one
noise. Others need integrals of one noise over another, which no product of increments gives.
The drift takes the Euler step.

Source: Kloeden & Platen 1992, Numerical Solution of Stochastic Differential Equations, 10.3.
"""

from itertools import combinations

from brian_nb.diagnostics import Diagnostic, Mark
from brian_nb.equations.algebra import ZERO, add, multiply
from brian_nb.equations.derivatives import differentiate
from brian_nb.equations.expressions import Binary, Call, Name, Number, transform
from brian_nb.equations.sympy_form import Algebra
from brian_nb.equations.walking import find_externals
from brian_nb.errors import EquationError
from brian_nb.numerics import terms
from brian_nb.numerics.drift import needed_statics, split_drifts
from brian_nb.numerics.terms import DT, ONE
from brian_nb.numerics.update import StepUpdate

NAME = "Milstein"
ORDER = 1
STRONG_ORDER = 1


def build_update(system, reason):
    """Give the step update of Milstein's method.

    Raises
    ------
    EquationError
        The noises do not commute.
    """
    drifts = split_drifts(system)
    amplitudes = _Amplitudes(system, drifts)
    steps = {
        item.variable: terms.add(
            Name(item.variable),
            terms.multiply(DT, item.drift),
            item.noise_step(),
            amplitudes.correct(item.variable),
        )
        for item in drifts
    }
    return StepUpdate(
        method=NAME,
        reason=reason,
        temporaries=needed_statics(system, list(steps.values())),
        assignments=tuple(steps.items()),
    )


class _Amplitudes:
    """The amplitudes of all noises in all equations, and how they change along each other.

    Parameters
    ----------
    system : EquationSystem
    drifts : sequence of Drift
    """

    def __init__(self, system, drifts):
        self._system = system
        self._rows = {
            item.variable: {xi: system.inline_statics(value) for xi, value in item.noise}
            for item in drifts
        }

    def correct(self, variable):
        """What the terms beyond Euler-Maruyama add to a variable."""
        own = (
            terms.multiply(self._change(variable, xi, xi), _increment_square(xi))
            for xi in self._rows[variable]
        )
        return terms.add(*own, *(self._mix(variable, *pair) for pair in self._pairs()))

    def _pairs(self):
        return combinations(self._system.noises, 2)

    def _mix(self, variable, one, other):
        """The term of two noises.

        Raises
        ------
        EquationError
            They do not commute.
        """
        change = self._change(variable, one, other)
        if not self._are_equal(change, self._change(variable, other, one)):
            raise EquationError(self._report(variable, one, other))
        return terms.multiply(change, DT, Name(one), Name(other))

    def _are_equal(self, one, other):
        """Whether expressions say the same; SymPy is asked where they are not written alike."""
        if one == other or find_externals([one, other]):
            return one == other
        algebra = Algebra(self._system)
        forms = [algebra.convert(transform(item, _strip_unit)) for item in (one, other)]
        return algebra.sympy.simplify(forms[0] - forms[1]) == 0

    def _change(self, variable, along, xi):
        """How fast the amplitude of a noise in an equation changes along a noise."""
        amplitude = self._rows[variable].get(xi, ZERO)
        total = ZERO
        for name, row in self._rows.items():
            if along not in row:
                continue
            if name == variable and along == xi:
                total = add(total, _half_slope_of_square(amplitude, name))
            else:
                total = add(total, multiply(row[along], differentiate(amplitude, name)))
        return total

    def _report(self, variable, one, other):
        span = self._system.span_of(variable)
        return Diagnostic(
            f"the noise of d{variable}/dt depends on variables in a way that Milstein's method "
            f"cannot follow: {self._explain(variable, one, other)}",
            marks=(Mark(span),),
            hint="let each amplitude depend on its own variable alone, or use method='Euler', "
            "which is right for every noise",
        )

    def _explain(self, variable, one, other):
        row = self._rows[variable]
        if one in row and other in row:
            return f"two different xi stand in d{variable}/dt, and their amplitudes change"
        (xi,) = row.keys() & {one, other}
        along = other if xi == one else one
        moved = [
            name
            for name, amplitudes in self._rows.items()
            if along in amplitudes and differentiate(row[xi], name) != ZERO
        ]
        return f"its amplitude depends on {moved[0]}, which has a noise of its own"


def _strip_unit(leaf):
    """A number in SI units as a bare number; names stay."""
    return Number(leaf.value) if isinstance(leaf, Number) else leaf


def _increment_square(xi):
    """``(dW**2 - dt)/2``."""
    square = Binary("*", Name(xi), Name(xi))
    return terms.multiply(terms.multiply(Number(0.5), DT), Binary("-", square, ONE))


def _half_slope_of_square(amplitude, name):
    """``g*dg/dx``; of a root it is finite where the root is zero."""
    square = _square(amplitude)
    if square is None:
        return multiply(amplitude, differentiate(amplitude, name))
    return multiply(Number(0.5), differentiate(square, name))


def _square(expression):
    """The square of an expression without its roots; None where it has none."""
    if isinstance(expression, Call) and expression.function == "sqrt":
        return expression.args[0]
    if isinstance(expression, Binary) and expression.op == "**":
        if expression.right == Number(0.5):
            return expression.left
    if isinstance(expression, Binary) and expression.op in ("*", "/"):
        sides = expression.left, expression.right
        squares = [_square(side) for side in sides]
        if squares != [None, None]:
            left, right = (
                Binary("*", side, side) if square is None else square
                for side, square in zip(sides, squares, strict=True)
            )
            return Binary(expression.op, left, right)
    return None
