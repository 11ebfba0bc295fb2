"""Spikes of the last steps of a group, for code in Python."""

import numpy as np

from brian_nb.errors import ModelError


class LastSpikes:
    """The spikes that a group keeps: those of its last update, and of earlier ones.

    Parameters
    ----------
    neurons : NeuronGroup or Subgroup
    """

    def __init__(self, neurons):
        self._neurons = neurons

    def lastspikes(self):
        """Numbers int32[...] of the neurons that fired in the last update, ascending."""
        return self[0]

    def __getitem__(self, delay):
        """Those of so many steps ago, or for ``[i:j]`` of all from `i` to before `j` steps ago.

        Raises
        ------
        ModelError
            Spikes are not kept for so long.
        """
        if isinstance(delay, slice):
            first, last = delay.start or 0, delay.stop or 1
            found = [self._find(past) for past in range(first, last)]
            return np.unique(np.concatenate(found)) if found else np.empty(0, np.int32)
        return self._find(delay)

    def push(self, spikes):
        """Let neurons be those that fire in the present step, and no others.

        Parameters
        ----------
        spikes : array_like of int
        """
        neurons = self._neurons
        if neurons is not neurons.owner:
            raise ModelError(f"{neurons.describe()} are part of a group, which has to fire as one")
        step = neurons.clock.timebase.step
        numbers = np.unique(np.asarray(spikes, np.int64))
        if len(numbers) and not (0 <= numbers[0] and numbers[-1] < neurons.size):
            raise ModelError(
                f"{neurons.describe()} has neurons 0 to {neurons.size - 1}, so that "
                f"{numbers[0] if numbers[0] < 0 else numbers[-1]} cannot fire"
            )
        neurons.values.set_spikes(step, numbers)

    def _find(self, delay):
        neurons, values = self._neurons, self._neurons.owner.values
        if not 0 <= delay < values.ring:
            raise ModelError(
                f"{neurons.describe()} keeps the spikes of {values.ring} steps, and not those of "
                f"{delay} steps ago",
                hint="give the group a max_delay as long as spikes have to be kept",
            )
        spikes = values.spikes_at(values.find_last_step(neurons.owner.clock.timebase) - delay)
        if neurons is neurons.owner:
            return spikes
        last = neurons.first + neurons.size
        return spikes[(spikes >= neurons.first) & (spikes < last)] - neurons.first
