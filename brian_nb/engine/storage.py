"""The state of all parts of a network, in the order of its model."""

from dataclasses import dataclass, field


@dataclass
class Storage:
    """State of the parts of a network.

    Parameters
    ----------
    populations : list of PopulationState
    synapses : list of SynapseState
    probes : list of SpikeBuffer, RateBuffer or StateBuffer
    """

    populations: list = field(default_factory=list)
    synapses: list = field(default_factory=list)
    probes: list = field(default_factory=list)

    def part(self, kind, index):
        """One part by the name of its kind: "population", "synapses" or "probe"."""
        parts = {"population": self.populations, "synapses": self.synapses, "probe": self.probes}
        return parts[kind][index]

    def sizes(self, timebase):
        """All that decides the integers of a segment: two equal results need no new ones."""
        return (
            timebase.dt,
            [population.refractory for population in self.populations],
            [synapses.delay for synapses in self.synapses],
            [id(population.counts) for population in self.populations],
        )

    def begin_probes(self, step):
        """Let the probes record from a step on."""
        for probe in self.probes:
            probe.begin(step)

    def room_until(self, step):
        """Step before which the buffers of the probes have to be emptied."""
        return min((step + probe.steps_left(step) for probe in self.probes), default=1 << 62)

    def drain_probes(self, timebase):
        """Hand all that the probes have recorded to their sinks."""
        for probe in self.probes:
            probe.drain(timebase)
