"""Connections: spikes of one group add to a variable of another."""

import numpy as np

from brian_nb.engine import SynapseState, note_change
from brian_nb.errors import UnknownNameError, WiringError
from brian_nb.model import Synapses
from brian_nb.network.base import NetworkObject
from brian_nb.network.modulation import StateModulation
from brian_nb.network.quantities import to_si
from brian_nb.network.randomness import draw_generator
from brian_nb.network.rules import find_variable
from brian_nb.network.weights import evaluate_weight
from brian_nb.network.wiring import Wiring, draw_fixed_pairs, draw_pairs
from brian_nb.units import ALL_UNITS, Quantity, get_dimension

_SECOND = ALL_UNITS["second"]
_TIME = get_dimension(_SECOND)


class Connection(NetworkObject):
    """Synapses from one group to another.

    A spike of neuron `i` of the source adds the weight of each synapse ``(i, j)`` to the variable
    `state` of neuron `j` of the target, `delay` later.

    Parameters
    ----------
    source, target : NeuronGroup or Subgroup
    state : str or int
        Variable of the target, by its name or number; the membrane variable by default.
    delay : Quantity, second
    modulation : str or int, optional
        Variable of the source by which weights are multiplied: a spike takes along the value that
        it has when spikes are delivered, in the step in which the spike is fired.
    weight : Quantity, number, array or function, optional
        Connects at once: all pairs, or random ones where `sparseness` is given.
    sparseness : float, optional
        Probability of a synapse.
    structure, max_delay
        Accepted for old scripts: synapses are stored in compressed rows.

    Raises
    ------
    UnknownNameError
        The target has no such variable.
    WiringError
        A weight, a delay or a shape does not fit.
    DimensionMismatchError
        A weight or delay has the wrong unit.
    """

    def __init__(
        self,
        source,
        target,
        state=0,
        delay=0 * _SECOND,
        modulation=None,
        weight=None,
        sparseness=None,
        structure="sparse",
        max_delay=None,
    ):
        super().__init__()
        self.source, self.target = source, target
        self.variable = self._find_variable(state)
        self._wiring = Wiring(source.size, target.size)
        self._values = None
        self._gain = 1.0
        self._is_plastic = False
        self._require_spikes()
        self.delay = delay
        if modulation is not None:
            self.contained_objects = [StateModulation(self, modulation)]
        if weight is not None:
            self._connect_at_once(weight, sparseness)

    def list_needed(self):
        return [*super().list_needed(), self.source.owner, self.target.owner]

    # -- wiring ----------------------------------------------------------------------------

    def connect(self, source=None, target=None, W=None):  # noqa: N803 - the manual's name
        """Connect by a matrix of weights; zeros make no synapses.

        Parameters
        ----------
        source, target : NeuronGroup or Subgroup, optional
            Parts of the two groups; the whole groups if omitted.
        W : array_like or sparse matrix [len(source), len(target)]
            Weights in SI units of the target variable.
        """
        (first, n_source), (first_target, n_target) = self._parts(source, target)
        if np.shape(W) != (n_source, n_target):
            raise WiringError(
                f"the weight matrix of {self.describe()} must have the shape "
                f"({n_source}, {n_target}), one row for each source neuron, not {np.shape(W)}"
            )
        if hasattr(W, "tocoo"):
            matrix = W.tocoo()
            pre, post, weights = matrix.row, matrix.col, matrix.data
        else:
            dense = np.asarray(W, np.float64)
            pre, post = np.nonzero(dense)
            weights = dense[pre, post]
        self._require_finite(weights)
        self._add(pre + first, post + first_target, np.asarray(weights, np.float64))

    def connect_full(self, source=None, target=None, weight=1.0):
        """Connect all pairs.

        Parameters
        ----------
        source, target : NeuronGroup or Subgroup, optional
        weight : Quantity, number, or function of none or of ``(i, j)``
        """
        (first, n_source), (first_target, n_target) = self._parts(source, target)
        pre = np.repeat(np.arange(n_source), n_target)
        post = np.tile(np.arange(n_target), n_source)
        self._add_weighted(pre, post, weight, first, first_target)

    def connect_random(
        self, source=None, target=None, sparseness=1.0, weight=1.0, fixed=False, seed=None, p=None
    ):
        """Connect each pair with the same probability.

        Parameters
        ----------
        source, target : NeuronGroup or Subgroup, optional
        sparseness, p : float
            The probability.
        weight : Quantity, number, or function of none or of ``(i, j)``
        fixed : bool
            Give every target the same number of sources.
        seed : int, optional
            Makes the choice repeatable on its own.
        """
        sparseness = sparseness if p is None else p
        if not 0 <= sparseness <= 1:
            raise WiringError(
                f"the sparseness of {self.describe()} is a probability between 0 and 1, "
                f"not {sparseness!r}"
            )
        (first, n_source), (first_target, n_target) = self._parts(source, target)
        draw = draw_fixed_pairs if fixed else draw_pairs
        pre, post = draw(n_source, n_target, float(sparseness), draw_generator(seed))
        self._add_weighted(pre, post, weight, first, first_target)

    def connect_one_to_one(self, source=None, target=None, weight=1.0):
        """Connect neuron `i` of the source to neuron `i` of the target.

        Parameters
        ----------
        source, target : NeuronGroup or Subgroup, optional
            Of the same size.
        weight : Quantity, number, or function of none or of ``(i, j)``
        """
        (first, n_source), (first_target, n_target) = self._parts(source, target)
        if n_source != n_target:
            raise WiringError(
                f"{self.describe()} cannot be one to one: the source has {n_source} neurons, "
                f"the target {n_target}"
            )
        own = np.arange(n_source)
        self._add_weighted(own, own, weight, first, first_target)

    def __setitem__(self, pair, weight):
        pre, post = self._pair(pair)
        dimension, what = self._dimension, self._weight_name
        value = to_si(weight, dimension, what)
        pre, post = np.broadcast_arrays(pre, post)
        self._add(pre.ravel(), post.ravel(), np.broadcast_to(value, pre.shape).ravel())

    def __getitem__(self, pair):
        """Weight of a synapse, or of arrays of them; zero where there is none."""
        pre, post = np.broadcast_arrays(*self._pair(pair))
        values = self.values
        found = np.zeros(pre.shape)
        for place in np.ndindex(pre.shape):
            begin, end = values.rows[pre[place]], values.rows[pre[place] + 1]
            (k,) = np.nonzero(values.targets[begin:end] == post[place] + self.target.first)
            if len(k):
                found[place] = self._weights_at(begin + k[0])
        return Quantity(float(found), self._dimension) if found.ndim == 0 else found

    # -- properties ------------------------------------------------------------------------

    @property
    def delay(self):
        """Time between a spike and its arrival, second."""
        return self._delay * _SECOND

    @delay.setter
    def delay(self, delay):
        value = float(to_si(delay, _TIME, f"the delay of {self.describe()}"))
        if not value >= 0:
            raise WiringError(
                f"the delay of {self.describe()} cannot be negative, as {delay!r} is",
                hint="spikes arrive after they were fired; use delay=0*ms or longer",
            )
        self._delay = value
        if self._values:
            self._values.delay = value

    @property
    def weight(self):
        """The weight that all synapses share, or None where they differ."""
        values = self.values
        return None if values.weights is not None else Quantity(values.scale[0], self._dimension)

    @weight.setter
    def weight(self, weight):
        value = float(to_si(weight, self._dimension, self._weight_name))
        if self.values.weights is not None:
            raise WiringError(
                f"the synapses of {self.describe()} have different weights",
                hint="scale them all with `weight_scale`, or set single ones with C[i, j] = ...",
            )
        self._wiring.set_all(value)
        self._gain = 1.0
        self.values.scale[0] = value

    @property
    def weight_scale(self):
        """What all weights are multiplied by; 1 unless set."""
        return self._gain

    @weight_scale.setter
    def weight_scale(self, scale):
        scale = float(scale)
        values = self.values
        base = 1.0 if values.weights is not None else self._base_weight()
        self._gain = scale
        values.scale[0] = base * scale

    @property
    def n_synapses(self):
        """Number of synapses."""
        return int(self.values.rows[-1])

    @property
    def values(self):
        """The synapses in compressed rows, a `SynapseState`."""
        if self._values is None:
            self._values = self._compress()
        return self._values

    @property
    def weight_dimension(self):
        """Dimension of the weights: that of the variable that spikes add to."""
        return self._dimension

    def make_plastic(self):
        """Give each synapse a weight of its own, as something is to change them in runs."""
        if not self._is_plastic:
            self._is_plastic = True
            self._values = None
            note_change()

    def describe(self):
        """How messages name this object."""
        if self.label:
            return f"`{self.label}`"
        return f"the connection to {self.variable}"

    def describe_model(self, source, target):
        """The connection as `Synapses` between populations at given positions."""
        homogeneous = self.values.weights is None
        return Synapses(self.label or "connection", source, target, self.variable, homogeneous)

    def __repr__(self):
        return (
            f"<Connection: {self.source.describe()} -> {self.target.describe()}, {self.variable}>"
        )

    # -- details ---------------------------------------------------------------------------

    @property
    def _dimension(self):
        return self.target.owner.system.dimension_of(self.variable)

    @property
    def _weight_name(self):
        return f"the weight of {self.describe()} onto {self.variable}"

    def _find_variable(self, state):
        system = self.target.owner.system
        name = find_variable(system, state)
        if name is None:
            raise UnknownNameError(
                f"{self.target.describe()} has no variable {state!r} for spikes to act on",
                hint=f"its variables are {', '.join(system.variables) or 'none'}",
            )
        return name

    def _require_spikes(self):
        if not self.source.owner.describe_model().fires:
            raise WiringError(
                f"{self.source.describe()} never fires, so it cannot be the source of a connection",
                hint="give the group a threshold",
            )

    def _connect_at_once(self, weight, sparseness):
        if sparseness is not None and sparseness < 1:
            self.connect_random(sparseness=sparseness, weight=weight)
        elif np.ndim(weight) == 2 or hasattr(weight, "tocoo"):
            self.connect(W=weight)
        elif sparseness is not None and not 0 <= sparseness <= 1:
            self.connect_random(sparseness=sparseness, weight=weight)
        else:
            self.connect_full(weight=weight)

    def _parts(self, source, target):
        return (
            self._part(source, self.source, "source"),
            self._part(target, self.target, "target"),
        )

    def _part(self, part, whole, role):
        """First neuron and size of a part of a group, counted within the group."""
        if part is None:
            return 0, whole.size
        first = part.first - whole.first
        if part.owner is not whole.owner or first < 0 or first + part.size > whole.size:
            raise WiringError(
                f"{part.describe()} is no part of {whole.describe()}, "
                f"the {role} of {self.describe()}"
            )
        return first, part.size

    def _pair(self, pair):
        try:
            pre, post = pair
        except (TypeError, ValueError):
            raise WiringError(f"{self.describe()} takes two indices, as in C[i, j]") from None
        return (
            _numbers(pre, self.source.size, self, "source"),
            _numbers(post, self.target.size, self, "target"),
        )

    def _add_weighted(self, pre, post, weight, first, first_target):
        values = evaluate_weight(weight, pre, post, self._dimension, self._weight_name)
        self._require_finite(values)
        self._add(pre + first, post + first_target, values)

    def _require_finite(self, weights):
        if not np.all(np.isfinite(weights)):
            raise WiringError(f"{self._weight_name} must be a finite number")

    def _add(self, pre, post, weights):
        self._keep_learned_weights()
        self._wiring.add(pre, post, weights)
        self._values = None
        note_change()

    def _keep_learned_weights(self):
        """Let the wiring know what runs have made of the weights."""
        if self._is_plastic and self._values:
            self._wiring.set_weights(self._values.weights)

    def _compress(self):
        rows, targets, weights = self._wiring.compress()
        if self._is_plastic:
            weights = np.broadcast_to(weights, targets.shape)
        differ = np.ndim(weights) > 0
        return SynapseState(
            rows,
            targets + self.target.first,
            weights if differ else None,
            self._gain if differ else weights * self._gain,
            self._delay,
            self.source.first,
        )

    def _base_weight(self):
        return self._wiring.compress()[2]

    def _weights_at(self, place):
        values = self.values
        return values.scale[0] * (1.0 if values.weights is None else values.weights[place])


def _numbers(index, size, connection, role):
    """Numbers of neurons, int64[...], from an index, a list or a slice."""
    numbers = np.arange(size)
    try:
        return numbers[index]
    except IndexError:
        raise WiringError(
            f"{connection.describe()} has no {role} neuron {index!r}",
            hint=f"{role} neurons are numbered 0 to {size - 1}",
        ) from None
