"""What probes have written down: kept in chunks and joined when read, or summed up in place.

Takes: chunks from the buffers of the engine, sums from its accumulators.
Gives: `SpikeRecording`, `SpikeStateRecording`, `SpikeFile`, `Arrivals`, `SpikeCounts`,
`IntervalHistogram`, `CoincidenceCounts`, `RateRecording`, `StateRecording`, `StateStatistics`,
`RecentRecording`.
Must not know: groups, monitors, units.
"""

from brian_nb.recordings.arrivals import Arrivals
from brian_nb.recordings.coincidences import CoincidenceCounts
from brian_nb.recordings.counts import IntervalHistogram, SpikeCounts
from brian_nb.recordings.rates import RateRecording
from brian_nb.recordings.recent import RecentRecording
from brian_nb.recordings.spike_files import SpikeFile
from brian_nb.recordings.spike_states import SpikeStateRecording
from brian_nb.recordings.spikes import SpikeRecording
from brian_nb.recordings.states import StateRecording
from brian_nb.recordings.statistics import StateStatistics

__all__ = [
    "Arrivals",
    "CoincidenceCounts",
    "IntervalHistogram",
    "RateRecording",
    "RecentRecording",
    "SpikeCounts",
    "SpikeFile",
    "SpikeRecording",
    "SpikeStateRecording",
    "StateRecording",
    "StateStatistics",
]
