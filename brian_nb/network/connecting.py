"""Ways of connecting groups."""

import numpy as np

from brian_nb.engine import Rows
from brian_nb.errors import WiringError
from brian_nb.network.delays import check_delays, evaluate_delay
from brian_nb.network.randomness import draw_generator
from brian_nb.network.sparseness import draw_rows_by, read_sparseness
from brian_nb.network.weights import evaluate_weight
from brian_nb.network.wiring import (
    draw_fixed_rows,
    draw_rows,
    make_equal_rows,
    make_full_rows,
    rows_of_matrix,
    seeded,
)


class Connecting:
    """The methods of a `Connection` that make synapses.

    In all of them `P` and `Q` are parts of the source and the target, or None for the whole. A
    weight or a delay may be a quantity, a function of no arguments, called for each synapse, or a
    function of ``(i, j)``, called for each row with the number of the source in `P` and the array
    of the targets in `Q`. Delays may also be a pair (min, max), between which they are drawn
    uniformly, or a matrix; they need a connection that has heterogeneous delays. A pair that is
    connected already gets the new weight.
    """

    def connect(self, P=None, Q=None, W=None, delay=None):
        """Connect by a matrix of weights; zeros make no synapses.

        Parameters
        ----------
        P, Q : NeuronGroup or Subgroup, optional
        W : array_like or sparse matrix [len(P), len(Q)]
            Weights in SI units of the target variable.
        delay : Quantity, pair, function or matrix, optional

        Raises
        ------
        WiringError
            The shape does not fit, or a value cannot be.
        """
        source, target = self._parts(P, Q)
        shape = source.size, target.size
        if np.shape(W) != shape:
            raise WiringError(
                f"the weight matrix of {self.describe()} must have the shape "
                f"{shape}, one row for each source neuron, not {np.shape(W)}"
            )
        self._connect(source, target, rows_of_matrix(W), None, delay)

    def connect_full(self, P=None, Q=None, weight=1.0, delay=None):
        """Connect all pairs.

        Parameters
        ----------
        P, Q : NeuronGroup or Subgroup, optional
        weight : Quantity, number, function, or matrix
        delay : Quantity, pair, function or matrix, optional
        """
        if np.ndim(weight) == 2 or hasattr(weight, "tocsr"):
            self.connect(P, Q, weight, delay)
            return
        source, target = self._parts(P, Q)
        rows = make_full_rows(source.size, target.size)
        self._connect(source, target, rows, weight, delay)

    def connect_random(
        self,
        P=None,
        Q=None,
        p=None,
        weight=1.0,
        fixed=False,
        seed=None,
        sparseness=None,
        delay=None,
    ):
        """Connect pairs at random.

        Parameters
        ----------
        P, Q : NeuronGroup or Subgroup, optional
        p, sparseness : float or function
            The probability, by either name; 1 if omitted. A function of ``(i, j)`` gives that of
            each pair; it is called as one for weights, with all targets of `Q`.
        weight : Quantity, number or function
        fixed : bool
            Give every target the same number of sources, if the probability is a number.
        seed : int, optional
            Makes the choice, and what functions draw, repeatable on its own.
        delay : Quantity, pair, function or matrix, optional
        """
        probability = self._read_probability(p, sparseness)
        source, target = self._parts(P, Q)
        with seeded(seed):
            rows = self._draw(source.size, target.size, probability, fixed)
            self._connect(source, target, rows, weight, delay)

    def connect_one_to_one(self, P=None, Q=None, weight=1.0, delay=None):
        """Connect neuron `i` of the source to neuron `i` of the target.

        Parameters
        ----------
        P, Q : NeuronGroup or Subgroup, optional
            Of the same size.
        weight : Quantity, number or function
        delay : Quantity, pair, function or matrix, optional
        """
        source, target = self._parts(P, Q)
        if source.size != target.size:
            raise WiringError(
                f"{self.describe()} cannot be one to one: the source has {source.size} neurons, "
                f"the target {target.size}"
            )
        self._connect(source, target, make_equal_rows(source.size), weight, delay)

    def _connect_at_once(self, weight, sparseness, delay):
        """Connect by the arguments of the constructor."""
        if self._read_probability(sparseness, None) == 1:
            self.connect_full(weight=weight, delay=delay)
        else:
            self.connect_random(p=sparseness, weight=weight, delay=delay)

    def _connect(self, source, target, rows, weight, delay):
        """Add rows counted within two parts; without a weight, with the weights they have."""
        weights = rows.weights
        if weight is not None:
            weights = evaluate_weight(weight, rows, self._dimension, self._weight_name)
        self._require_finite(weights)
        shape = source.size, target.size
        delays = evaluate_delay(self._allow_delay(delay), rows, shape, self._delay_name)
        if delays is not None:
            check_delays(delays, self._longest_delay, self._delay_name)
        targets = rows.targets
        if target.first > self.target.first:
            targets = targets + np.uint32(target.first - self.target.first)
        first = source.first - self.source.first
        self._state.change(Rows(first, rows.starts, targets, weights, delays))

    def _draw(self, n_source, n_target, probability, fixed):
        """Random rows, counted within two parts."""
        if not callable(probability):
            draw = draw_fixed_rows if fixed else draw_rows
            return draw(n_source, n_target, probability, draw_generator())
        if fixed:
            raise WiringError(
                f"{self._sparseness_name} must be one number for all pairs where every target gets"
                " the same number of sources",
                hint="leave fixed=True out, or give a number",
            )
        parts = n_source, n_target, self._sparseness_name, draw_generator()
        return draw_rows_by(probability, *parts)

    def _read_probability(self, p, sparseness):
        probability = sparseness if p is None else p
        probability = 1.0 if probability is None else probability
        return read_sparseness(probability, self._sparseness_name)

    @property
    def _sparseness_name(self):
        return f"the sparseness of {self.describe()}"

    def _parts(self, source, target):
        return (
            self._part(source, self.source, "source"),
            self._part(target, self.target, "target"),
        )

    def _part(self, part, whole, role):
        """A part of a group, or the whole if it is None."""
        if part is None:
            return whole
        first = part.first - whole.first
        if part.owner is not whole.owner or first < 0 or first + part.size > whole.size:
            raise WiringError(
                f"{part.describe()} is no part of {whole.describe()}, "
                f"the {role} of {self.describe()}"
            )
        return part

    def _require_finite(self, weights):
        ends = [np.min(weights), np.max(weights)] if np.size(weights) else []
        if not np.all(np.isfinite(self._state.round_weights(ends))):
            kind = self._state.weight_dtype
            raise WiringError(f"{self._weight_name} must be a finite number of the kind {kind}")

    def _allow_delay(self, delay):
        if delay is not None and self._state.delays is None:
            raise WiringError(
                f"{self.describe()} has one delay for all synapses",
                hint="make it with delay=True to give each synapse its own",
            )
        return delay
