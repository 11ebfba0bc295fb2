"""Thresholds that are objects of their own."""

from brian_nb.network.quantities import to_si
from brian_nb.units import ALL_UNITS, get_dimension

_MV, _MS = ALL_UNITS["mV"], ALL_UNITS["ms"]


class EmpiricalThreshold:
    """Spikes where a variable exceeds a value, but not again within a period.

    It marks the onset of spikes that the equations themselves produce, as in models of
    Hodgkin-Huxley type: nothing is reset.

    Parameters
    ----------
    threshold : Quantity
        In the unit of the variable.
    refractory : Quantity, second
        How long after a spike there is no other one.
    state : str or int
        The variable, by its name or number; the membrane variable by default.

    Raises
    ------
    DimensionMismatchError
        The period is no time.
    """

    def __init__(self, threshold=1 * _MV, refractory=1 * _MS, state=0):
        self.threshold, self.state = threshold, state
        self.refractory = refractory
        to_si(refractory, get_dimension(_MS), "the period of an EmpiricalThreshold")
