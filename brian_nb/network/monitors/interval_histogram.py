"""Monitors of the intervals between spikes."""

import numpy as np

from brian_nb.engine import IntervalAccumulator
from brian_nb.errors import ModelError
from brian_nb.model import IntervalProbe
from brian_nb.network.monitors.monitor import Monitor, read_delay
from brian_nb.network.quantities import to_si
from brian_nb.recordings import IntervalHistogram
from brian_nb.units import ALL_UNITS, get_dimension

_TIME = get_dimension(ALL_UNITS["second"])


class ISIHistogramMonitor(Monitor):
    """Counts the intervals between two spikes of each neuron of a group, in bins.

    Parameters
    ----------
    source : NeuronGroup or Subgroup
    bins : array_like of Quantity or float[n_bins], second
        Where each bin begins, ascending; the last one has no end. Shorter intervals than the first
        are not counted.
    delay : Quantity, second
        Spikes are looked at so much later; intervals stay the same.

    Attributes
    ----------
    bins : float64[n_bins], second
    count : int64[n_bins]
        Intervals of all neurons in each bin.

    Raises
    ------
    ModelError
        The bins are not ascending, or the group never fires.
    DimensionMismatchError
        The bins or the delay are no times.
    """

    def __init__(self, source, bins, delay=0):
        super().__init__(source)
        self._require_spikes()
        self._delay = read_delay(delay, f"the delay of {self.describe()}")
        self.bins = _read_bins(bins, f"the bins of {self.describe()}")
        self.recording = IntervalHistogram(source.size, self.bins)

    def make_probe(self, population):
        """The probe and its accumulator, for a population at a position in the network."""
        where = self.source.first, self.source.size
        return IntervalProbe(population), IntervalAccumulator(*where, self.recording, self._delay)

    @property
    def count(self):
        return self.recording.n_intervals.copy()

    def __repr__(self):
        return (
            f"<ISIHistogramMonitor of {self.source.describe()}: "
            f"{self.recording.n_intervals.sum()} intervals in {len(self.bins)} bins>"
        )


def _read_bins(bins, what):
    for item in bins if isinstance(bins, (list, tuple)) else ():
        if get_dimension(item) != _TIME and item != 0:
            to_si(item, _TIME, what)
    edges = np.array(to_si(np.asarray(bins, float), _TIME, what))
    if edges.ndim != 1 or not len(edges) or np.any(np.diff(edges) <= 0):
        raise ModelError(
            f"{what} must be times in ascending order, not {bins!r}",
            hint="give where each bin begins, such as bins=[0*ms, 10*ms, 20*ms]",
        )
    return edges
