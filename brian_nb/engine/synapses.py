"""The state of synapses: compressed rows that outlive any run, and may change between steps."""

from threading import RLock

import numpy as np

from brian_nb.engine.aligned import copy_aligned, take_aligned
from brian_nb.engine.arrivals import Arrivals
from brian_nb.engine.revision import Counted, note_change
from brian_nb.engine.row_blocks import apply_changes
from brian_nb.engine.rows import Pairs, Rows
from brian_nb.engine.synapse_table import SynapseTable
from brian_nb.kernels import allocate


class SynapseState(SynapseTable):
    """Values of one set of synapses.

    The arrays of rows and targets are never changed in place: other synapses make other arrays, and
    another `version`.

    Parameters
    ----------
    rows : int64[source_size + 1]
        Where the synapses of each source neuron begin.
    targets : uint32[n_synapses]
        Target neurons as numbers within the whole target population, ascending in each row.
    weights : float[n_synapses] or None
        In SI units of the target variable; None where one weight serves all.
    scale : float
        The one weight, or what all weights are multiplied by.
    delay : float, second
        That of all synapses, where they have none of their own.
    source_first : int
        First neuron of the source within its whole population.
    target_first, target_size : int
        Range of the targets within their whole population.
    delays : float64[n_synapses] or None, second
        The delay of each synapse, where each has its own.
    is_dense : bool
        Whether every source has a synapse onto every target.
    weight_dtype : dtype
        Of weights, float64 or float32. One weight that serves all is rounded likewise, so that it
        stays what it is when synapses get weights of their own.

    Attributes
    ----------
    shared_weight : float
        The one weight where `weights` is None.
    gain : float
        What all weights are multiplied by.
    version : int
        Changes with every array that is replaced, and with every change of delays.
    arrivals : Arrivals or None
        What is on its way, where synapses have delays of their own.
    lags : uint32[n_synapses] or None
        These delays in steps of the clock of the target, once they have been fitted.
    lock : RLock
        Held by whoever replaces arrays; compiled code may go on with the old ones meanwhile.
    """

    remade = {"lock": RLock, "_columns": lambda: None}
    delay = Counted()

    def __init__(
        self,
        rows,
        targets,
        weights,
        scale=1.0,
        delay=0.0,
        source_first=0,
        target_first=0,
        target_size=None,
        delays=None,
        is_dense=False,
        weight_dtype=np.float64,
    ):
        self.weight_dtype = np.dtype(weight_dtype)
        self.rows = copy_aligned(rows, np.int64)
        self._targets = None if is_dense else copy_aligned(targets, np.uint32)
        self.weights = None if weights is None else copy_aligned(weights, weight_dtype)
        self.delays = None if delays is None else copy_aligned(delays, np.float64)
        self.shared_weight, self.gain = (
            (self.round_weights(scale), 1.0) if weights is None else (0.0, scale)
        )
        self.scale = allocate(1, np.float64)
        self.delay = delay
        self.source_first, self.source_size = source_first, len(rows) - 1
        if target_size is None:
            target_size = int(np.max(targets, initial=-1)) + 1 - target_first
        self.target_first, self.target_size = target_first, target_size
        self.is_dense = is_dense
        self.arrivals = None if delays is None else Arrivals(target_first, target_size)
        self.lags = self._fitted_for = self._columns = None
        self.version = 0
        self.lock = RLock()
        self._changes = []
        self._write_scale()

    @classmethod
    def make_empty(cls, source, target, is_dense=False, has_delays=False, weight_dtype=np.float64):
        """No synapses between two ranges (first, size); if dense, all, of weight zero."""
        (source_first, n_source), (target_first, n_target) = source, target
        n_synapses = n_source * n_target if is_dense else 0
        return cls(
            np.arange(n_source + 1) * (n_target if is_dense else 0),
            (),
            np.zeros(n_synapses) if is_dense else None,
            1.0 if is_dense else 0.0,
            source_first=source_first,
            target_first=target_first,
            target_size=n_target,
            delays=np.zeros(n_synapses) if has_delays else None,
            is_dense=is_dense,
            weight_dtype=weight_dtype,
        )

    # -- for compiled code -----------------------------------------------------------------

    @property
    def differ(self):
        """1 where weights differ, else 0."""
        return int(self.weights is not None)

    @property
    def weight_table(self):
        """Weights, or one element that is not read where one weight serves all."""
        return allocate(1, self.weight_dtype) if self.weights is None else self.weights

    def fit_delays(self, dt, n_threads):
        """Turn delays into steps of length `dt`, and make room for what is on its way."""
        if self._fitted_for != (self.version, dt):
            lags = np.rint(self.delays[: self.n_synapses] / dt)
            self.lags = copy_aligned(lags, np.uint32)
            self._fitted_for = self.version, dt
        self.arrivals.fit(int(self.lags.max(initial=0)), dt, n_threads)

    # -- changes ---------------------------------------------------------------------------

    def share_weight(self, weight):
        """Let one weight serve all synapses."""
        self.shared_weight = self.round_weights(weight)
        self._write_scale()

    def set_gain(self, gain):
        """Choose what all weights are multiplied by."""
        self.gain = gain
        self._write_scale()

    def separate_weights(self):
        """Give each synapse a weight of its own that can be changed, and hand out the array."""
        with self.lock:
            self.settle()
            if self.weights is None:
                self.weights = copy_aligned(self.read_weights(), self.weight_dtype)
                self._note_arrays()
                self._write_scale()
            return self.weights[: self.n_synapses]

    def set_weights(self, places, weights):
        """Write the weights of synapses that there are."""
        if self.weights is None and np.all(self.round_weights(weights) == self.shared_weight):
            return
        self.separate_weights()[places] = weights

    def set_delays(self, places, delays):
        """Write the delays of synapses that there are; spikes on their way keep theirs."""
        self.delays[: self.n_synapses][places] = delays
        self._note_arrays()

    def change(self, change):
        """Take a change note of: it acts when the synapses are needed next.

        Parameters
        ----------
        change : Rows or Pairs
            Counted within the ranges of sources and targets.
        """
        if self.is_dense:
            self._write_dense(change)
        else:
            self._changes.append(change)
        note_change()

    @property
    def is_settled(self):
        """Whether no change waits."""
        return not self._changes

    def settle(self):
        """Bring all changes into the rows."""
        if not self._changes:
            return
        with self.lock:
            changes = list(self._changes)  # another thread may add to them
            if changes:
                self._take(apply_changes(self.as_rows(), changes, self.target_size))
                del self._changes[: len(changes)]

    def _take(self, rows):
        self.rows = copy_aligned(rows.starts, np.int64)
        self._targets = take_aligned(rows.targets, np.uint32)
        if self.target_first:
            self._targets[: len(rows.targets)] += np.uint32(self.target_first)
        if np.ndim(rows.weights):
            self.weights = take_aligned(rows.weights, self.weight_dtype)
        else:
            self.weights, self.shared_weight = None, self.round_weights(rows.weights)
        if self.delays is not None:
            self.delays = take_aligned(rows.delays, np.float64)
        self._note_arrays()
        self._write_scale()

    def _write_dense(self, change):
        places = self._find_dense(change)
        if isinstance(change, Pairs) and change.removed:
            self.weights[places] = 0.0
        elif change.weights is not None:
            self.weights[places] = change.weights
        if change.delays is not None and self.delays is not None:
            self.set_delays(places, change.delays)

    def _find_dense(self, change):
        """Where the pairs of a change stand; a slice for whole rows."""
        size = self.target_size
        if isinstance(change, Rows) and len(change.targets) == change.n_rows * size:
            return slice(change.first * size, (change.first + change.n_rows) * size)
        pairs = change.to_pairs() if isinstance(change, Rows) else change
        return self.find(pairs.pre, pairs.post)

    def _write_scale(self):
        self.scale[0] = self.gain * (self.shared_weight if self.weights is None else 1.0)

    def _note_arrays(self):
        self.version += 1
        note_change()

    # -- whole states ----------------------------------------------------------------------

    def forget_spikes(self):
        """Drop what is on its way."""
        if self.arrivals:
            self.arrivals.forget()

    def take_snapshot(self):
        """All that a step reads, copied; rows and targets are kept as they are."""
        self.settle()
        return {
            "rows": self.rows,
            "targets": self._targets,
            "weights": None if self.weights is None else self.weights.copy(),
            "delays": None if self.delays is None else self.delays.copy(),
            "shared_weight": self.shared_weight,
            "gain": self.gain,
            "delay": self.delay,
            "arrivals": self.arrivals and self.arrivals.take_snapshot(),
        }

    def put_back(self, snapshot):
        """Return to a snapshot; arrays that fit are written to, so that views of them stay."""
        with self.lock:
            self._changes.clear()
            self._put_back(snapshot)
            self._note_arrays()
            self._write_scale()

    def _put_back(self, snapshot):
        fits = self.rows is snapshot["rows"]
        self.rows, self._targets = snapshot["rows"], snapshot["targets"]
        for name in ("weights", "delays"):
            saved, present = snapshot[name], getattr(self, name)
            if fits and saved is not None and present is not None:
                present[:] = saved
            else:
                setattr(self, name, None if saved is None else copy_aligned(saved, saved.dtype))
        self.shared_weight, self.gain = snapshot["shared_weight"], snapshot["gain"]
        self.delay = snapshot["delay"]
        if self.arrivals:
            self.arrivals.put_back(snapshot["arrivals"])
