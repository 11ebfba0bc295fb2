"""The state of rules at synapses: columns of the synapses, bounds, factors of spikes in flight."""

import numpy as np

from brian_nb.engine.revision import Counted, CountedDict, note_change
from brian_nb.kernels import allocate


class PlasticityState:
    """What a rule needs besides its traces and the synapses.

    Parameters
    ----------
    constants : dict of str to float
        Names in its statements, in SI units; may be changed between segments.
    target_first, target_size : int
        Neurons of the target within its whole population.

    Attributes
    ----------
    pre_delay, post_delay : float, second, or None
        How long after a spike its statements run. None stands for what the other one leaves of
        the delay of the synapses; if both are None, it is all at the source.
    pre_delay_steps, post_delay_steps : int
    columns : int64[target_size + 1]
        Where the synapses of each target neuron begin in `places` and `sources`.
    places : int64[n_synapses]
        Places of the synapses in the rows.
    sources : int32[n_synapses]
        Source neurons, counted within the source, ascending in each column.
    """

    constants = Counted()
    pre_delay = Counted()
    post_delay = Counted()

    def __init__(self, constants, target_first, target_size):
        self.constants = CountedDict(constants)
        self.pre_delay = self.post_delay = None
        self.target_first, self.target_size = target_first, target_size
        self.pre_delay_steps = self.post_delay_steps = 0
        self.columns = self.places = self.sources = self._indexed = None

    @property
    def delays(self):
        """All that its delays in steps derive from, besides the clocks."""
        return self.pre_delay, self.post_delay

    def find_delays(self, synapses):
        """Delays of the source and of the target, in seconds; negative where one is too long."""
        if self.pre_delay is None and self.post_delay is None:
            return synapses.delay, 0.0
        if self.pre_delay is None:
            return synapses.delay - self.post_delay, self.post_delay
        if self.post_delay is None:
            return self.pre_delay, synapses.delay - self.pre_delay
        return self.pre_delay, self.post_delay

    def fit(self, synapses, source_clock, target_clock):
        """Bring delays in steps and columns up to date.

        Parameters
        ----------
        synapses : SynapseState
        source_clock, target_clock : TimeBase
        """
        before, after = self.find_delays(synapses)
        self.pre_delay_steps = max(0, source_clock.steps_in(before))
        self.post_delay_steps = max(0, target_clock.steps_in(after))
        if self._indexed is not synapses.rows:
            self._index_columns(synapses)
            self._indexed = synapses.rows

    def copy(self):
        """Copy what may be changed between segments."""
        return dict(self.constants), self.delays

    def restore(self, saved):
        """Put back what `copy` gave."""
        constants, (self.pre_delay, self.post_delay) = saved
        self.constants = CountedDict(constants)

    def _index_columns(self, synapses):
        note_change()
        n_synapses = int(synapses.rows[-1])
        targets = synapses.targets[:n_synapses].astype(np.int64) - self.target_first
        order = np.argsort(targets * n_synapses + np.arange(n_synapses))
        sources = np.repeat(np.arange(synapses.source_size), np.diff(synapses.rows))
        self.columns = allocate(self.target_size + 1, np.int64)
        self.columns[1:] = np.cumsum(np.bincount(targets, minlength=self.target_size))
        self.places = allocate(max(1, n_synapses), np.int64)
        self.sources = allocate(max(1, n_synapses), np.int32)
        self.places[:n_synapses], self.sources[:n_synapses] = order, sources[order]


class ModulationState:
    """Factors of the spikes that are on their way.

    Attributes
    ----------
    factors : float64[ring * source_size]
        For each slot of the source's spike ring, the factor of each neuron that fired then.
    """

    def __init__(self):
        self.ring = 0
        self.factors = allocate(1, np.float64)

    def fit_ring(self, ring, size, step):
        """Make room for as many slots as the spike ring has, keeping what is on its way.

        Parameters
        ----------
        ring, size : int
            Slots, and neurons of the source.
        step : int
            The step that comes next.
        """
        if ring * size == len(self.factors):
            return
        earlier = self.factors.reshape(self.ring, size) if self.ring else None
        self.factors = allocate(ring * size, np.float64)
        rows = self.factors.reshape(ring, size)
        for past in range(max(0, step - min(ring, self.ring)), step + 1 if self.ring else 0):
            rows[past % ring] = earlier[past % self.ring]
        self.ring = ring

    def copy(self):
        """Copy the state."""
        return self.ring, self.factors.copy()

    def restore(self, saved):
        """Put back what `copy` gave."""
        self.ring, factors = saved
        if len(factors) != len(self.factors):
            note_change()
            self.factors = allocate(len(factors), np.float64)
        self.factors[:] = factors


def fit_rules(model, storage):
    """Let the delays, columns and variables of all rules follow the synapses.

    Returns
    -------
    list of (int, int)
        Populations whose spikes rules read, each with how many steps later.
    """
    waits = []
    for rule, state in zip(model.plasticities, storage.plasticities, strict=True):
        item = model.synapses[rule.synapses]
        ends = item.source, item.target
        clocks = [storage.timebases[model.populations[end].clock] for end in ends]
        synapses = storage.synapses[rule.synapses]
        state.fit(synapses, *clocks)
        for side, place in rule.traces:
            if side == "synapse":
                storage.populations[place].fit_synapses(synapses)
        waits += zip(ends, (state.pre_delay_steps, state.post_delay_steps), strict=True)
    return waits


def fit_factors(model, storage):
    """Let the factors of modulations follow the spike rings of their sources."""
    for rule, state in zip(model.modulations, storage.modulations, strict=True):
        item = model.synapses[rule.synapses]
        clock = storage.timebases[model.clock_of(item)]
        ring = storage.populations[item.source].ring
        state.fit_ring(ring, storage.synapses[rule.synapses].source_size, clock.step)
