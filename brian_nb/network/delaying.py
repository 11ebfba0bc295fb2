"""The delays of a connection as its user reads and sets them."""

import numpy as np

from brian_nb.errors import WiringError
from brian_nb.network.delay_matrix import DelayMatrix
from brian_nb.network.delays import TIME, check_delays, evaluate_delay
from brian_nb.network.quantities import to_si
from brian_nb.units import ALL_UNITS

_SECOND = ALL_UNITS["second"]


class Delaying:
    """The delays of a `Connection`: one for all synapses, or one for each."""

    @property
    def delay(self):
        """Time between a spike and its arrival, second; of a `DelayConnection`, a matrix."""
        if self._state.delays is not None:
            return DelayMatrix(self._state, self._longest_delay, self._delay_name)
        return self._state.delay * _SECOND

    @delay.setter
    def delay(self, delay):
        if self._state.delays is not None:
            self.set_delays(delay)
            return
        value = float(to_si(delay, TIME, self._delay_name))
        if not 0 <= value < np.inf:
            raise WiringError(
                f"{self._delay_name} must be finite and cannot be negative, as {delay!r} is",
                hint="spikes arrive after they were fired; use delay=0*ms or longer",
            )
        self._state.delay = value

    def set_delays(self, delay):
        """Set the delays of all synapses.

        Parameters
        ----------
        delay : Quantity, pair, function or matrix
            A pair (min, max) draws them uniformly in between; a function of no arguments is called
            for each synapse, one of ``(i, j)`` for each row.

        Raises
        ------
        WiringError
            The synapses have no delays of their own, or a delay cannot be.
        """
        self._allow_delay(delay)
        shape = self.source.size, self.target.size
        delays = evaluate_delay(delay, self.values.as_rows(), shape, self._delay_name)
        if delays is not None:
            check_delays(delays, self._longest_delay, self._delay_name)
            self._state.set_delays(slice(None), delays)

    @property
    def _delay_name(self):
        return f"the delay of {self.describe()}"
