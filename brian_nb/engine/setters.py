"""The values of setters, and of weighted sums."""

import numpy as np

from brian_nb.engine.copying import Remade
from brian_nb.engine.revision import CountedDict
from brian_nb.kernels import allocate


class SetterState(Remade):
    """What a setter works on.

    Parameters
    ----------
    first, size : int
        Neurons that are set, as numbers within the whole population.
    constants : dict of str to float
        In SI units; may be changed between segments.
    shift : int
        What is added to the number of a neuron to give its neuron of the source.
    forecast : Forecast or None
    """

    def __init__(self, first, size, constants=(), shift=0, forecast=None):
        self.first, self.size, self.shift = first, size, shift
        self.constants = CountedDict(constants)
        self.forecast = forecast


class MixerState(Remade):
    """What a weighted sum is made of.

    Parameters
    ----------
    first, source_first : int
        First neuron of the target and of the source within their whole populations.
    offsets : float64[size]
    weights : float64[size, source_size]

    Attributes
    ----------
    weights : float64[source_size*size]
        The weights of one neuron of the source stand together.
    """

    forecast = None
    constants: dict = {}

    def __init__(self, first, source_first, offsets, weights):
        self.first, self.source_first = first, source_first
        self.size, self.source_size = np.shape(weights)
        self.offsets = allocate(self.size, np.float64)
        self.weights = allocate(self.size * self.source_size, np.float64)
        self.offsets[:] = offsets
        self.weights[:] = np.ravel(np.transpose(weights))
