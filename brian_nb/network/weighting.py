"""The weights of a connection as its user reads and sets them."""

import numpy as np

from brian_nb.engine import Pairs
from brian_nb.errors import WiringError
from brian_nb.network.matrices import (
    DenseConnectionMatrix,
    DynamicConnectionMatrix,
    SparseConnectionMatrix,
)
from brian_nb.network.matrices.base import fit_values, resolve_pair
from brian_nb.network.quantities import to_si
from brian_nb.units import Quantity


class Weighting:
    """The weights of a `Connection`."""

    @property
    def W(self):
        state = self.values
        if self.structure == "dense":
            return DenseConnectionMatrix.view_state(state)
        kind = DynamicConnectionMatrix if self.structure == "dynamic" else SparseConnectionMatrix
        return kind.view_state(state, _what=self._weight_name, **self._keywords)

    def __getitem__(self, pair):
        """Weights in SI units; of one pair, with its unit. Zero where there is no synapse."""
        pre, post = self._resolve(pair)
        found = SparseConnectionMatrix.view_state(self.values).get_elements(pre, post)
        return Quantity(float(found), self._dimension) if pre.ndim == 0 else found

    def __setitem__(self, pair, weight):
        """Set weights, and make synapses where there are none."""
        pre, post = self._resolve(pair)
        if hasattr(weight, "todense"):
            weight = weight.todense()
        values = to_si(weight, self._dimension, self._weight_name)
        self._require_finite(values)
        if values.ndim:
            values = fit_values(values, pre.shape, self._weight_name).ravel()
        pre, post = pre.ravel(), post.ravel()
        if self._state.is_settled and not self._state.is_dense and len(pre):
            places = self._state.find(pre, post)
            if np.all(places >= 0):
                self._state.set_weights(places, values)
                return
        self._state.change(Pairs(pre, post, values))

    @property
    def weight(self):
        """The weight that all synapses share, or None where they may differ."""
        values = self.values
        return None if values.differ else Quantity(values.shared_weight, self._dimension)

    @weight.setter
    def weight(self, weight):
        value = float(to_si(weight, self._dimension, self._weight_name))
        self._require_finite(value)
        if self.values.differ:
            raise WiringError(
                f"the synapses of {self.describe()} have different weights",
                hint="scale them all with `weight_scale`, or set single ones with C[i, j] = ...",
            )
        self._state.share_weight(value)

    @property
    def weight_scale(self):
        """What all weights are multiplied by; 1 unless set."""
        return self._state.gain

    @weight_scale.setter
    def weight_scale(self, scale):
        self._state.set_gain(float(scale))

    @property
    def n_synapses(self):
        """Number of synapses."""
        return self.values.n_synapses

    @property
    def values(self):
        """The synapses in compressed rows, a `SynapseState`."""
        self._state.settle()
        return self._state

    @property
    def weight_dimension(self):
        """Dimension of the weights: that of the variable that spikes add to."""
        return self._dimension

    @property
    def _dimension(self):
        return self.target.owner.system.dimension_of(self.variable)

    @property
    def _weight_name(self):
        return f"the weight of {self.describe()} onto {self.variable}"

    def _resolve(self, pair):
        kinds = ("source neuron", "target neuron")
        return resolve_pair(pair, (self.source.size, self.target.size), kinds)
