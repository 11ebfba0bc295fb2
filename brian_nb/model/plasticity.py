"""Rules at synapses: what spikes do to weights, and what weights are multiplied by."""

from dataclasses import dataclass

from brian_nb.equations.expressions import Expression
from brian_nb.equations.walking import draws

WEIGHT = "w"
"""Name of the weight of a synapse in the statements of a rule."""

LOWER_BOUND, UPPER_BOUND = "wmin", "wmax"
"""Names of the constants between which weights stay."""


@dataclass(frozen=True)
class Plasticity:
    """Statements that run at spikes of the source and of the target of synapses.

    Parameters
    ----------
    name : str
        How messages name it, and for these only.
    synapses : int
        Position of the synapses in the network.
    traces : tuple of (str, int)
        "pre", "post" or "synapse", as values belong to source neurons, target neurons or synapses,
        each with the position of the population that holds them.
    pre, post : tuple of Assignment
        To variables of the traces and to the weight, in order. Static equations are put in.
    constants : tuple of str
        Names in the statements that have the same value everywhere.
    scattered : bool
        Whether a spike of the source reaches its synapses at different times.
    tables : tuple of (str, int)
        Positions in the network of the tables and compiled functions that the statements use, by
        their names.
    stream : int
        As for a `Population`.
    """

    name: str
    synapses: int
    traces: tuple[tuple[str, int], ...] = ()
    pre: tuple = ()
    post: tuple = ()
    constants: tuple[str, ...] = ()
    scattered: bool = False
    tables: tuple[tuple[str, int], ...] = ()
    stream: int = 0

    @property
    def draws(self):
        """Whether its statements draw random numbers."""
        return any(map(draws, self.expressions))

    @property
    def assigned(self):
        """Names of the variables that its statements change, a frozenset of str."""
        return frozenset(item.name for item in (*self.pre, *self.post))

    @property
    def expressions(self):
        """Those of its statements, a list of Expression."""
        return [item.expression for item in (*self.pre, *self.post)]


@dataclass(frozen=True)
class Modulation:
    """A value of the source neuron, taken when it fires, by which its weights are multiplied.

    Parameters
    ----------
    synapses : int
        Position of the synapses in the network.
    population : int
        Position of the population whose variables the factor is made from: the source itself, or
        traces that have one value for each source neuron.
    factor : Expression
    code : tuple of Assignment
        To variables of that population, run after the factor has been taken.
    stream : int
        As for a `Population`.
    """

    synapses: int
    population: int
    factor: Expression
    code: tuple = ()
    stream: int = 0

    @property
    def draws(self):
        """Whether its statements draw random numbers."""
        return any(draws(item.expression) for item in self.code)

    @property
    def traces(self):
        """Sides that have variables of its own, as for `Plasticity`."""
        return (("pre", self.population),) if self.code else ()

    @property
    def assigned(self):
        """Names of the variables that its statements change, a frozenset of str."""
        return frozenset(item.name for item in self.code)
