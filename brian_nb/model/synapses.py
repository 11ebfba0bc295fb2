"""Synapses: spikes of one population add to a variable of another."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Synapses:
    """A set of synapses that share source, target and target variable.

    Parameters
    ----------
    name : str
        What the user calls it; for messages only.
    source, target : int
        Positions of the populations in the network.
    variable : str
        Variable of the target that a spike adds its weight to.
    homogeneous : bool
        Whether one weight serves all synapses.
    """

    name: str
    source: int
    target: int
    variable: str
    homogeneous: bool
