"""Groups of neurons that share equations."""

from brian_nb.engine import PopulationState, note_change
from brian_nb.errors import ModelError
from brian_nb.model import Population
from brian_nb.network.clock import guess_clock
from brian_nb.network.columns import check_columns
from brian_nb.network.describe import group_to_html
from brian_nb.network.equations import Equations
from brian_nb.network.group_firing import read_firing
from brian_nb.network.group_steps import GroupSteps
from brian_nb.network.model import DEFAULTS, Model
from brian_nb.network.neurons import count_neurons
from brian_nb.network.numbers import to_index
from brian_nb.network.scope import caller_namespace
from brian_nb.network.updaters import EquationUpdater, StateUpdater
from brian_nb.units import ALL_UNITS

_SECOND = ALL_UNITS["second"]


class NeuronGroup(GroupSteps):
    """A group of neurons.

    Parameters
    ----------
    N : int
        Number of neurons.
    model : str, Equations, list of them, StateUpdater or Model
        Differential equations, static equations and parameters.
    threshold : Quantity, str, function or Threshold, optional
        Value that the membrane variable must exceed for a spike, or a condition such as
        ``'v > vt'``. A function of one argument is a `SimpleFunThreshold`, one of several a
        `FunThreshold`. Without a threshold, the neurons never fire.
    reset : Quantity, str, function or Reset, optional
        Value of the membrane variable after a spike, or statements such as
        ``'v = vr; w += 3*mV'``. A function of the group and of the spikes is a `FunReset`.
    refractory : Quantity or str, second
        How long the variable that is reset, or else the membrane variable, keeps its value after
        a spike. A text such as ``'pause'`` is computed for each neuron when it fires.
    clock : Clock, optional
        Time step of the group; the default clock if omitted.
    order : int
        2 selects a method of second order for equations that are not linear: the midpoint rule,
        or an exponential one where `implicit` is set.
    implicit : bool
        Selects an integrator for stiff equations, where they are not linear.
    max_delay : Quantity, second, optional
        How long spikes are kept for `get_spikes`; delays of connections need none of it.
    compile, freeze
        Accepted for old scripts: all code is compiled, and values of external names are those
        that they had when the equations were written.
    method : str, optional
        Names the integrator: 'linear', 'exact', 'exact_noise', 'nonlinear', 'Euler', 'Milstein',
        'RK', 'Heun', 'RK4', 'exponential_Euler', 'exponential_RK2' or 'backward_Euler'.
    unit_checking, check_units : bool
        Either set to False leaves all units of the group unchecked.
    max_refractory
        Accepted for old scripts: refractory periods have no bound.
    level : int
        How many calls further up external names are looked for.
    namespace : mapping of str to object, optional
        Where they are looked for instead.

    Attributes
    ----------
    integrator : str
        Name of the integrator in use.
    reason : str
        Why it is that one.
    attached : list of Input
        What gives variables their values in every step; a network takes it along.

    Raises
    ------
    EquationError, UnknownNameError, DimensionMismatchError
        The model cannot be understood; the message shows where.
    ModelError
        A value does not fit, such as a negative number of neurons.

    Notes
    -----
    A class derived from this one may define ``update(self)`` and ``reset(self)``. They are called
    in Python at every step, in the place of the compiled update or reset, and may call those that
    they override. An update says which neurons fire with ``self.LS.push(spikes)``.
    """

    def __init__(
        self,
        N,  # noqa: N803 - the manual's name
        model=None,
        threshold=None,
        reset=None,
        refractory=DEFAULTS["refractory"],
        clock=None,
        order=1,
        implicit=False,
        max_delay=None,
        compile=False,  # noqa: A002 - the manual's name
        freeze=False,
        method=None,
        unit_checking=True,
        check_units=True,
        max_refractory=None,
        level=0,
        namespace=None,
    ):
        super().__init__(self, 0, _read_size(N))
        options = {
            "threshold": threshold,
            "reset": reset,
            "refractory": refractory,
            "order": order,
            "implicit": implicit,
            "max_delay": max_delay,
            "method": method,
            "unit_checking": unit_checking and check_units,
        }
        if isinstance(model, Model):
            model, options = model.complete(options)
        around = caller_namespace(level) if namespace is None else namespace
        equations, updater = _read_model(model, options, namespace, level)
        is_checked = options["unit_checking"] and updater.has_units
        firing = read_firing(
            *(options[name] for name in ("threshold", "reset", "refractory")),
            updater.system,
            around,
            level,
            is_checked,
        )
        self.__dict__.update(
            clock=guess_clock(updater.clock if clock is None else clock, level),
            equations=equations,
            is_checked=is_checked,
            attached=[],
            _retired="",
            _known_model=None,
        )
        self._take_firing(firing, updater, options["max_delay"])
        check_columns(self.describe_model().expressions, self)

    def _take_firing(self, firing, updater, max_delay):
        constants = {name: float(value) for name, value in firing.system.constants.items()}
        values = PopulationState(self.size, firing.system.variables, constants)
        values.refractory, values.silence = firing.seconds, firing.threshold_rule.silence
        self.__dict__.update(system=firing.system, values=values, _firing=firing)
        self._set_updater(updater)
        if max_delay is not None:
            self.set_max_delay(max_delay)

    # -- use by a network ------------------------------------------------------------------

    def reinit(self):
        """Forget spikes in flight and refractoriness; values of variables stay."""
        self.values.forget_spikes()

    def erase(self):
        """Give the memory of all values back; to run the group raises an error from now on."""
        self.retire("its data was erased by clear()")
        self.__dict__["values"] = PopulationState(0, self.values.variables, self.values.constants)

    def retire(self, reason):
        """Take the group out of use: to run it raises an error with this reason."""
        self.__dict__["_retired"] = reason
        note_change()

    def describe_model(self):
        """The group as a `Population`: all that matters for generating code.

        Raises
        ------
        ModelError
            The group has been replaced by another one.
        """
        if self._retired:
            raise ModelError(f"{self.describe()} cannot be run: {self._retired}")
        is_held = self.values.refractory > 0 or self._firing.period is not None
        model = self._make_model(self.describe(), is_held)
        if model != self._known_model:
            self.__dict__["_known_model"] = model
        return self._known_model

    def _make_model(self, name, is_held):
        firing, called = self._firing, self._list_called()
        threshold, assignments = firing.threshold_rule.condition, firing.reset_rule.assignments
        return Population(
            name=name,
            system=self.system,
            threshold=None if "threshold" in called else threshold,
            reset=() if "reset" in called else assignments,
            held=firing.reset_rule.target if is_held else None,
            period=firing.period,
            gated=firing.threshold_rule.silence > 0,
            called=called,
            **self._integration,
        )

    # -- display ---------------------------------------------------------------------------

    def to_html(self):
        return group_to_html(self)

    def __repr__(self):
        parts = [self.integrator] if self.integrator else []
        if self.python_parts:
            parts.append(f"{' and '.join(self.python_parts)} in Python")
        name = f"{self.describe()}, " if self.label else ""
        details = "".join(f", {part}" for part in parts)
        return f"<{type(self).__name__}: {name}{count_neurons(self.size)}{details}>"


def _read_model(model, options, namespace, level):
    """Equations, and a state updater that runs them, from what the user gave as a model."""
    if isinstance(model, StateUpdater):
        return getattr(model, "equations", Equations()), model
    equations = model
    if not isinstance(model, Equations):
        equations = Equations(model or "", level=level, namespace=namespace)
    has_units = options["unit_checking"]
    updater = EquationUpdater(
        equations.resolve(has_units),
        options["method"] or "",
        options["order"],
        options["implicit"],
        has_units=has_units,
    )
    return equations, updater


def _read_size(n):
    try:
        size = to_index(n)
    except TypeError:
        raise ModelError(f"the number of neurons must be a whole number, not {n!r}") from None
    if size < 1:
        raise ModelError(f"a group needs at least one neuron, not N = {size}")
    return size
