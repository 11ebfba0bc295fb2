"""What probes have written down, kept in chunks and joined when read.

Takes: chunks from the buffers of the engine.
Gives: `SpikeRecording`, `RateRecording`, `StateRecording`, `StateStatistics`.
Must not know: groups, monitors, units.
"""

from brian_nb.recordings.rates import RateRecording
from brian_nb.recordings.spikes import SpikeRecording
from brian_nb.recordings.states import StateRecording, StateStatistics

__all__ = ["RateRecording", "SpikeRecording", "StateRecording", "StateStatistics"]
