"""Connections of equal numbers."""

import numpy as np

from brian_nb.errors import WiringError
from brian_nb.network.connection import Connection
from brian_nb.network.delays import differ_by_form
from brian_nb.units import ALL_UNITS


class IdentityConnection(Connection):
    """Neuron `i` of the source acts on neuron `i` of the target, all with one weight.

    Parameters
    ----------
    source, target : NeuronGroup or Subgroup
        Of the same size.
    state : str or int
        Variable of the target.
    weight : Quantity or number
    delay : Quantity, second
        One for all.

    Raises
    ------
    WiringError
        The sizes differ, or the weight or the delay is not one number.
    """

    def __init__(self, source, target, state=0, weight=1.0, delay=0 * ALL_UNITS["ms"]):
        if differ_by_form(delay) or np.ndim(weight) or callable(weight):
            raise WiringError(
                "an IdentityConnection has one weight and one delay for all its synapses",
                hint="use a Connection and connect_one_to_one(weight=..., delay=...)",
            )
        super().__init__(source, target, state, delay)
        self.connect_one_to_one(weight=weight)
