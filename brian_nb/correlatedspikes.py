"""Correlated spike trains, under the manual's name of the module."""

from brian_nb.network.correlated import (
    CorrelatedSpikeTrains,
    HomogeneousCorrelatedSpikeTrains,
    mixture_process,
)

__all__ = ["CorrelatedSpikeTrains", "HomogeneousCorrelatedSpikeTrains", "mixture_process"]
