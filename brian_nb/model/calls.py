"""Calls: where a time step is left for code in Python."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Call:
    """Python code that runs at one place of every step of a clock.

    Parameters
    ----------
    place : str
        One of `SLOTS`, one of `PARTS` of the work of a population, "connections" for code that
        stands in the place of synapses, or "groups" for code that follows the update at once.
    clock : int
        Position of its clock in the network.
    population : int or None
        Position of the population whose work the code does.
    """

    place: str
    clock: int = 0
    population: int | None = None
