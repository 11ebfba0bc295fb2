"""Monitors of population rates."""

import numpy as np

from brian_nb.engine import RateBuffer
from brian_nb.errors import ModelError
from brian_nb.model import RateProbe
from brian_nb.network.monitors.monitor import Monitor, plain
from brian_nb.network.quantities import to_si
from brian_nb.recordings import RateRecording
from brian_nb.units import ALL_UNITS, get_dimension

_SECOND = ALL_UNITS["second"]
_TIME = get_dimension(_SECOND)


class PopulationRateMonitor(Monitor):
    """Records the firing rate of a group: spikes per neuron and second in each bin.

    Parameters
    ----------
    source : NeuronGroup or Subgroup
    bin : Quantity, second, optional
        Width of a bin; one time step if omitted.

    Attributes
    ----------
    bin : Quantity, second
        Width of a bin.
    times : float64[n_bins], second
        Starts of the bins.
    rate : float64[n_bins], hertz
        The bin that is being filled is there already, at its rate so far.

    Raises
    ------
    ModelError
        The bin is not positive, or the group never fires.
    DimensionMismatchError
        The bin is no time.
    """

    def __init__(self, source, bin=None):  # noqa: A002 - the manual's name
        super().__init__(source)
        self._require_spikes()
        self.recording = RateRecording()
        self._bin = None if bin is None else float(to_si(bin, _TIME, "the bin of a rate monitor"))
        if self._bin is not None and not self._bin > 0:
            raise ModelError(f"the bin of a rate monitor must be positive, not {bin!r}")

    def make_probe(self, population):
        """The probe and its buffer, for a population at a position in the network."""
        buffer = RateBuffer(self.source.first, self.source.size, self.recording)
        return RateProbe(population), buffer

    @property
    def bin(self):
        return (self._bin or self.clock.timebase.dt) * _SECOND

    @property
    def times(self):
        return self.recording.binned(self._bin)[0]

    @property
    def rate(self):
        _, counts, durations = self.recording.binned(self._bin)
        return counts / (durations * self.source.size)

    times_ = plain("times")
    rate_ = plain("rate")

    def smooth_rate(self, width=1 * ALL_UNITS["ms"], filter="gaussian"):  # noqa: A002
        """The rate smoothed over time; it is taken to be zero outside the recorded time.

        Parameters
        ----------
        width : Quantity, second
            Standard deviation of the Gaussian, or width of the flat window.
        filter : {'gaussian', 'flat'}

        Returns
        -------
        float64[n_bins], hertz

        Raises
        ------
        DimensionMismatchError
            The width is no time.
        ModelError
            The width is not positive, or there is no such filter.
        """
        seconds = float(to_si(width, _TIME, "the width of the filter"))
        if not seconds > 0:
            raise ModelError(f"the width of the filter must be positive, not {width!r}")
        weights = _filter_weights(filter, seconds / float(self.bin))
        begin = (len(weights) - 1) // 2
        rate = self.rate
        if not len(rate):
            return rate
        return np.convolve(rate, weights)[begin : begin + len(rate)]

    def __repr__(self):
        return f"<PopulationRateMonitor of {self.source.describe()}>"


def _filter_weights(kind, width):
    """Weights of a smoothing window that is `width` bins wide; they add up to one."""
    if kind == "gaussian":
        reach = np.arange(-int(4 * width) - 1, int(4 * width) + 2)
        weights = np.exp(-0.5 * (reach / width) ** 2)
    elif kind == "flat":
        weights = np.ones(max(1, round(width)))
    else:
        raise ModelError(f"there is no filter {kind!r}", hint="use 'gaussian' or 'flat'")
    return weights / weights.sum()
