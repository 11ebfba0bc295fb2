"""The state of populations: arrays that outlive any run."""

import numpy as np

from brian_nb.engine.aligned import AlignedArrays
from brian_nb.engine.revision import Counted, CountedDict, note_change
from brian_nb.kernels import allocate

N_SPARE_SLOTS = 2
"""Slots of the spike ring beyond the longest delay: one is written while another is read."""


class PopulationState(AlignedArrays):
    """Values of one population.

    Parameters
    ----------
    size : int
        Number of neurons.
    variables : iterable of str
        State variables and parameters; each gets a float64[size] array of zeros.
    constants : dict of str to float
        External constants of the equations in SI units; may be changed between segments.
    """

    constants = Counted()
    refractory = Counted()

    def __init__(self, size, variables, constants):
        self.size = size
        self.constants = CountedDict(constants)
        self.variables = {name: allocate(size, np.float64) for name in variables}
        self.until = allocate(size, np.int64)
        self.held = allocate(size, np.float64)
        self.refractory = 0.0
        self.ring = 0
        self.n_threads = 0
        self.spikes = self.counts = None
        self.forget_spikes()

    def present(self):
        """Values of all variables at the present time, by their names; not to be written to."""
        return self.variables

    def settle(self):
        """Bring the arrays of the variables to the present time, before some are written to."""

    def copy_own(self):
        """Copy what a kind of population has besides its variables and spikes."""

    def restore_own(self, saved):
        """Put back what `copy_own` gave."""

    def forget_spikes(self):
        """Drop spikes in flight and refractoriness."""
        self.until[:] = -1
        self.remake_ring(max(self.ring, N_SPARE_SLOTS), max(self.n_threads, 1))

    def fit_ring(self, longest_delay, n_threads, step):
        """Make the spike ring long enough for a delay in steps, keeping spikes in flight.

        Parameters
        ----------
        longest_delay, n_threads : int
        step : int
            The step that comes next.
        """
        ring = max(longest_delay + N_SPARE_SLOTS, self.ring)
        if (ring, n_threads) == (self.ring, self.n_threads):
            return
        flights = {past: self.spikes_at(past) for past in range(max(0, step - self.ring), step)}
        self.remake_ring(ring, n_threads)
        for past, neurons in flights.items():
            self._put_spikes(past, neurons)

    def spikes_at(self, step):
        """Neurons that fired in one of the last steps, ascending."""
        slot = step % self.ring
        found = []
        for thread, begin in enumerate(self._shares()):
            count = self.counts[slot * self.n_threads + thread]
            start = slot * self.size + begin
            found.append(self.spikes[start : start + count].copy())
        return np.concatenate(found)

    def remake_ring(self, ring, n_threads):
        """Give the spike ring another length or division; spikes in flight are dropped."""
        note_change()
        self.ring, self.n_threads = ring, n_threads
        self.spikes = allocate(ring * self.size, np.int32)
        self.counts = allocate(ring * n_threads, np.int64)

    def _put_spikes(self, step, neurons):
        slot = step % self.ring
        shares = [*self._shares(), self.size]
        for thread, (begin, end) in enumerate(zip(shares[:-1], shares[1:], strict=True)):
            own = neurons[(neurons >= begin) & (neurons < end)]
            start = slot * self.size + begin
            self.spikes[start : start + len(own)] = own
            self.counts[slot * self.n_threads + thread] = len(own)

    def _shares(self):
        """First neuron of each thread, as the generated source divides them."""
        blocks = (self.size + 255) // 256
        return [blocks * thread // self.n_threads * 256 for thread in range(self.n_threads)]
