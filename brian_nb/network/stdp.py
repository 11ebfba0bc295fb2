"""Spike-timing-dependent plasticity: equations and statements that change weights."""

import numpy as np

from brian_nb.engine import PlasticityState
from brian_nb.errors import EquationError, ModelError, WiringError
from brian_nb.model import LOWER_BOUND, UPPER_BOUND, Plasticity
from brian_nb.network.clock import guess_clock
from brian_nb.network.connection import Connection
from brian_nb.network.equations import Equations
from brian_nb.network.quantities import to_si
from brian_nb.network.rule_statements import read_statements
from brian_nb.network.scope import caller_namespace
from brian_nb.network.sides import choose_sides
from brian_nb.network.synaptic_rules import SynapticRule
from brian_nb.network.traces import Traces
from brian_nb.units import ALL_UNITS, Quantity, get_dimension

_SECOND = ALL_UNITS["second"]
_TIME = get_dimension(_SECOND)


class STDP(SynapticRule):
    """Changes the weights of a connection at spikes of its source and of its target.

    Equations describe variables that go on between spikes, statements what a spike does to them
    and to the weight, which is called `w` there. Weights that were all the same may differ from
    then on.

    In a step, spikes of the target come first, then those of the source that have arrived. A spike
    is delivered with the weight from before its statements, and a pair of spikes in one step
    counts as target before source: the source cannot have made the target fire. Each spike runs
    its statements in their order; the weight is brought between its bounds after the last of them
    that changes it. It is the weight without the connection's `weight_scale`.

    Parameters
    ----------
    C : Connection
    eqs : str or Equations
        Differential equations, static equations and parameters, as for a `NeuronGroup`.
    pre, post : str
        Statements, on lines of their own or with semicolons between them.
    wmax : Quantity, optional
        Upper bound of the weights.
    level : int
        How many calls further up external names are looked for.
    clock : Clock, optional
        Time step of variables that are integrated step by step; if omitted, that of the neurons
        they belong to, and that of the source for variables of synapses.
    delay_pre, delay_post : Quantity, second, optional
        Time from a spike to its statements. By default, the delay of the connection for a spike
        of the source, and none for one of the target. Where one of both is given, the other one is
        what it leaves of the delay of the connection.
    wmin : Quantity, optional
        Lower bound of the weights; 0 if omitted.
    namespace : mapping of str to object, optional
        Where external names are looked for instead.

    Attributes
    ----------
    pre_group, post_group, synapse_group : Traces or None
        The variables that have values at source neurons, target neurons and synapses (see
        `brian_nb.network.sides`); groups that a `StateMonitor` can record from.

    Raises
    ------
    EquationError, UnknownNameError, DimensionMismatchError
        The equations or statements cannot be understood; the message shows where.
    ModelError, WiringError
        A value does not fit.

    Notes
    -----
    Linear equations that do not depend on each other are solved exactly from event to event where
    that costs less than to step them; other linear ones are stepped exactly, and the rest is
    integrated by forward Euler.

    Examples
    --------
    >>> from brian_nb import Connection, NeuronGroup, ms
    >>> G = NeuronGroup(2, "v : 1", threshold="v > 1", reset="v = 0")
    >>> C = Connection(G, G, "v", weight=0.5)
    >>> rule = STDP(C, "da/dt = -a/(20*ms) : 1", "a += 0.1", "w += a", wmax=1)
    >>> rule.a
    array([0., 0.])
    """

    pre_group = post_group = synapse_group = None

    def __init__(
        self,
        C,  # noqa: N803 - the manual's name
        eqs,
        pre,
        post,
        wmax=np.inf,
        level=0,
        clock=None,
        delay_pre=None,
        delay_post=None,
        wmin=0.0,
        namespace=None,
    ):
        super().__init__(require_connection(C))
        if namespace is None:
            namespace = caller_namespace(level)
        equations = _read_equations(eqs, namespace, level)
        system = equations.resolve()
        bounds = self._read_bounds(wmin, wmax)
        statements = read_statements(
            system, pre, post, bounds, C.weight_dimension, namespace, level
        )
        constants = statements.constants
        self._dimensions.update({name: get_dimension(value) for name, value in constants.items()})
        self._statements = statements
        self._require_spikes()
        values = {name: float(value) for name, value in constants.items()}
        is_scattered = C.values.delays is not None and delay_pre is None
        self._state = PlasticityState(values, is_scattered)
        self._state.pre_delay = self._read_delay("delay_pre", delay_pre)
        self._state.post_delay = self._read_delay("delay_post", delay_post)
        self._require_delays()
        pre_side = "synapse" if is_scattered else "pre"
        sides = choose_sides(system, statements.pre, statements.post, pre_side)
        self._make_groups(equations, sides, clock and guess_clock(clock))
        C.values.separate_weights()
        self.fit()

    def lower(self, place_of, synapses):
        self._require_spikes()
        self.fit()
        self.connection.values.separate_weights()
        rule = Plasticity(
            name=self.describe(),
            synapses=synapses,
            traces=tuple((group.side, place_of(group)) for group in self.contained_objects),
            pre=self._statements.pre,
            post=self._statements.post,
            constants=tuple(sorted(self._statements.constants)),
            scattered=self._state.scattered,
        )
        return rule, self._state

    def fit(self):
        if self.synapse_group is not None:
            self.synapse_group.values.fit_synapses(self.connection.values)

    # -- bounds and delays -----------------------------------------------------------------

    @property
    def wmin(self):
        """Lower bound of the weights."""
        return Quantity(self._constants[LOWER_BOUND], self.connection.weight_dimension)

    @wmin.setter
    def wmin(self, bound):
        bounds = self._read_bounds(bound, self.wmax)
        self._constants[LOWER_BOUND] = float(bounds[LOWER_BOUND])

    @property
    def wmax(self):
        """Upper bound of the weights."""
        return Quantity(self._constants[UPPER_BOUND], self.connection.weight_dimension)

    @wmax.setter
    def wmax(self, bound):
        bounds = self._read_bounds(self.wmin, bound)
        self._constants[UPPER_BOUND] = float(bounds[UPPER_BOUND])

    @property
    def delay_pre(self):
        """Time from a spike of the source to its statements, second; None if synapses differ."""
        delay, _ = self._state.find_delays(self.connection.values)
        return None if self._state.scattered else delay * _SECOND

    @delay_pre.setter
    def delay_pre(self, delay):
        if self._state.scattered != (self.connection.values.delays is not None and delay is None):
            raise WiringError(
                f"{self.describe()} was made for delays that differ between synapses, or for one "
                "that all share, and cannot change over",
                hint="make another rule",
            )
        self._state.pre_delay = self._read_delay("delay_pre", delay)
        self._require_delays()

    @property
    def delay_post(self):
        """Time from a spike of the target to its statements, second."""
        return self._state.find_delays(self.connection.values)[1] * _SECOND

    @delay_post.setter
    def delay_post(self, delay):
        self._state.post_delay = self._read_delay("delay_post", delay)
        self._require_delays()

    def __repr__(self):
        ends = f"{self.connection.source.describe()} -> {self.connection.target.describe()}"
        return f"<{type(self).__name__}: {ends}>"

    # -- details ---------------------------------------------------------------------------

    @property
    def _constants(self):
        return self._state.constants

    def _make_groups(self, equations, sides, clock):
        connection = self.connection
        n_synapses = max(1, connection.n_synapses)
        sizes = {"pre": len(connection.source), "post": len(connection.target)}
        sizes["synapse"] = n_synapses
        changed = frozenset(item.name for item in (*self._statements.pre, *self._statements.post))
        for side, size in sizes.items():
            names = [name for name, found in sides.items() if found == side]
            group = None
            if names:
                end = connection.target if side == "post" else connection.source
                own_clock = clock or end.owner.clock
                group = Traces(self, side, size, equations, names, changed, own_clock)
                self.contained_objects.append(group)
            self.__dict__[f"{side}_group"] = group

    def _read_bounds(self, low, high):
        found = {
            name: _read_bound(
                value, self.connection.weight_dimension, f"{name} of {self.describe()}"
            )
            for name, value in ((LOWER_BOUND, low), (UPPER_BOUND, high))
        }
        if not found[LOWER_BOUND] <= found[UPPER_BOUND]:
            raise ModelError(
                f"weights of {self.connection.describe()} cannot be at least {low!r} and at most "
                f"{high!r}"
            )
        return found

    def _read_delay(self, name, delay):
        if delay is None:
            return None
        seconds = float(to_si(delay, _TIME, f"{name} of {self.describe()}"))
        if not seconds >= 0:
            raise WiringError(f"{name} of {self.describe()} cannot be negative, as {delay!r} is")
        return seconds

    def _require_delays(self):
        pre, post = self._state.find_delays(self.connection.values)
        if np.min(pre, initial=0.0) < 0 or post < 0:
            raise WiringError(
                f"a delay of {self.describe()} is longer than that of its connection",
                hint="give both delay_pre and delay_post",
            )

    def _require_spikes(self):
        target = self.connection.target
        if self._statements.post and not target.owner.describe_model().fires:
            raise WiringError(
                f"{target.describe()} never fires, so the post statements of "
                f"{self.describe()} would never run",
                hint="give the group a threshold, or leave the statements empty: post=''",
            )


def require_connection(item):
    """The connection that a rule is for.

    Raises
    ------
    ModelError
        It is none.
    """
    if not isinstance(item, Connection):
        raise ModelError(f"a rule at synapses needs a Connection, and {item!r} is none")
    return item


def _read_equations(eqs, namespace, level):
    equations = eqs
    if not isinstance(eqs, Equations):
        equations = Equations(eqs or "", level=level, namespace=namespace)
    if equations.resolve().noises:
        raise EquationError(
            "the variables of a rule at synapses cannot have noise xi",
            hint="statements can draw random numbers, with rand() and randn()",
        )
    return equations


def _read_bound(value, dimension, what):
    """A bound of weights; 0 and infinity need no unit."""
    if np.ndim(value):
        raise ModelError(f"{what} is one number for all synapses, not {value!r}")
    is_plain = not isinstance(value, Quantity) and (value == 0 or np.isinf(value))
    number = float(value) if is_plain else float(to_si(value, dimension, what))
    if np.isnan(number):
        raise ModelError(f"{what} must be a number, not {value!r}")
    return Quantity(number, dimension)
