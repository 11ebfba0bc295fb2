"""Probes: what of a running network is written down.

Each probe has a `when`: the work or place of a step after which it has its turn. Probes of spikes
come after the work of the connections; those that read the state that fired, before anything else
can change it.
"""

from dataclasses import dataclass
from typing import ClassVar

NEVER = -(1 << 60)
"""Step of the last spike of a neuron that has not fired yet."""


@dataclass(frozen=True)
class SpikeProbe:
    """Every spike of a range of neurons of one population, at once or after a delay."""

    when: ClassVar[str] = "connections"

    population: int
    clock: int = 0


@dataclass(frozen=True)
class SpikeStateProbe:
    """Every spike of a range of neurons, with the values that variables of the neuron have."""

    when: ClassVar[str] = "groups"

    population: int
    variables: tuple[str, ...]
    clock: int = 0


@dataclass(frozen=True)
class TotalProbe:
    """The number of spikes of a range of neurons of one population."""

    when: ClassVar[str] = "connections"

    population: int
    clock: int = 0


@dataclass(frozen=True)
class CountProbe:
    """The number of spikes of each neuron of a range."""

    when: ClassVar[str] = "connections"

    population: int
    clock: int = 0


@dataclass(frozen=True)
class RateProbe:
    """The number of spikes in each step of a range of neurons of one population."""

    when: ClassVar[str] = "connections"

    population: int
    clock: int = 0


@dataclass(frozen=True)
class IntervalProbe:
    """How many intervals between two spikes of a neuron of a range fall into each of some bins."""

    when: ClassVar[str] = "connections"

    population: int
    clock: int = 0


@dataclass(frozen=True)
class CoincidenceProbe:
    """How many spikes of a target train each neuron of a range meets.

    With `exclusive`, a spike of a neuron meets one spike of its target train at most.
    """

    when: ClassVar[str] = "connections"

    population: int
    exclusive: bool
    clock: int = 0


@dataclass(frozen=True)
class StateProbe:
    """Values of one variable of chosen neurons, every few steps of a clock, at one of `SLOTS`.

    With `dense`, the chosen neurons follow one another.
    """

    population: int
    variable: str
    when: str = "end"
    dense: bool = False
    clock: int = 0


@dataclass(frozen=True)
class RecentProbe:
    """The same, of which only the last few values are kept."""

    population: int
    variable: str
    when: str = "end"
    dense: bool = False
    clock: int = 0


@dataclass(frozen=True)
class StatisticsProbe:
    """Mean and spread over time of one variable of a range of neurons."""

    population: int
    variable: str
    when: str = "end"
    clock: int = 0
