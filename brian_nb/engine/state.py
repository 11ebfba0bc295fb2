"""The state of populations and synapses: arrays that outlive any run."""

import numpy as np

from brian_nb.engine.copying import Remade
from brian_nb.engine.revision import Counted, CountedDict, note_change
from brian_nb.kernels import allocate

LINE = 8
"""Float64 numbers in a cache line."""

N_SPARE_SLOTS = 2
"""Slots of the spike ring beyond the longest delay: one is written while another is read."""


class PopulationState(Remade):
    """Values of one population.

    Parameters
    ----------
    size : int
        Number of neurons.
    variables : iterable of str
        State variables and parameters; each gets a float64[size] array of zeros.
    constants : dict of str to float
        External constants of the equations in SI units; may be changed between segments.

    Attributes
    ----------
    schedule : Schedule or None
        Spikes at given times, where these take the place of a threshold.
    matrix : float64[n_variables, size]
        The values of all variables, in their order.
    variables : dict of str to float64[size]
        Its rows.
    refractory : float, second
        How long a variable is held after a spike.
    silence : float, second
        How long after a spike there is no other one.
    until, silent_until : int64[size]
        Last step of both.
    held : float64[size]
        Value that is held.
    max_delay : float, second
        How long spikes are kept, though no synapses need them.
    """

    constants = Counted()
    refractory = Counted()
    silence = Counted()
    max_delay = Counted()

    def __init__(self, size, variables, constants):
        self.size = size
        self.constants = CountedDict(constants)
        names = tuple(variables)
        self.matrix = _allocate_rows(len(names), size)
        self.variables = dict(zip(names, self.matrix, strict=True))
        self.until, self.silent_until = allocate(size, np.int64), allocate(size, np.int64)
        self.held = allocate(size, np.float64)
        self.refractory = self.silence = self.max_delay = 0.0
        self.schedule = None
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

    def __getstate__(self):
        return {**vars(self), "variables": tuple(self.variables)}

    def __setstate__(self, state):
        super().__setstate__(state)
        matrix, names = state["matrix"], state["variables"]
        self.matrix = _allocate_rows(*matrix.shape)
        self.matrix[:] = matrix
        self.variables = dict(zip(names, self.matrix, strict=True))

    def forget_spikes(self):
        """Drop spikes in flight and refractoriness."""
        self.until[:] = self.silent_until[:] = self._put_at = -1
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
            self.put_spikes(past, neurons)

    def spikes_at(self, step):
        """Neurons that fired in one of the last steps, ascending."""
        slot = step % self.ring
        found = []
        for thread, begin in enumerate(self._shares()):
            count = self.counts[slot * self.n_threads + thread]
            start = slot * self.size + begin
            found.append(self.spikes[start : start + count])
        return found[0].copy() if len(found) == 1 else np.concatenate(found)

    def remake_ring(self, ring, n_threads):
        """Give the spike ring another length or division; spikes in flight are dropped."""
        note_change()
        self.ring, self.n_threads = ring, n_threads
        self.spikes = allocate(ring * self.size, np.int32)
        self.counts = allocate(ring * n_threads, np.int64)

    def put_spikes(self, step, neurons):
        """Let neurons, in ascending order, be those that fired in a step, and no others."""
        self._put_at = step
        slot = step % self.ring
        shares = [*self._shares(), self.size]
        for thread, (begin, end) in enumerate(zip(shares[:-1], shares[1:], strict=True)):
            own = neurons[(neurons >= begin) & (neurons < end)]
            start = slot * self.size + begin
            self.spikes[start : start + len(own)] = own
            self.counts[slot * self.n_threads + thread] = len(own)

    def find_last_step(self, timebase):
        """Number of the last step whose spikes are known."""
        is_known = timebase.is_updated or self._put_at == timebase.step
        return timebase.step if is_known else timebase.step - 1

    def _shares(self):
        """First neuron of each thread, as the generated source divides them."""
        blocks = (self.size + 255) // 256
        return [blocks * thread // self.n_threads * 256 for thread in range(self.n_threads)]


class SynapseState(Remade):
    """Values of one set of synapses, in compressed rows.

    Parameters
    ----------
    rows : int64[source_size + 1]
        Where the synapses of each source neuron begin.
    targets : uint32[n_synapses]
        Target neurons as numbers within the whole target population, ascending in each row.
    weights : float64[n_synapses] or None
        In SI units of the target variable; None where one weight serves all.
    scale : float
        The one weight, or what all weights are multiplied by.
    delay : float, second
    source_first : int
        First neuron of the source within its whole population.
    """

    delay = Counted()

    def __init__(self, rows, targets, weights, scale, delay=0.0, source_first=0):
        self.rows = _copy_aligned(rows, np.int64)
        self.targets = _copy_aligned(targets, np.uint32)
        self.weights = None if weights is None else _copy_aligned(weights, np.float64)
        self.scale = allocate(1, np.float64)
        self.scale[0] = scale
        self.delay = delay
        self.source_first = source_first
        self.source_size = len(rows) - 1


def _allocate_rows(n_rows, size):
    """Zeros float64[n_rows, size]; each row begins on a cache line, and no two on the same bank."""
    n_lines = -(-size // LINE) | 1  # odd: a power of two would put all rows into one set of a cache
    return allocate((n_rows, n_lines * LINE), np.float64)[:, :size]


def _copy_aligned(values, dtype):
    array = allocate(max(1, len(values)), dtype)
    array[: len(values)] = values
    return array
