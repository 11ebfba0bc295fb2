"""Monitors that compare spikes with target trains."""

import numpy as np

from brian_nb.engine import CoincidenceAccumulator
from brian_nb.errors import ModelError
from brian_nb.model import CoincidenceProbe
from brian_nb.network.monitors.monitor import Monitor, read_seconds
from brian_nb.network.monitors.targets import read_shifts, read_targets
from brian_nb.recordings import CoincidenceCounts
from brian_nb.units import ALL_UNITS

_MS = ALL_UNITS["ms"]
_ALGORITHMS = ("exclusive", "inclusive")


class CoincidenceCounter(Monitor):
    """Counts how many spikes of a target train each neuron of a group meets.

    A neuron meets a target spike with a spike that is at most `delta` away; no target spike counts
    twice.

    Parameters
    ----------
    source : NeuronGroup or Subgroup
    data : list of (int, time), or array_like of float or Quantity, second
        Pairs of a neuron and the time of a target spike, in any order. Or the times of target
        trains one after the other, each ascending; without `spiketimes_offset`, all are one train,
        that of all neurons. Spikes that no run reaches, such as one at -1 s and one long after the
        end, do no harm.
    spiketimes_offset : int64[len(source)], optional
        Place in `data` of the first spike of each neuron's train. A train ends where another one
        begins, or where times do not ascend any more.
    spikedelays : Quantity or float64[len(source)], second, optional
        How much later than written each neuron's train is.
    coincidence_count_algorithm : {'exclusive', 'inclusive'}
        Whether a spike of a neuron meets one target spike at most, or all that are near. With
        'exclusive' as many are met as can be with each spike in one pair only.
    onset : Quantity or float, second, optional
        Earlier spikes of neurons are not counted; 0 if omitted.
    delta : Quantity or float, second

    Attributes
    ----------
    coincidences : int64[len(source)]
        Target spikes that were met.
    model_length : int64[len(source)]
        Spikes of each neuron since the onset.
    target_length : int64[len(source)]
        Target spikes that could be met since the onset: up to `delta` from the time that was
        counted.
    gamma : float64[len(source)]
        Gamma precision factor: 1 where all spikes coincide, 0 for what a Poisson process with the
        rate of the neuron reaches; nan where that would reach all, or where there are no spikes.

    Raises
    ------
    ModelError
        The targets do not fit the group, an algorithm has no such name, or the group never fires.
    DimensionMismatchError
        A quantity is no time.

    Source
    ------
    Jolivet et al. 2008, J. Neurosci. Methods 169:417 (gamma).
    """

    def __init__(
        self,
        source,
        data=None,
        spiketimes_offset=None,
        spikedelays=None,
        coincidence_count_algorithm="exclusive",
        onset=None,
        delta=4 * _MS,
    ):
        super().__init__(source)
        self._require_spikes()
        if coincidence_count_algorithm not in _ALGORITHMS:
            raise ModelError(
                f"there is no way to count coincidences that is named "
                f"{coincidence_count_algorithm!r}",
                hint="use 'exclusive' or 'inclusive'",
            )
        self._is_exclusive = coincidence_count_algorithm == "exclusive"
        self._delta = read_seconds(delta, f"delta of {self.describe()}")
        if not self._delta >= 0:
            raise ModelError(f"delta of {self.describe()} cannot be negative, as {delta!r} is")
        begin = 0.0 if onset is None else read_seconds(onset, f"the onset of {self.describe()}")
        trains = read_targets(data, spiketimes_offset, source.size)
        shifts = read_shifts(spikedelays, source.size)
        self.recording = CoincidenceCounts(*trains, shifts, self._delta, begin)

    def make_probe(self, population):
        """The probe and its accumulator, for a population at a position in the network."""
        counts = CoincidenceAccumulator(self.source.first, self.source.size, self.recording)
        return CoincidenceProbe(population, self._is_exclusive), counts

    @property
    def coincidences(self):
        return self.recording.n_met.copy()

    @property
    def model_length(self):
        return self.recording.n_spikes.copy()

    @property
    def target_length(self):
        return self.recording.count_targets()

    @property
    def gamma(self):
        n_spikes, n_targets = self.model_length, self.target_length
        with np.errstate(divide="ignore", invalid="ignore"):
            by_chance = 2 * self._delta * n_spikes / self.recording.duration
            surplus = self.coincidences - by_chance * n_targets
            gamma = 2 * surplus / (n_spikes + n_targets) / (1 - by_chance)
        return np.where(by_chance < 1, gamma, np.nan)

    def __repr__(self):
        return (
            f"<CoincidenceCounter of {self.source.describe()}: "
            f"{self.recording.n_met.sum()} coincidences>"
        )
