"""The state of all parts of a network, in the order of its model."""

from dataclasses import dataclass, field
from threading import RLock

from brian_nb.engine.traces import TraceState


@dataclass
class Storage:
    """State of the parts of a network.

    Parameters
    ----------
    populations : list of PopulationState
    synapses : list of SynapseState
    probes : list of Buffer
    calls : list of callable
        Python code that runs within steps.
    timebases : list of TimeBase
        The clocks.
    plasticities : list of PlasticityState
    modulations : list of ModulationState
    setters : list of SetterState or MixerState
    tables : list of TableState
    supplies : list of (Schedule or Forecast, int)
        What is laid out ahead of segments, each with the position of its clock.

    Attributes
    ----------
    lock : RLock
        Held while compiled code works on the state, and while buffers are emptied.
    wiring_lock : RLock
        Held while arrays of synapses are replaced or bound, which threads of the user may do while
        a segment goes on with the arrays that it has.
    """

    populations: list = field(default_factory=list)
    synapses: list = field(default_factory=list)
    probes: list = field(default_factory=list)
    calls: list = field(default_factory=list)
    timebases: list = field(default_factory=list)
    plasticities: list = field(default_factory=list)
    modulations: list = field(default_factory=list)
    setters: list = field(default_factory=list)
    tables: list = field(default_factory=list)
    supplies: list = field(default_factory=list)
    lock: object = field(default_factory=RLock, repr=False, compare=False)
    wiring_lock: object = field(default_factory=RLock, repr=False, compare=False)

    def __post_init__(self):
        for probe in self.probes:
            probe.lock = self.lock
        for population in self.populations:
            if isinstance(population, TraceState):
                population.lock = self.lock
        for synapses in self.synapses:
            synapses.lock = self.wiring_lock

    def part(self, kind, index):
        """One part by the name of its kind, such as "population"."""
        if kind == "schedule":
            return self.populations[index].schedule
        if kind == "forecast":
            return self.setters[index].forecast
        if kind == "arrivals":
            return self.synapses[index].arrivals
        parts = {
            "population": self.populations,
            "synapses": self.synapses,
            "probe": self.probes,
            "clock": self.timebases,
            "plasticity": self.plasticities,
            "modulation": self.modulations,
            "setter": self.setters,
            "table": self.tables,
        }
        return parts[kind][index]

    @property
    def rules(self):
        """The states of all rules at synapses."""
        return [*self.plasticities, *self.modulations]

    def refresh_tables(self, only_plain=False):
        """Take over what the user's arrays hold now, or those that have one value a neuron."""
        for table in self.tables:
            if table.is_plain or not only_plain:
                table.refresh()

    def fill_supplies(self, stops):
        """Lay out what the next segment needs, which ends before these steps of the clocks."""
        for supply, clock in self.supplies:
            supply.fill(self.timebases[clock], stops[clock])

    def settle(self):
        """Bring changes of synapses into effect."""
        for synapses in self.synapses:
            synapses.settle()

    def sizes(self):
        """All that decides the integers of a segment: two equal results need no new ones."""
        return (
            [timebase.dt for timebase in self.timebases],
            [(item.refractory, item.silence, item.max_delay) for item in self.populations],
            [
                (item.delay, item.version, id(item.arrivals and item.arrivals.counts))
                for item in self.synapses
            ],
            [id(population.counts) for population in self.populations],
            [item.delays for item in self.plasticities],
            [id(item.factors) for item in self.modulations],
        )

    def layouts(self):
        """Which arrays the probes write into: other ones after a change."""
        return [probe.layout for probe in self.probes]

    def drain_probes(self):
        """Hand all that the probes have recorded to their sinks."""
        for probe in self.probes:
            probe.drain()
