"""The delays of synapses as a matrix."""

import numpy as np

from brian_nb.engine import Pairs
from brian_nb.network.delays import TIME, check_delays
from brian_nb.network.matrices import SparseConnectionMatrix, SparseConnectionVector
from brian_nb.network.matrices.base import fit_values, to_array
from brian_nb.network.quantities import to_si
from brian_nb.units import Quantity


class DelayMatrix(SparseConnectionMatrix):
    """The delay of each synapse of a connection, in seconds.

    Its elements are where those of the weights are: a delay that is set for a pair without synapse
    is ignored. Single elements are read with their unit. Spikes on their way keep the delays with
    which they were sent.

    Parameters
    ----------
    state : SynapseState
    longest : float or None, second
        No delay may be longer.
    what : str
        Whose delays they are, for messages.
    """

    def __init__(self, state, longest, what):
        self._state, self._longest, self._what = state, longest, what

    @property
    def alldata(self):
        values = self._read(slice(None)).view()
        values.flags.writeable = False  # lags derive from them: changes have to be noticed
        return values

    def set_row(self, i, val):
        super().set_row(i, self._check(val))

    def set_col(self, i, val):
        super().set_col(i, self._check(val))

    def _read(self, places):
        state = self._synapses
        return state.delays[: state.n_synapses][places]

    def _write(self, places, values):
        self._synapses.set_delays(places, values)

    @property
    def _is_shown(self):
        return False

    def _element(self, value):
        return Quantity(float(value), TIME)

    def _set_all(self, val):
        super()._set_all(self._check(val))

    def _set_pairs(self, pre, post, values, is_stretch):
        values = fit_values(self._check(values), pre.shape, self._what)
        if self._state.is_settled:
            super()._set_pairs(pre, post, values, True)
        else:
            self._state.change(Pairs(pre.ravel(), post.ravel(), delays=values.ravel()))

    def _check(self, values):
        if isinstance(values, SparseConnectionVector):
            check_delays(np.asarray(values), self._longest, self._what)
            return values
        if hasattr(values, "todense"):
            values = to_array(values)
        seconds = to_si(values, TIME, self._what)
        check_delays(seconds, self._longest, self._what)
        return seconds
