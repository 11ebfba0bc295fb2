"""Calls: where a time step is left for code in Python."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Call:
    """Python code that runs at one place of every step of a clock.

    Parameters
    ----------
    place : str
        One of `SLOTS`, or "connections" for code that stands in the place of synapses.
    clock : int
        Position of its clock in the network.
    """

    place: str
    clock: int = 0
