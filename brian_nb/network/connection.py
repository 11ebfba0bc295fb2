"""Connections: spikes of one group add to a variable of another."""

from copy import deepcopy

import numpy as np

from brian_nb.engine import Pairs, SynapseState
from brian_nb.errors import UnknownNameError, WiringError
from brian_nb.model import Synapses
from brian_nb.network.base import NetworkObject
from brian_nb.network.connecting import Connecting
from brian_nb.network.delay_matrix import DelayMatrix
from brian_nb.network.delays import TIME, check_delays, differ_by_form, evaluate_delay
from brian_nb.network.firing import find_variable
from brian_nb.network.matrices import (
    DenseConnectionMatrix,
    DynamicConnectionMatrix,
    SparseConnectionMatrix,
)
from brian_nb.network.matrices.base import resolve_pair
from brian_nb.network.modulation import StateModulation
from brian_nb.network.propagation import Propagating
from brian_nb.network.quantities import to_si
from brian_nb.units import ALL_UNITS, Quantity

_SECOND = ALL_UNITS["second"]
_STRUCTURES = ("sparse", "dense", "dynamic")


class Connection(Connecting, Propagating, NetworkObject):
    """Synapses from one group to another.

    A spike of neuron `i` of the source adds the weight of each synapse ``(i, j)`` to the variable
    `state` of neuron `j` of the target, after the delay.

    Parameters
    ----------
    source, target : NeuronGroup or Subgroup
    state : str or int
        Variable of the target, by its name or number; the membrane variable by default.
    delay : Quantity, True, pair, function or matrix
        A time is the delay of all synapses. Anything else makes a `DelayConnection`, in which each
        synapse has its own; its values are used if `weight` is given, too.
    modulation : str or int, optional
        Variable of the source by which weights are multiplied: a spike takes along the value that
        it has when spikes are delivered, in the step in which the spike is fired.
    weight : Quantity, number, array or function, optional
        Connects at once: all pairs, or random ones where `sparseness` is given.
    sparseness : float, optional
        Probability of a synapse.
    structure : {'sparse', 'dense', 'dynamic'}
        How the synapses are kept. In a dense structure there is one for each pair, of weight zero
        unless set; from a dynamic one synapses can be taken away through `W`.
    max_delay : Quantity, second, optional
        Delays of single synapses may not be longer; without it there is no limit.
    column_access, nnzmax, dynamic_array_const
        See `SparseConnectionMatrix` and `DynamicConnectionMatrix`.

    Attributes
    ----------
    W : ConnectionMatrix
        The weights, in SI units and without `weight_scale`: what is written to it acts on the
        running network.
    modulation : StateModulation or None

    Raises
    ------
    UnknownNameError
        The target has no such variable.
    WiringError
        A weight, a delay or a shape does not fit.
    DimensionMismatchError
        A weight or delay has the wrong unit.
    """

    _delays_differ = False

    def __new__(cls, source=None, target=None, state=0, delay=0 * _SECOND, *args, **keywords):
        is_plain = cls is Connection and differ_by_form(delay)
        return super().__new__(DelayConnection if is_plain else cls)

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
        column_access=True,
        nnzmax=None,
        dynamic_array_const=2,
    ):
        super().__init__()
        self.source, self.target = source, target
        self.variable = self._find_variable(state)
        self._require_spikes()
        self.structure = _check_structure(structure)
        self._keywords = {
            "sparse": {"column_access": column_access},
            "dense": {},
            "dynamic": {"_nnzmax": nnzmax, "dynamic_array_const": dynamic_array_const},
        }[structure]
        differ = self._delays_differ or differ_by_form(delay)
        self._state = SynapseState.make_empty(
            (source.first, source.size),
            (target.first, target.size),
            is_dense=structure == "dense",
            has_delays=differ,
        )
        self._longest_delay = None
        if max_delay is not None:
            self._longest_delay = float(to_si(max_delay, TIME, "max_delay"))
        if not differ:
            self.delay = delay * _SECOND if isinstance(delay, (bool, np.bool_)) else delay
        self.modulation = None
        if modulation is not None:
            self._modulate(modulation)
        if weight is not None:
            self._connect_at_once(weight, sparseness, delay if differ else None)

    def list_needed(self):
        return [*super().list_needed(), self.source.owner, self.target.owner]

    def list_calls(self):
        if not self._is_called:
            return []
        return [("connections", self.source.owner.clock, self.do_propagate)]

    def reinit(self):
        """Forget spikes on their way; synapses stay."""
        self._state.forget_spikes()

    def compress(self):
        """Bring all synapses into rows at once, rather than when they are first needed."""
        self._state.settle()

    # -- weights ---------------------------------------------------------------------------

    @property
    def W(self):
        state = self.values
        if self.structure == "dense":
            return DenseConnectionMatrix.view_state(state)
        kind = DynamicConnectionMatrix if self.structure == "dynamic" else SparseConnectionMatrix
        return kind.view_state(state, **self._keywords)

    def __getitem__(self, pair):
        """Weights in SI units; of one pair, with its unit. Zero where there is no synapse."""
        pre, post = self._resolve(pair)
        found = SparseConnectionMatrix.view_state(self.values).get_elements(pre, post)
        return Quantity(float(found), self._dimension) if pre.ndim == 0 else found

    def __setitem__(self, pair, weight):
        """Set weights, and make synapses where there are none."""
        pre, post = self._resolve(pair)
        if hasattr(weight, "todense"):
            weight = weight.todense()
        values = to_si(weight, self._dimension, self._weight_name)
        self._require_finite(values)
        if values.ndim:
            values = _fit_to(values, pre.shape, self._weight_name)
        pre, post = pre.ravel(), post.ravel()
        if self._state.is_settled and not self._state.is_dense and len(pre):
            places = self._state.find(pre, post)
            if np.all(places >= 0):
                self._state.set_weights(places, values)
                return
        self._state.change(Pairs(pre, post, values))

    @property
    def weight(self):
        """The weight that all synapses share, or None where they may differ."""
        values = self.values
        return None if values.differ else Quantity(values.shared_weight, self._dimension)

    @weight.setter
    def weight(self, weight):
        value = float(to_si(weight, self._dimension, self._weight_name))
        self._require_finite(value)
        if self.values.differ:
            raise WiringError(
                f"the synapses of {self.describe()} have different weights",
                hint="scale them all with `weight_scale`, or set single ones with C[i, j] = ...",
            )
        self._state.share_weight(value)

    @property
    def weight_scale(self):
        """What all weights are multiplied by; 1 unless set."""
        return self._state.gain

    @weight_scale.setter
    def weight_scale(self, scale):
        self._state.set_gain(float(scale))

    @property
    def n_synapses(self):
        """Number of synapses."""
        return self.values.n_synapses

    @property
    def values(self):
        """The synapses in compressed rows, a `SynapseState`."""
        self._state.settle()
        return self._state

    @property
    def weight_dimension(self):
        """Dimension of the weights: that of the variable that spikes add to."""
        return self._dimension

    # -- delays ----------------------------------------------------------------------------

    @property
    def delay(self):
        """Time between a spike and its arrival, second; of a `DelayConnection`, a matrix."""
        if self._state.delays is not None:
            return DelayMatrix(self._state, self._longest_delay, self._delay_name)
        return self._state.delay * _SECOND

    @delay.setter
    def delay(self, delay):
        if self._state.delays is not None:
            self.set_delays(delay)
            return
        value = float(to_si(delay, TIME, self._delay_name))
        if not 0 <= value < np.inf:
            raise WiringError(
                f"{self._delay_name} must be finite and cannot be negative, as {delay!r} is",
                hint="spikes arrive after they were fired; use delay=0*ms or longer",
            )
        self._state.delay = value

    def set_delays(self, delay):
        """Set the delays of all synapses.

        Parameters
        ----------
        delay : Quantity, pair, function or matrix
            A pair (min, max) draws them uniformly in between; a function of no arguments is called
            for each synapse, one of ``(i, j)`` for each row.

        Raises
        ------
        WiringError
            The synapses have no delays of their own, or a delay cannot be.
        """
        self._allow_delay(delay)
        shape = self.source.size, self.target.size
        delays = evaluate_delay(delay, self.values.as_rows(), shape, self._delay_name)
        if delays is not None:
            check_delays(delays, self._longest_delay, self._delay_name)
            self._state.set_delays(slice(None), delays)

    # -- descriptions ----------------------------------------------------------------------

    def describe(self):
        """How messages name this object."""
        if self.label:
            return f"`{self.label}`"
        return f"the connection to {self.variable}"

    def describe_model(self, source, target, call=None):
        """The connection as `Synapses` between populations at given positions.

        `call` is the position of the Python code that propagates the spikes, if there is any.
        """
        state = self.values
        return Synapses(
            self.label or "connection",
            source,
            target,
            self.variable,
            homogeneous=not state.differ,
            delayed=state.delays is not None,
            dense=state.is_dense,
            call=call,
            always_called=self._overrides("do_propagate"),
        )

    def __repr__(self):
        called = ", propagated in Python" if self._is_called else ""
        return (
            f"<{type(self).__name__}: {self.source.describe()} -> {self.target.describe()}, "
            f"{self.variable}{called}>"
        )

    def __copy__(self):
        """A connection of the same groups with synapses of its own."""
        new = object.__new__(type(self))
        NetworkObject.__init__(new)
        kept = {name: value for name, value in self.__dict__.items() if name != "serial"}
        new.__dict__.update(kept, _state=deepcopy(self._state))
        if self.modulation:
            new._modulate(self.modulation.state)
        return new

    # -- details ---------------------------------------------------------------------------

    @property
    def _dimension(self):
        return self.target.owner.system.dimension_of(self.variable)

    @property
    def _weight_name(self):
        return f"the weight of {self.describe()} onto {self.variable}"

    @property
    def _delay_name(self):
        return f"the delay of {self.describe()}"

    def _modulate(self, state):
        self.modulation = StateModulation(self, state)
        self.contained_objects = [self.modulation]

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
        if self.source.owner.describe_model().threshold is None:
            raise WiringError(
                f"{self.source.describe()} never fires, so it cannot be the source of a connection",
                hint="give the group a threshold",
            )

    def _resolve(self, pair):
        kinds = ("source neuron", "target neuron")
        return resolve_pair(pair, (self.source.size, self.target.size), kinds)


class DelayConnection(Connection):
    """A connection in which each synapse has a delay of its own.

    A spike is propagated when it is fired, with the weights of that time; each synapse lets it act
    on its target after its delay, rounded to steps of the target's clock.

    Parameters
    ----------
    source, target, state, modulation, weight, sparseness, structure, max_delay
        See `Connection`.
    delay : Quantity, pair, function or matrix, optional
        Used if `weight` is given; otherwise delays are zero until they are set, by the keyword
        `delay` of the methods that connect, by `set_delays`, or by ``C.delay[i, j] = ...``.

    Attributes
    ----------
    delay : DelayMatrix
        The delays of all synapses.
    """

    _delays_differ = True

    def __init__(self, source, target, state=0, delay=None, **keywords):
        super().__init__(source, target, state, delay, **keywords)


def _check_structure(structure):
    if structure not in _STRUCTURES:
        raise WiringError(
            f"there is no structure {structure!r} of connections",
            hint=f"use {', '.join(map(repr, _STRUCTURES))}",
        )
    return structure


def _fit_to(values, shape, what):
    try:
        return np.broadcast_to(values, shape).ravel()
    except ValueError:
        raise WiringError(f"{what}: {np.shape(values)} values for {shape} pairs") from None
