"""The state of rules at synapses: which synapses a spike reaches when, and what it takes along."""

import numpy as np

from brian_nb.engine import synapse_table
from brian_nb.engine.aligned import copy_aligned
from brian_nb.engine.copying import Remade
from brian_nb.engine.revision import Counted, CountedDict, note_change
from brian_nb.errors import SimulationError
from brian_nb.kernels import allocate


class PlasticityState(Remade):
    """What a rule needs besides its traces and the synapses.

    Parameters
    ----------
    constants : dict of str to float
        Names in its statements, in SI units; may be changed between segments.
    scattered : bool
        Whether a spike of the source reaches its synapses at different times.

    Attributes
    ----------
    pre_delay, post_delay : float, second, or None
        How long after a spike its statements run. None stands for what the other one leaves of
        the delay of the synapses; if both are None, it is all at the source.
    pre_delay_steps, post_delay_steps : int
    lags : int64[n_lags]
        All different delays at the source, in steps, where spikes are scattered.
    lag_keys, lag_places : uint32[n_synapses]
        The same of each synapse, ascending in each row, and the places of the synapses.
    """

    constants = Counted()
    pre_delay = Counted()
    post_delay = Counted()

    def __init__(self, constants, scattered=False):
        self.constants = CountedDict(constants)
        self.scattered = scattered
        self.pre_delay = self.post_delay = None
        self.pre_delay_steps = self.post_delay_steps = 0
        self.lags, self.n_lags = allocate(1, np.int64), 0
        self.lag_keys, self.lag_places = (allocate(1, np.uint32) for _ in range(2))

    @property
    def delays(self):
        """All that its delays in steps derive from, besides the clocks and the synapses."""
        return self.pre_delay, self.post_delay

    def find_delays(self, synapses):
        """Delays of the source and of the target, in seconds; negative where one is too long.

        Returns
        -------
        float or float64[n_synapses]
        float
        """
        pre, post = self.pre_delay, self.post_delay
        whole = synapses.delay if synapses.delays is None else synapses.delays
        if pre is None:
            return whole - (post or 0.0), post or 0.0
        if post is None:
            return pre, 0.0 if np.ndim(whole) else whole - pre
        return pre, post

    def fit(self, synapses, source_clock, target_clock):
        """Bring delays in steps up to date.

        Parameters
        ----------
        synapses : SynapseState
        source_clock, target_clock : TimeBase
        """
        before, after = self.find_delays(synapses)
        self.post_delay_steps = max(0, target_clock.steps_in(after))
        if self.scattered:
            self._sort_lags(synapses, before, source_clock.dt)
        else:
            self.pre_delay_steps = max(0, source_clock.steps_in(before))

    def take_snapshot(self):
        """Copy what may be changed between segments."""
        return dict(self.constants), self.delays

    def put_back(self, snapshot):
        """Return to a snapshot."""
        constants, (self.pre_delay, self.post_delay) = snapshot
        self.constants = CountedDict(constants)

    def _sort_lags(self, synapses, delays, dt):
        n_synapses = synapses.n_synapses
        lags = np.maximum(np.rint(delays[:n_synapses] / dt), 0).astype(np.uint32)
        rows = np.repeat(np.arange(synapses.source_size, dtype=np.uint32), np.diff(synapses.rows))
        order = np.lexsort((lags, rows))
        different = np.unique(lags)
        self.lags, self.n_lags = copy_aligned(different, np.int64), len(different)
        self.lag_keys = copy_aligned(lags[order], np.uint32)
        self.lag_places = copy_aligned(order, np.uint32)
        self.pre_delay_steps = int(lags.max(initial=0))


class ModulationState(Remade):
    """Factors of the spikes that are on their way.

    Attributes
    ----------
    factors : float64[ring * source_size]
        For each slot of the source's spike ring, the factor of each neuron that fired then.
    """

    def __init__(self):
        self.ring = 0
        self.factors = allocate(1, np.float64)
        self._stretched = None

    def fit_ring(self, spikes, first, size, step):
        """Make room for as many slots as the spike ring has, keeping what is on its way.

        Parameters
        ----------
        spikes : PopulationState
            The source.
        first, size : int
            Range of its neurons.
        step : int
            The step that comes next.
        """
        ring, is_stretched = spikes.ring, spikes.stretched is not self._stretched
        self._stretched = spikes.stretched
        if ring * size == len(self.factors) and not is_stretched:
            return
        everything = np.arange(first, first + size)
        ages = [(age, age, everything) for age in range(min(ring, self.ring))]
        earlier = self.factors[: self.ring * size].reshape(self.ring, size)
        now = step + spikes.shift
        self.factors = allocate(ring * size, np.float64)
        rows = self.factors.reshape(ring, size)
        for before, after, neurons in spikes.stretched if is_stretched and self.ring else ages:
            own = neurons[(neurons >= first) & (neurons < first + size)] - first
            rows[(now - after) % ring, own] = earlier[(now - before) % self.ring, own]
        self.ring = ring

    def take_snapshot(self):
        """Copy the state."""
        return self.ring, self.factors.copy()

    def put_back(self, snapshot):
        """Return to a snapshot."""
        self.ring, factors = snapshot
        if len(factors) != len(self.factors):
            note_change()
            self.factors = allocate(len(factors), np.float64)
        self.factors[:] = factors


def fit_rules(model, storage):
    """Let the delays and variables of all rules follow the synapses.

    Returns
    -------
    list of (int, int)
        Populations whose spikes rules read, each with how many steps later.

    Raises
    ------
    SimulationError
        There are more than `MOST_NUMBERED` synapses.
    """
    waits = []
    for rule, state in zip(model.plasticities, storage.plasticities, strict=True):
        item, synapses = model.synapses[rule.synapses], storage.synapses[rule.synapses]
        ends = item.source, item.target
        clocks = [storage.timebases[model.populations[end].clock] for end in ends]
        _check_number(item.name, synapses.n_synapses)
        synapses.lock = storage.lock  # what a segment learns would be lost with replaced arrays
        synapses.separate_weights()
        state.fit(synapses, *clocks)
        for side, place in rule.traces:
            if side == "synapse":
                storage.populations[place].fit_synapses(synapses)
        waits += zip(ends, (state.pre_delay_steps, state.post_delay_steps), strict=True)
    return waits


def _check_number(name, n_synapses):
    if n_synapses > synapse_table.MOST_NUMBERED:
        raise SimulationError(
            f"a rule cannot change the weights of {name}: it has {n_synapses} synapses, and a rule"
            f" numbers up to {synapse_table.MOST_NUMBERED}",
            hint="make several connections, each from a part of the source, with a rule each",
        )


def fit_factors(model, storage):
    """Let the factors of modulations follow the spike rings of their sources."""
    for rule, state in zip(model.modulations, storage.modulations, strict=True):
        item = model.synapses[rule.synapses]
        clock = storage.timebases[model.clock_of(item)]
        synapses, spikes = storage.synapses[rule.synapses], storage.populations[item.source]
        state.fit_ring(spikes, synapses.source_first, synapses.source_size, clock.step)
