"""What spikes on their way will add to the targets of synapses that have delays of their own.

For each step to come and each target there is one sum. Few of them differ from zero in most
networks, so what comes is listed for its step; a list that is full is added up into the sums of its
step, and begins anew. Either way a sum is made in the order in which the spikes were fired, then of
the sources, so that it does not depend on the lists, and neither on the number of threads, each of
which has its own lists for its own targets.
"""

import numpy as np

from brian_nb.engine.copying import Remade
from brian_nb.engine.revision import note_change
from brian_nb.errors import SimulationError
from brian_nb.kernels import allocate

TARGETS_PER_ENTRY = 4
"""A list holds a quarter of the targets: an entry costs four times what a sum costs."""

MIN_ROOM = 64
MAX_SUMS = 1 << 32


class Arrivals(Remade):
    """Sums that wait for their step.

    Parameters
    ----------
    first, width : int
        Targets, as a range of the whole target population.

    Attributes
    ----------
    n_slots : int
        Steps ahead that can be written to, the present one included.
    head : int
        Slot of the present step of the target's clock; it moves on in compiled code.
    room : int
        Entries of a list.
    counts : int64[n_threads*n_slots]
        Entries in each list.
    summed : int64[n_threads*n_slots]
        1 where entries have been added up before.
    targets : uint32[n_threads*n_slots*room]
    amounts : float64[n_threads*n_slots*room]
    sums : float64[n_slots*width]
        What has been added up.
    arriving : float64[width]
        Sums of a list that arrives; zero between steps.
    """

    def __init__(self, first, width):
        self.first, self.width = first, width
        self.head, self.dt = 0, 0.0
        self._kept = None
        self._make(1, 1)

    def fit(self, longest, dt, n_threads):
        """Make room for a delay, keeping what is on its way.

        Parameters
        ----------
        longest : int
            The longest delay, in steps.
        dt : float, second
            Step of the clock of the target.
        n_threads : int

        Raises
        ------
        SimulationError
            The delay is too long for this number of targets.
        """
        if (self.dt, self.n_threads) == (dt, n_threads) and longest < self.n_slots:
            return
        sums = self.find_sums()
        (waiting,) = np.nonzero(sums.any(axis=1))
        steps = np.rint(waiting * (self.dt / dt)).astype(np.int64)
        n_slots = max(longest, steps.max(initial=0)) + 1
        if n_slots * self.width >= MAX_SUMS:
            raise SimulationError(
                f"a delay of {longest} steps onto {self.width} targets needs too much memory",
                hint="shorten the longest delay, or make the time step longer",
            )
        self._make(n_slots, n_threads)
        self.dt = dt
        np.add.at(self._rows(), steps, sums[waiting])
        self._flag(steps)

    def forget(self):
        """Drop all that is on its way."""
        self._make(self.n_slots, self.n_threads)

    def add(self, targets, lags, amounts):
        """Let amounts come.

        Parameters
        ----------
        targets : int[n]
            Counted within the whole population.
        lags : int[n]
            Steps from now.
        amounts : float64[n]
        """
        slots = (self.head + lags) % self.n_slots
        for slot in np.unique(slots):
            self._add_up(slot)
        np.add.at(self._rows(), (slots, targets - self.first), amounts)

    def find_sums(self):
        """What will come, float64[n_slots, width]; the first row comes in the present step."""
        sums = np.zeros((self.n_slots, self.width))
        (summed,) = np.nonzero(self.summed.reshape(-1, self.n_slots).any(axis=0))
        sums[(summed - self.head) % self.n_slots] = self._rows()[summed]
        for place in np.flatnonzero(self.counts):
            self._add_list(place, sums[(place - self.head) % self.n_slots])
        return sums

    def take_snapshot(self):
        """What is on its way, and in steps of which length."""
        sums = self.find_sums()
        places = np.flatnonzero(sums)
        return self.n_slots, self.dt, places, sums.ravel()[places]

    def put_back(self, snapshot):
        """Return to a snapshot."""
        n_slots, self.dt, places, amounts = snapshot
        self._make(n_slots, self.n_threads)
        self.sums[places] = amounts
        self._flag(places // self.width)

    def __getstate__(self):
        return self.__dict__ | {"_kept": None}

    # -- the checkpoint before a segment ----------------------------------------------------

    def save(self):
        """Copy what is on its way; only what is used of the lists and sums."""
        used = int(self.counts.max())
        (summed,) = np.nonzero(self.summed.reshape(-1, self.n_slots).any(axis=0))
        self._kept = (
            self.head,
            self.counts.copy(),
            self.summed.copy(),
            self._lists(self.targets)[:, :used].copy(),
            self._lists(self.amounts)[:, :used].copy(),
            summed,
            self._rows()[summed],
        )

    def restore(self):
        """Return to what was saved last."""
        self.head, counts, flags, targets, amounts, summed, sums = self._kept
        used = targets.shape[1]
        self.counts[:], self.summed[:] = counts, flags
        self._lists(self.targets)[:, :used] = targets
        self._lists(self.amounts)[:, :used] = amounts
        self.sums[:] = 0.0
        self._rows()[summed] = sums

    # -- details ----------------------------------------------------------------------------

    def _make(self, n_slots, n_threads):
        self.n_slots, self.n_threads, self.head = int(n_slots), n_threads, 0
        self.room = max(MIN_ROOM, self.width // (TARGETS_PER_ENTRY * n_threads) // 16 * 16)
        n_lists = self.n_slots * n_threads
        self.counts = allocate(n_lists, np.int64)
        self.summed = allocate(n_lists, np.int64)
        self.targets = allocate(n_lists * self.room, np.uint32)
        self.amounts = allocate(n_lists * self.room, np.float64)
        self.sums = allocate(self.n_slots * self.width, np.float64)
        self.arriving = allocate(self.width, np.float64)
        note_change()

    def _flag(self, slots):
        """Say that the sums of slots hold something."""
        self.summed.reshape(-1, self.n_slots)[:, slots] = 1

    def _add_up(self, slot):
        """Add the lists of a slot up into its sums."""
        for place in range(slot, len(self.counts), self.n_slots):
            self._add_list(place, self._rows()[slot])
            self.counts[place] = 0
        self._flag(slot)

    def _add_list(self, place, row):
        own = slice(place * self.room, place * self.room + self.counts[place])
        np.add.at(row, self.targets[own] - self.first, self.amounts[own])

    def _rows(self):
        return self.sums.reshape(self.n_slots, self.width)

    def _lists(self, entries):
        return entries.reshape(-1, self.room)
