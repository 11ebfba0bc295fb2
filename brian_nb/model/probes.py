"""Probes: what of a running network is written down."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SpikeProbe:
    """Every spike of a range of neurons of one population."""

    population: int
    clock: int = 0


@dataclass(frozen=True)
class RateProbe:
    """The number of spikes in each step of a range of neurons of one population."""

    population: int
    clock: int = 0


@dataclass(frozen=True)
class StateProbe:
    """Values of one variable of chosen neurons, every few steps of a clock, at one of `SLOTS`."""

    population: int
    variable: str
    when: str = "end"
    clock: int = 0
