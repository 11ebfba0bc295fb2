"""A simulation written down step by step, with nothing clever: what propagation has to equal."""

import numpy as np


class BruteForce:
    """Sums of weights that arrive at targets.

    Parameters
    ----------
    n_target : int

    Attributes
    ----------
    v : float64[n_target]
    synapses : dict of (int, int) to [weight, steps]
        May be changed between steps.
    """

    def __init__(self, n_target, synapses=()):
        self.v = np.zeros(n_target)
        self.synapses = {pair: list(values) for pair, values in dict(synapses).items()}
        self._coming = {}
        self._step = 0

    def step(self, fired):
        """One step in which neurons fire."""
        for pre in sorted(fired):
            row = [(post, value) for (i, post), value in self.synapses.items() if i == pre]
            for post, (weight, steps) in sorted(row):
                row = self._coming.setdefault(self._step + steps, {})
                row[post] = row.get(post, 0.0) + weight
        for post, amount in self._coming.pop(self._step, {}).items():
            self.v[post] += amount
        self._step += 1


def steps_of(monitor, dt=1e-4):
    """Neurons that fired in each step, as a monitor has recorded them; dict of int to list."""
    steps = {}
    for neuron, time in monitor.spikes:
        steps.setdefault(round(time / dt), []).append(neuron)
    return steps
