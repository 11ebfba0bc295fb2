"""Statistics of spike trains.

Takes: spike trains, which are spike times in seconds: what ``M[i]`` of a spike monitor gives.
Gives: numbers and arrays without units, in SI (the manual, section 8.13).
Must not know: figures, networks, how a train came about.
"""

from brian_nb.analysis.coincidences import gamma_factor
from brian_nb.analysis.correlations import (
    ACF,
    ACVF,
    CCF,
    CCVF,
    autocorrelogram,
    correlogram,
    total_correlation,
)
from brian_nb.analysis.rates import CV, firing_rate, vector_strength

__all__ = [
    "ACF",
    "ACVF",
    "CCF",
    "CCVF",
    "CV",
    "autocorrelogram",
    "correlogram",
    "firing_rate",
    "gamma_factor",
    "total_correlation",
    "vector_strength",
]
