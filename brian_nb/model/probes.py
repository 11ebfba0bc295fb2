"""Probes: what of a running network is written down."""

from dataclasses import dataclass

SLOTS = (
    "start",
    "before_groups",
    "after_groups",
    "middle",
    "before_connections",
    "after_connections",
    "before_resets",
    "after_resets",
    "end",
)
"""Places within a time step, in their order, at which a state can be read."""


@dataclass(frozen=True)
class SpikeProbe:
    """Every spike of a range of neurons of one population."""

    population: int


@dataclass(frozen=True)
class RateProbe:
    """The number of spikes in each step of a range of neurons of one population."""

    population: int


@dataclass(frozen=True)
class StateProbe:
    """Values of one variable of chosen neurons, every few steps, at one of `SLOTS`."""

    population: int
    variable: str
    when: str = "end"
