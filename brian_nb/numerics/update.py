"""The update of one time step, as data."""

from collections.abc import Callable
from dataclasses import dataclass, field

from brian_nb.equations.expressions import Name

ELAPSED = Name("time elapsed")
"""Stands in flows for the time, in seconds, since a variable was brought up to date."""


@dataclass(frozen=True)
class Coefficients:
    """Numbers of an integrator that are computed outside the time loop.

    Parameters
    ----------
    names : tuple of str
        Names that the update's expressions use for them.
    per_neuron : bool
        Whether each neuron has its own, because per-neuron parameters enter.
    compute : callable
        Maps ``{name: float or float64[n]}`` of constants, parameters and ``dt`` to
        ``{name: float or float64[n]}`` of coefficients.
    shape : tuple of int
        Shape of each coefficient; () for a number.
    """

    names: tuple[str, ...]
    per_neuron: bool
    compute: Callable = field(compare=False)
    shape: tuple[int, ...] = ()


@dataclass(frozen=True)
class MatrixProduct:
    """A matrix times a vector.

    Parameters
    ----------
    matrix : str
        Name of the coefficient.
    inputs : tuple of Expression
        The vector.
    outputs : tuple of str
        Names of the entries of the product.
    """

    matrix: str
    inputs: tuple
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class StepUpdate:
    """What every neuron of a population does in one step.

    Parameters
    ----------
    method : str
        Name of the integrator.
    reason : str
        Why it was chosen, as a sentence.
    temporaries : tuple of (str, Expression)
        Values to compute first, in order, from the state at the start of the step.
    product : MatrixProduct or None
        A product to compute next.
    assignments : tuple of (str, Expression)
        New values of the state variables, all taken at once.
    coefficients : Coefficients or None
        Numbers that the expressions use and that are computed outside the loop.
    flows : tuple of (str, Expression)
        Values of variables that are not stepped, after the time `ELAPSED` without events; each
        uses its own variable, constants and parameters.
    noises : tuple of str or None
        Names of independent normal numbers that each neuron draws; None for one for each noise of
        the equations.
    """

    method: str
    reason: str
    temporaries: tuple = ()
    assignments: tuple = ()
    coefficients: Coefficients | None = None
    product: MatrixProduct | None = None
    flows: tuple = ()
    noises: tuple[str, ...] | None = None

    def list_noises(self, system):
        """Names of the normal numbers that a step of a system draws, a tuple of str."""
        return system.noises if self.noises is None else self.noises
