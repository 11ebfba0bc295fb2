"""The state of populations and synapses: arrays that outlive any run."""

import numpy as np

from brian_nb.engine.copying import Aligned
from brian_nb.engine.revision import Counted, CountedDict, note_change
from brian_nb.kernels import allocate

N_SPARE_SLOTS = 2
"""Slots of the spike ring beyond the longest delay: one is written while another is read."""

NEVER = -2
"""A step before any that a schedule may look back to from step 0."""


class PopulationState(Aligned):
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
    until : int64[size]
        Last step in which each neuron is refractory.
    draw_shift : int
        What is added to the number of a step for its random draws.
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
        self.draw_shift = 0
        self.forget_spikes()

    def forget_spikes(self):
        """Drop spikes in flight and refractoriness, and number random draws by the clock again."""
        self.until[:] = NEVER
        self.draw_shift = 0
        self._stand = None
        self.remake_ring(max(self.ring, N_SPARE_SLOTS), max(self.n_threads, 1))

    def stand_at(self, steps, place, dt):
        """Count steps as a clock does, from where it is now.

        Parameters
        ----------
        steps : list of int
            Steps that come next for the clocks of a network; kept up to date by who drives it.
        place : int
            Position of the clock.
        dt : float, second
            Length of its steps.
        """
        self._stand = steps, place, dt

    def follow(self, timebase):
        """Go on at the step of a clock, wherever that has gone since the last segment.

        A clock may have started again, may have another length of steps, or may have gone on with
        another network. Spikes in flight, refractoriness and random draws go on in all cases.

        Parameters
        ----------
        timebase : TimeBase

        Returns
        -------
        bool
            Whether anything had to change for that.
        """
        if self._stand is None:
            return False
        steps, place, dt = self._stand
        left_at, ratio = steps[place], dt / timebase.dt
        if left_at == timebase.step and ratio == 1:
            return False
        self.draw_shift += left_at - timebase.step
        left = self.until - left_at + 1
        left = np.where(left > 0, np.rint(left * ratio), left)
        self.until[:] = timebase.step - 1 + left
        self._move_spikes(left_at, timebase.step, ratio)
        return True

    def copy_stand(self):
        """Where steps and random draws are counted now, for `restore_stand`."""
        if self._stand is None:
            return None, self.draw_shift
        steps, place, dt = self._stand
        return ([steps[place]], 0, dt), self.draw_shift

    def restore_stand(self, saved):
        """Count steps and random draws from where `copy_stand` found them."""
        self._stand, self.draw_shift = saved

    def fit_ring(self, longest_delay, n_threads, step):
        """Make the spike ring long enough for a delay in steps, keeping spikes in flight.

        Parameters
        ----------
        longest_delay, n_threads : int
        step : int
            The step that comes next, or that is being done.
        """
        ring = max(longest_delay + N_SPARE_SLOTS, self.ring)
        if (ring, n_threads) == (self.ring, self.n_threads):
            return
        flights = self._list_flights(step)
        self.remake_ring(ring, n_threads)
        for age, neurons in flights:
            self._put_spikes(step - age, neurons)

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
        self.ring, self.n_threads = ring, n_threads
        self.spikes = allocate(ring * self.size, np.int32)
        self.counts = allocate(ring * n_threads, np.int64)
        note_change()

    def _list_flights(self, step):
        """Spikes of the last steps, as (how many steps ago, neurons); of the present one, too."""
        flights = ((age, self.spikes_at(step - age)) for age in range(self.ring))
        return [(age, neurons) for age, neurons in flights if len(neurons)]

    def _move_spikes(self, left_at, step, ratio):
        """Let spikes in flight be as old at another step, whose length may be another one, too."""
        if ratio == 1:
            slots = (step - left_at) % self.ring
            self.spikes[:] = np.roll(self.spikes, slots * self.size)
            self.counts[:] = np.roll(self.counts, slots * self.n_threads)
            return
        moved = {}
        for age, neurons in self._list_flights(left_at):
            age = max(1, round(age * ratio)) if age else 0
            moved[age] = np.union1d(moved.get(age, neurons), neurons)
        self.remake_ring(max(self.ring, max(moved, default=0) + N_SPARE_SLOTS), self.n_threads)
        for age, neurons in moved.items():
            self._put_spikes(step - age, neurons)

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


class SynapseState(Aligned):
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


def _copy_aligned(values, dtype):
    array = allocate(max(1, len(values)), dtype)
    array[: len(values)] = values
    return array
