"""A population: neurons that share equations, a threshold and a reset."""

from dataclasses import dataclass

from brian_nb.equations import EquationSystem
from brian_nb.equations.expressions import Expression
from brian_nb.equations.walking import draws


@dataclass(frozen=True)
class Population:
    """Neurons of one kind.

    Parameters
    ----------
    name : str
        How messages name it, and for these only.
    system : EquationSystem
        Resolved and checked equations.
    threshold : Expression or None
        True where a neuron fires; None for neurons that never do.
    reset : tuple of Assignment
        What happens to a neuron that fired, in order.
    held : str or None
        Variable that keeps the value of its reset while the neuron is refractory.
    period : Expression or None
        How long that lasts, in seconds, where it is not the same for all neurons.
    gated : bool
        Whether a neuron cannot fire for a while after a spike, though its variables go on.
    called : frozenset of str
        What of its work Python code does: some of `PARTS`.
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
    is_scheduled : bool
        Whether the neurons fire at given times, instead of by a threshold; nothing is integrated.
    tables : tuple of (str, int)
        Positions in the network of the tables and compiled functions that its expressions use,
        by their names.
    stream : int
        Number by which its random numbers are told from those of other parts of the network.
    """

    name: str
    system: EquationSystem
    threshold: Expression | None = None
    reset: tuple = ()
    held: str | None = None
    period: Expression | None = None
    gated: bool = False
    called: frozenset[str] = frozenset()
    method: str = ""
    order: int = 1
    implicit: bool = False
    clock: int = 0
    event_driven: bool = False
    is_scheduled: bool = False
    tables: tuple[tuple[str, int], ...] = ()
    stream: int = 0

    @property
    def draws(self):
        """Whether its neurons draw random numbers."""
        return bool(self.system.noises) or any(map(draws, self.expressions))

    @property
    def fires(self):
        """Whether its neurons can fire."""
        return self.is_scheduled or self.threshold is not None or "threshold" in self.called

    @property
    def expressions(self):
        """All expressions in which a user's function may be called."""
        equations = (*self.system.differentials, *self.system.statics)
        others = (item for item in (self.threshold, self.period) if item is not None)
        return (*(item.expression for item in (*equations, *self.reset)), *others)
