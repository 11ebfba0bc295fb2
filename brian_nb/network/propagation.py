"""Propagation in Python: for spikes sent by hand, and for connections that users derive."""

import numpy as np


class Propagating:
    """What a `Connection` does with spikes, as methods that a subclass may override.

    Normally compiled code does the same and these methods are not called. Where a class overrides
    one of them, the time loop is left at the turn of this connection and `do_propagate` is called:
    in every step if it is `do_propagate` that is overridden, else in the steps in which spikes of
    the source arrive.
    """

    def propagate(self, spikes):
        """Add the weights of the synapses of neurons to their targets, each after its delay.

        Parameters
        ----------
        spikes : int[n]
            Neurons of the source. A delay that all synapses have has passed already.
        """
        synapses = self.values
        pre = np.asarray(spikes, np.int64).ravel()
        begins, ends = synapses.rows[pre], synapses.rows[pre + 1]
        places = _join_ranges(begins, ends)
        targets = synapses.targets[places].astype(np.int64)
        amounts = synapses.gain * synapses.read_weights(places)
        if self.modulation:
            amounts = amounts * np.repeat(self.modulation.read_factors()[pre], ends - begins)
        owner = self.target.owner
        if synapses.delays is None:
            np.add.at(owner.values.variables[self.variable], targets, amounts)
            return
        synapses.fit_delays(owner.clock.timebase.dt, synapses.arrivals.n_threads)
        synapses.arrivals.add(targets, synapses.lags[places], amounts)

    def do_propagate(self):
        """Propagate the spikes that arrive in this step."""
        spikes = self.find_arriving()
        if len(spikes):
            self.propagate(spikes)

    def find_arriving(self):
        """Neurons of the source whose spikes arrive in this step, int[n], ascending."""
        owner, timebase = self.source.owner, self.source.owner.clock.timebase
        fired_at = owner.values.find_last_step(timebase) - timebase.steps_in(self.values.delay)
        neurons = owner.values.spikes_at(fired_at) - self.source.first
        return neurons[(neurons >= 0) & (neurons < self.source.size)]

    @property
    def _is_called(self):
        """Whether Python code propagates the spikes."""
        return self._overrides("propagate") or self._overrides("do_propagate")

    def _overrides(self, name):
        return getattr(getattr(self, name), "__func__", None) is not getattr(Propagating, name)


def _join_ranges(begins, ends):
    """All numbers of several ranges, one range after the other; int64[n]."""
    lengths = ends - begins
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if len(lengths) else lengths
    return np.repeat(begins - starts, lengths) + np.arange(lengths.sum())
