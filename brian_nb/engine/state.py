"""The state of populations: arrays that outlive any run."""

import numpy as np

from brian_nb.engine.copying import Remade
from brian_nb.engine.revision import Counted, CountedDict, note_change
from brian_nb.kernels import allocate
from brian_nb.kernels.philox import BLOCK
from brian_nb.model import NEVER

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
    matrix : float64[n_variables, size]
        The values of all variables, in their order.
    variables : dict of str to float64[size]
        Its rows.
    refractory : float, second
        How long a variable is held after a spike.
    silence : float, second
        How long after a spike there is no other one.
    until, silent_until : int64[size]
        Last step of both, as the clock counts.
    held : float64[size]
        Value that is held.
    can_fire : bool
        Of the kind of population; where False, these and the spikes have room for one element.
    chances, quiets : float64[n_blocks]
        Where neurons fire by chance: the largest probability in each block of neurons, and the
        probability that none would fire if all had that one. Scratch space of the time loop.
    max_delay : float, second
        How long spikes are kept, though no synapses need them.
    schedule : Schedule or None
        Spikes at given times, where these take the place of a threshold.
    shift : int
        What is added to the number of a step of the clock to count the population's own steps:
        these go on wherever the clock goes. They number random draws and slots of the spike ring.
    stretched : list of (int, int, int64[...])
        How spikes in flight were moved when the length of the steps changed last: how many steps
        ago they were fired, before and after, and which neurons.
    """

    can_fire = True
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
        n_firing = self._n_firing
        self.until, self.silent_until = (allocate(n_firing, np.int64) for _ in range(2))
        (self.held,) = _allocate_rows(1, n_firing)
        n_blocks = -(-size // BLOCK)
        self.chances, self.quiets = allocate(n_blocks), allocate(n_blocks)
        self.refractory = self.silence = self.max_delay = 0.0
        self.schedule = None
        self.ring = 0
        self.n_threads = 0
        self.spikes = self.counts = None
        self.stretched = []
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
        return {**super().__getstate__(), "variables": tuple(self.variables)}

    def __setstate__(self, state):
        super().__setstate__(state)
        matrix, names = state["matrix"], state["variables"]
        self.matrix = _allocate_rows(*matrix.shape)
        self.matrix[:] = matrix
        self.variables = dict(zip(names, self.matrix, strict=True))

    def forget_spikes(self):
        """Drop spikes in flight and refractoriness, and count steps as the clock does again."""
        self.until[:] = self.silent_until[:] = self._set_at = NEVER
        self.shift, self._stand = 0, None
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

    def go_on_at(self, timebase):
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
        left_at, now, ratio = steps[place], timebase.step, dt / timebase.dt
        if left_at == now and ratio == 1:
            return False
        if ratio != 1:
            self._stretch_flights(left_at, ratio)
        self.shift += left_at - now
        self._set_at += now - left_at
        for last in (self.until, self.silent_until):
            n_left = last - left_at + 1
            last[:] = now - 1 + np.where(n_left > 0, np.rint(n_left * ratio), n_left)
        return True

    def copy_stand(self):
        """Where steps are counted now, for `restore_stand`."""
        if self._stand is None:
            return None, self.shift
        steps, place, dt = self._stand
        return ([steps[place]], 0, dt), self.shift

    def restore_stand(self, saved):
        """Count steps from where `copy_stand` found them."""
        self._stand, self.shift = saved

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
        slot = (step + self.shift) % self.ring
        found = []
        for thread, begin in enumerate(self.shares()):
            count = self.counts[slot * self.n_threads + thread]
            start = slot * self.size + begin
            found.append(self.spikes[start : start + count])
        return found[0].copy() if len(found) == 1 else np.concatenate(found)

    def remake_ring(self, ring, n_threads):
        """Give the spike ring another length or division; spikes in flight are dropped."""
        self.ring, self.n_threads = ring, n_threads
        self.spikes = allocate(ring * self._n_firing, np.int32)
        self.counts = allocate(ring * n_threads, np.int64)
        note_change()

    def set_spikes(self, step, neurons):
        """Let neurons, in ascending order, be those that fire in a step, and no others."""
        self._set_at = step
        self._put_spikes(step, neurons)

    def find_last_step(self, timebase):
        """Number of the last step whose spikes are known."""
        is_known = timebase.is_updated or self._set_at == timebase.step
        return timebase.step if is_known else timebase.step - 1

    def _put_spikes(self, step, neurons):
        slot = (step + self.shift) % self.ring
        shares = [*self.shares(), self.size]
        for thread, (begin, end) in enumerate(zip(shares[:-1], shares[1:], strict=True)):
            own = neurons[(neurons >= begin) & (neurons < end)]
            start = slot * self.size + begin
            self.spikes[start : start + len(own)] = own
            self.counts[slot * self.n_threads + thread] = len(own)

    def _list_flights(self, step):
        """Spikes of the last steps, as (how many steps ago, neurons); of the present one, too."""
        flights = ((age, self.spikes_at(step - age)) for age in range(self.ring))
        return [(age, neurons) for age, neurons in flights if len(neurons)]

    def _stretch_flights(self, step, ratio):
        """Let spikes have been fired another number of steps ago, at a step that comes next.

        Two spikes of a neuron that come into the same, longer step become one.
        """
        self.stretched = [
            (age, max(1, round(age * ratio)) if age else 0, neurons)
            for age, neurons in reversed(self._list_flights(step))
        ]
        moved = {}
        for _, age, neurons in self.stretched:
            moved[age] = np.union1d(moved.get(age, neurons), neurons)
        self.remake_ring(max(self.ring, max(moved, default=0) + N_SPARE_SLOTS), self.n_threads)
        for age, neurons in moved.items():
            self._put_spikes(step - age, neurons)

    @property
    def _n_firing(self):
        return self.size if self.can_fire else 1

    def shares(self):
        """First neuron of each thread, as the generated source divides them."""
        blocks = (self.size + 255) // 256
        return [blocks * thread // self.n_threads * 256 for thread in range(self.n_threads)]


def _allocate_rows(n_rows, size):
    """Zeros float64[n_rows, size]; each row begins on a cache line, and no two on the same bank.

    Neurons are integrated by whole lines, up to whose end a row holds NaN: what comes out of that
    never crosses a threshold.
    """
    n_lines = -(-size // LINE) | 1  # odd: a power of two would put all rows into one set of a cache
    rows = allocate((n_rows, n_lines * LINE), np.float64)
    rows[:, size:] = np.nan
    return rows[:, :size]
