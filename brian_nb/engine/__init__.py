"""A network in time: its state, the segments it runs in, and what it writes down.

Takes: a compiled program and the storage of the objects it works on.
Gives: `Simulation`, whose state lies outside the time loop and can be read, changed, stored and
put back at any step boundary.
Must not know: who asked for the run, or what shows it.
"""

from brian_nb.engine.accumulators import (
    CoincidenceAccumulator,
    CountAccumulator,
    IntervalAccumulator,
    RecentAccumulator,
    StatisticsAccumulator,
    TotalAccumulator,
)
from brian_nb.engine.buffers import RateBuffer, SpikeBuffer, SpikeStateBuffer, StateBuffer
from brian_nb.engine.fixed import find_fixed_integers
from brian_nb.engine.forecast import Forecast
from brian_nb.engine.loop import Pace, run_segments
from brian_nb.engine.natives import NativeState
from brian_nb.engine.revision import note_change, revision
from brian_nb.engine.rows import Pairs, Rows
from brian_nb.engine.rules import ModulationState, PlasticityState
from brian_nb.engine.schedule import Schedule
from brian_nb.engine.setters import MixerState, SetterState
from brian_nb.engine.simulation import Simulation
from brian_nb.engine.state import PopulationState
from brian_nb.engine.storage import Storage
from brian_nb.engine.synapses import SynapseState
from brian_nb.engine.tables import TableState
from brian_nb.engine.timebase import TimeBase
from brian_nb.engine.traces import TraceState

__all__ = [
    "CoincidenceAccumulator",
    "CountAccumulator",
    "Forecast",
    "IntervalAccumulator",
    "MixerState",
    "ModulationState",
    "NativeState",
    "Pace",
    "Pairs",
    "PlasticityState",
    "PopulationState",
    "RateBuffer",
    "RecentAccumulator",
    "Schedule",
    "SetterState",
    "Rows",
    "Simulation",
    "SpikeBuffer",
    "SpikeStateBuffer",
    "StateBuffer",
    "StatisticsAccumulator",
    "Storage",
    "SynapseState",
    "TableState",
    "TimeBase",
    "TotalAccumulator",
    "TraceState",
    "find_fixed_integers",
    "note_change",
    "revision",
    "run_segments",
]
