"""Electrodes, amplifiers and electrode compensation of intracellular recordings."""

from brian_nb.library.electrophysiology.acquisition_board import AcquisitionBoard
from brian_nb.library.electrophysiology.aec import AEC
from brian_nb.library.electrophysiology.compensation import AEC_compensate
from brian_nb.library.electrophysiology.current_clamp import current_clamp
from brian_nb.library.electrophysiology.dcc import DCC
from brian_nb.library.electrophysiology.electrode import electrode
from brian_nb.library.electrophysiology.electrode_kernel import (
    electrode_kernel_dendrite,
    electrode_kernel_soma,
)
from brian_nb.library.electrophysiology.full_kernel import full_kernel, full_kernel_from_step
from brian_nb.library.electrophysiology.sevc import SEVC
from brian_nb.library.electrophysiology.voltage_clamp import voltage_clamp

__all__ = [
    "AEC",
    "AEC_compensate",
    "AcquisitionBoard",
    "DCC",
    "SEVC",
    "current_clamp",
    "electrode",
    "electrode_kernel_dendrite",
    "electrode_kernel_soma",
    "full_kernel",
    "full_kernel_from_step",
    "voltage_clamp",
]
