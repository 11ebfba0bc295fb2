"""A population: neurons that share equations, a threshold and a reset."""

from dataclasses import dataclass

from brian_nb.equations import EquationSystem
from brian_nb.equations.expressions import Expression


@dataclass(frozen=True)
class Population:
    """Neurons of one kind.

    Parameters
    ----------
    name : str
        What the user calls it; for messages only.
    system : EquationSystem
        Resolved and checked equations.
    threshold : Expression or None
        True where a neuron fires; None for neurons that never do.
    reset : tuple of Assignment
        What happens to a neuron that fired, in order.
    held : str or None
        Variable that keeps its value while the neuron is refractory.
    gated : bool
        Whether a refractory neuron cannot fire, though its variables go on.
    method : str
        Name of the integrator that was asked for; "" lets the equations decide.
    order : int
        Convergence order that was asked for.
    implicit : bool
        Whether an integrator for stiff equations was asked for.
    clock : int
        Position of its clock in the network.
    event_driven : bool
        Whether its variables are brought up to date at events, instead of in each step.
    """

    name: str
    system: EquationSystem
    threshold: Expression | None = None
    reset: tuple = ()
    held: str | None = None
    gated: bool = False
    method: str = ""
    order: int = 1
    implicit: bool = False
    clock: int = 0
    event_driven: bool = False
