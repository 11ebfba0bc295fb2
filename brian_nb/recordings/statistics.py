"""Statistics of a state variable over time, made in place by the time loop."""

import numpy as np

from brian_nb.kernels import allocate
from brian_nb.recordings.recording import Recording


class StateStatistics(Recording):
    """Mean and variance over time of one variable, without keeping its values.

    Parameters
    ----------
    width : int
        Number of neurons.

    Attributes
    ----------
    n_seen : int
        Values of each neuron so far.
    means, spreads : float64[width]
        Means, and sums of squared deviations from them.

    Source
    ------
    Welford 1962, Technometrics 4:419.
    """

    def __init__(self, width):
        super().__init__()
        self.n_seen = 0
        self.means = allocate(width)
        self.spreads = allocate(width)

    @property
    def mean(self):
        """Mean over time, float64[width]; nan where there is no value yet."""
        return self.means.copy() if self.n_seen else np.full_like(self.means, np.nan)

    @property
    def var(self):
        """Unbiased variance over time, float64[width]; nan where there are less than two values."""
        if self.n_seen < 2:
            return np.full_like(self.means, np.nan)
        return self.spreads / (self.n_seen - 1)

    def clear(self):
        """Begin again."""
        with self.held():
            self.n_seen = 0
            self.means[:] = 0
            self.spreads[:] = 0
