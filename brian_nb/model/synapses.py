"""Synapses: spikes of one population add to a variable of another."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Synapses:
    """A set of synapses that share source, target and target variable.

    Parameters
    ----------
    name : str
        How messages name it, and for these only.
    source, target : int
        Positions of the populations in the network.
    variable : str
        Variable of the target that a spike adds its weight to.
    homogeneous : bool
        Whether one weight serves all synapses; they may still get different ones during a run.
    delayed : bool
        Whether each synapse has a delay of its own.
    dense : bool
        Whether every source has a synapse onto every target.
    single : bool
        Whether weights of their own are kept in single precision.
    call : int or None
        Position of the Python code that takes the spikes instead, in their turn.
    always_called : bool
        Whether that code is called in every step, rather than when spikes arrive.
    """

    name: str
    source: int
    target: int
    variable: str
    homogeneous: bool
    delayed: bool = False
    dense: bool = False
    single: bool = False
    call: int | None = None
    always_called: bool = False
