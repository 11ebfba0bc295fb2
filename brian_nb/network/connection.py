"""Connections: spikes of one group add to a variable of another."""

from copy import deepcopy

import numpy as np

from brian_nb.engine import SynapseState
from brian_nb.errors import UnknownNameError, WiringError
from brian_nb.model import Synapses
from brian_nb.network.base import NetworkObject
from brian_nb.network.connecting import Connecting
from brian_nb.network.delaying import Delaying
from brian_nb.network.delays import TIME, differ_by_form
from brian_nb.network.firing import find_variable
from brian_nb.network.modulation import StateModulation
from brian_nb.network.propagation import Propagating
from brian_nb.network.quantities import to_si
from brian_nb.network.weighting import Weighting
from brian_nb.units import ALL_UNITS

_SECOND = ALL_UNITS["second"]
_STRUCTURES = ("sparse", "dense", "dynamic")
_WEIGHT_DTYPES = ("float64", "float32")


class Connection(Connecting, Weighting, Delaying, Propagating, NetworkObject):
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
    sparseness : float or function, optional
        Probability of a synapse; a function of ``(i, j)`` gives that of each pair.
    structure : {'sparse', 'dense', 'dynamic'}
        How the synapses are kept. In a dense structure there is one for each pair, of weight zero
        unless set; from a dynamic one synapses can be taken away through `W`.
    max_delay : Quantity, second, optional
        Delays of single synapses may not be longer; without it there is no limit.
    weight_dtype : dtype, optional
        ``'float32'`` keeps the weights of single synapses in half the memory, with seven digits;
        ``'float64'``, the default, with sixteen. Sums are made in float64 in both cases.
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
        weight_dtype="float64",
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
        if differ and type(self) is Connection:
            self.__class__ = DelayConnection
        self._state = SynapseState.make_empty(
            (source.first, source.size),
            (target.first, target.size),
            is_dense=structure == "dense",
            has_delays=differ,
            weight_dtype=_check_dtype(weight_dtype),
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

    # -- descriptions ----------------------------------------------------------------------

    def describe(self):
        """How messages name this object."""
        if self.label:
            return f"`{self.label}`"
        return f"the connection from {self.source.describe()} to {self.target.describe()}"

    def describe_model(self, source, target, call=None):
        """The connection as `Synapses` between populations at given positions.

        `call` is the position of the Python code that propagates the spikes, if there is any.
        """
        state = self.values
        return Synapses(
            self.describe(),
            source,
            target,
            self.variable,
            homogeneous=not state.differ,
            delayed=state.delays is not None,
            dense=state.is_dense,
            single=state.weight_dtype == np.float32,
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
        if not self.source.owner.describe_model().fires:
            raise WiringError(
                f"{self.source.describe()} never fires, so it cannot be the source of a connection",
                hint="give the group a threshold",
            )


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


def _check_dtype(weight_dtype):
    try:
        dtype = np.dtype(weight_dtype)
    except TypeError:
        dtype = None
    if dtype not in _WEIGHT_DTYPES:
        raise WiringError(
            f"weights cannot be kept as {weight_dtype!r}",
            hint=f"use {' or '.join(map(repr, _WEIGHT_DTYPES))}",
        )
    return dtype
