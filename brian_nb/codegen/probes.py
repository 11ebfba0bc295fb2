"""Source for the probes: what they write goes into buffers of the engine or sums of a recording."""

from brian_nb.codegen.probe_source import ProbeSource
from brian_nb.codegen.spike_probes import (
    write_coincidences,
    write_counts,
    write_intervals,
    write_rate,
    write_spike_states,
    write_spikes,
    write_total,
)
from brian_nb.codegen.state_probes import write_recent, write_state, write_statistics
from brian_nb.model import (
    CoincidenceProbe,
    CountProbe,
    IntervalProbe,
    RateProbe,
    RecentProbe,
    SpikeProbe,
    SpikeStateProbe,
    StateProbe,
    StatisticsProbe,
    TotalProbe,
)

_WRITERS = {
    CoincidenceProbe: write_coincidences,
    CountProbe: write_counts,
    IntervalProbe: write_intervals,
    RateProbe: write_rate,
    RecentProbe: write_recent,
    SpikeProbe: write_spikes,
    SpikeStateProbe: write_spike_states,
    StateProbe: write_state,
    StatisticsProbe: write_statistics,
    TotalProbe: write_total,
}
_ONE_RECORD = (RateProbe, StateProbe)
_RECORD_PER_NEURON = (SpikeProbe, SpikeStateProbe)


def write_room(lines, index, probe, tables):
    """Lower `room` to the number of steps whose records will fit into the buffer of a probe."""
    item = ProbeSource(index, probe, None, tables)
    if isinstance(probe, _ONE_RECORD):
        lines.add(f"room = min(room, {item.integer('capacity')} - {item.count})")
    elif isinstance(probe, _RECORD_PER_NEURON):
        steps = f"({item.integer('capacity')} - {item.count})//max({item.size}, 1)"
        lines.add(f"room = min(room, {steps})")


def write_probe(lines, index, probe, sources, tables):
    """Write one probe at its place in the step."""
    lines.add(f"# probe {index}: {type(probe).__name__}")
    _WRITERS[type(probe)](lines, ProbeSource(index, probe, sources[probe.population], tables))
