"""Right-hand sides taken apart: the drift, the noise, and the static equations they need."""

from dataclasses import dataclass

from brian_nb.diagnostics import Diagnostic, Mark
from brian_nb.equations.affine import decompose_affine
from brian_nb.equations.expressions import Expression, Name, names_in, substitute
from brian_nb.errors import EquationError
from brian_nb.numerics.terms import SQRT_DT, add, multiply


@dataclass(frozen=True)
class Drift:
    """One differential equation ``dx/dt = drift + sum(amplitude * xi)``."""

    variable: str
    drift: Expression
    noise: tuple[tuple[str, Expression], ...] = ()

    def noise_step(self):
        """What the noise adds to the variable in one step of Euler-Maruyama."""
        terms = (multiply(amplitude, SQRT_DT, Name(xi)) for xi, amplitude in self.noise)
        return add(*terms)


def split_drifts(system):
    """Take every differential equation apart into drift and noise.

    Raises
    ------
    EquationError
        Noise enters otherwise than multiplied by something and added.
    """
    noisy = _noisy_statics(system)
    return tuple(_split(item, noisy, system.noises) for item in system.differentials)


def needed_statics(system, expressions):
    """Static equations that expressions use, directly or through others, in dependency order."""
    return tuple((item.name, item.expression) for item in system.list_used_statics(expressions))


def _noisy_statics(system):
    noisy = {}
    for static in system.statics if system.noises else ():
        expression = substitute(static.expression, noisy)
        if any(name in system.noises for name in names_in(expression)):
            noisy[static.name] = expression
    return noisy


def _split(equation, noisy, noises):
    expression = substitute(equation.expression, noisy)
    used = [name for name in names_in(expression) if name in noises]
    if not used:
        return Drift(equation.name, expression)
    affine = decompose_affine(expression, used)
    if affine is None:
        raise EquationError(
            Diagnostic(
                f"the noise xi in d{equation.name}/dt must be multiplied and added, nothing else",
                marks=(Mark(equation.span),),
                hint="write sigma*xi, with sigma in the unit of the variable per second**0.5",
            )
        )
    return Drift(equation.name, affine.rest, tuple(affine.coefficients.items()))
