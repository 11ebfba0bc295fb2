"""Equations that are each linear in their own variable, taken apart."""

from dataclasses import dataclass

from brian_nb.diagnostics import Diagnostic, Mark
from brian_nb.equations.affine import decompose_affine
from brian_nb.equations.expressions import Expression, Name
from brian_nb.errors import EquationError
from brian_nb.numerics.terms import DT, ZERO, add, call, multiply


@dataclass(frozen=True)
class OwnLine:
    """``dx/dt = rate*x + rest``, where neither `rate` nor `rest` contains ``x``."""

    variable: str
    rate: Expression
    rest: Expression

    @property
    def slope(self):
        """The right-hand side."""
        return add(multiply(self.rate, Name(self.variable)), self.rest)

    @property
    def turn(self):
        """The rate times the length of a step."""
        return multiply(self.rate, DT)


def split_own(system, drift, what):
    """Take a drift apart that is linear in its own variable.

    Static equations that depend on the variable are put in; others stay names.

    Parameters
    ----------
    system : EquationSystem
    drift : Drift
    what : str
        The method, for messages.

    Raises
    ------
    EquationError
        It is not linear in it.
    """
    name = drift.variable
    affine = decompose_affine(system.inline_dependent(drift.drift, name), [name])
    if affine is None:
        raise EquationError(
            Diagnostic(
                f"d{name}/dt is not linear in {name}, so {what} cannot step it",
                marks=(Mark(system.span_of(name)),),
                hint="use method='backward_Euler', or 'Euler' or 'RK', for this group",
            )
        )
    return OwnLine(name, affine.coefficients.get(name, ZERO), affine.rest)


def step_alone(line):
    """The variable after a step in which everything else is held."""
    own = Name(line.variable)
    if line.rate == ZERO:
        return add(own, multiply(DT, line.rest))
    growth = multiply(DT, call("exprel", line.turn))
    return add(own, multiply(line.slope, growth))
