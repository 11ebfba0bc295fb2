"""Groups of Poisson spike trains."""

import numpy as np

from brian_nb.equations.expressions import Binary, Call, Compare, Name
from brian_nb.errors import ModelError
from brian_nb.network.group import NeuronGroup
from brian_nb.network.quantities import to_si
from brian_nb.units import ALL_UNITS, get_dimension

_HERTZ = get_dimension(ALL_UNITS["hertz"])
_FIRES = Compare("<", Call("rand", ()), Binary("*", Name("rate"), Name("dt")))


class PoissonGroup(NeuronGroup):
    """Neurons that fire as independent Poisson processes.

    In each step a neuron fires with probability ``rate*dt``.

    Parameters
    ----------
    N : int
        Number of neurons.
    rates : Quantity or array_like[N], hertz
        One rate for all, or one for each; they are the variable `rate` and can be changed.
    clock : Clock, optional

    Raises
    ------
    DimensionMismatchError
        The rates are no frequencies.
    ModelError
        A rate is negative, or their number fits neither one nor all neurons.
    """

    def __init__(self, N, rates=0 * ALL_UNITS["hertz"], clock=None):  # noqa: N803
        super().__init__(N, "rate : hertz", threshold=_FIRES, clock=clock)
        self.set_variable("rate", rates)

    def set_variable(self, name, value):
        values = to_si(value, _HERTZ, f"the rates of {self.describe()}")
        if np.any(values < 0):
            raise ModelError(f"the rates of {self.describe()} cannot be negative")
        super().set_variable(name, value)

    def __repr__(self):
        return f"<PoissonGroup: {self.describe()}, {self.size} neurons>"
