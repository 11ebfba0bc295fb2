"""Random wiring for loops written by hand, which needs NumPy."""

import numpy as np


def draw_wiring(n_neurons, probability, random):
    """Connect each ordered pair with the same probability.

    Parameters
    ----------
    n_neurons : int
    probability : float
    random : numpy.random.Generator

    Returns
    -------
    row : int64[n_neurons + 1]
        Where the targets of each neuron begin.
    target : int32[n_synapses]
    """
    counts = random.binomial(n_neurons, probability, size=n_neurons)
    row = np.concatenate(([0], np.cumsum(counts)))
    rows = [np.sort(random.choice(n_neurons, size=k, replace=False)) for k in counts]
    return row, np.concatenate(rows).astype(np.int32)
