"""Groups of neurons that share equations."""

from operator import index

from brian_nb.engine import PopulationState, note_change
from brian_nb.equations.expressions import Expression
from brian_nb.errors import ModelError
from brian_nb.model import Population
from brian_nb.network.clock import guess_clock
from brian_nb.network.columns import check_columns
from brian_nb.network.describe import group_to_html
from brian_nb.network.equations import Equations
from brian_nb.network.firing import read_firing
from brian_nb.network.neurons import Neurons
from brian_nb.network.python_values import separate_python
from brian_nb.network.quantities import to_si
from brian_nb.network.scope import caller_namespace
from brian_nb.network.thresholds import EmpiricalThreshold
from brian_nb.numerics import choose_update
from brian_nb.units import ALL_UNITS, get_dimension

_MS = ALL_UNITS["ms"]
_TIME = get_dimension(_MS)


class NeuronGroup(Neurons):
    """A group of neurons.

    Parameters
    ----------
    N : int
        Number of neurons.
    model : str, Equations, or list of them
        Differential equations, static equations and parameters.
    threshold : Quantity, str or EmpiricalThreshold, optional
        Value that the membrane variable must exceed for a spike, or a condition such as
        ``'v > vt'``. Without one, the neurons never fire.
    reset : Quantity or str, optional
        Value of the membrane variable after a spike, or statements such as
        ``'v = vr; w += 3*mV'``.
    refractory : Quantity, second
        How long the membrane variable keeps its value after a reset.
    clock : Clock, optional
        Time step of the group; the default clock if omitted.
    order : int
        2 selects the midpoint rule for equations that are not linear.
    implicit : bool
        Selects exponential Euler for equations that are not linear.
    method : str, optional
        Names the integrator: 'linear', 'nonlinear', 'Euler', 'RK' or 'exponential_Euler'.
    unit_checking, check_units : bool
        Either set to False leaves the units of the equations unchecked.
    max_delay, compile, freeze
        Accepted for old scripts: delays size themselves, and all code is compiled.
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
    """

    def __init__(
        self,
        N,  # noqa: N803 - the manual's name
        model=None,
        threshold=None,
        reset=None,
        refractory=0 * _MS,
        clock=None,
        order=1,
        implicit=False,
        method=None,
        unit_checking=True,
        check_units=True,
        max_delay=None,
        compile=False,  # noqa: A002 - the manual's name
        freeze=False,
        level=0,
        namespace=None,
    ):
        super().__init__(self, 0, _read_size(N))
        if namespace is None:
            namespace = caller_namespace(level)
        equations = model if isinstance(model, Equations) else Equations(model or "", level=level)
        checked = unit_checking and check_units
        system, python_values = separate_python(equations.resolve(checked))
        firing = read_firing(threshold, reset, system, namespace, level)
        system = system.with_constants(firing.constants)
        if checked and not isinstance(threshold, Expression):
            firing.check_units(system)
        self.__dict__.update(
            clock=guess_clock(clock, level),
            equations=equations,
            system=system,
            threshold=threshold,
            reset=reset,
            _firing=firing,
            _asked=(method or "", order, implicit),
            _retired="",
            attached=[],
        )
        gated = isinstance(threshold, EmpiricalThreshold)
        refractory = threshold.refractory if gated else refractory
        period = float(to_si(refractory, _TIME, "the refractory period"))
        if period < 0:
            raise ModelError(f"the refractory period cannot be negative, as {refractory!r} is")
        constants = {name: float(value) for name, value in system.constants.items()}
        values = PopulationState(self.size, system.variables, constants)
        values.refractory = period
        self.__dict__["_gated"] = gated
        self.__dict__["values"] = values
        model = self.describe_model()
        check_columns(model.expressions, self)
        update = choose_update(model)
        for item in python_values:
            self.attach(item.make_input(self))
        notes = [item.note for item in self.attached]
        self.__dict__.update(integrator=update.method, reason="; ".join([update.reason, *notes]))

    @property
    def refractory(self):
        """How long the membrane variable keeps its value after a reset, second."""
        return self.values.refractory * ALL_UNITS["second"]

    def list_needed(self):
        return [*super().list_needed(), *self.attached]

    def attach(self, item):
        """Let an input give a variable its values; it takes the place of earlier ones."""
        self.detach(item.variable, item.target.first, item.target.size)
        item.is_attached = True
        self.attached.append(item)
        note_change()

    def detach(self, variable, first, size):
        """Take off the inputs that give a variable its values, if all are for these neurons."""
        kept = [item for item in self.attached if not item.sets(variable, first, size)]
        if len(kept) < len(self.attached):
            self.attached[:] = kept
            note_change()

    def reinit(self):
        """Forget spikes in flight and refractoriness; values of variables stay."""
        self.values.forget_spikes()

    def retire(self, reason):
        """Take the group out of use: to run it raises an error with this reason."""
        self.__dict__["_retired"] = reason
        note_change()

    def to_html(self):
        return group_to_html(self)

    def describe_model(self):
        """The group as a `Population`: all that matters for generating code.

        Raises
        ------
        ModelError
            The group has been replaced by another one.
        """
        if self._retired:
            raise ModelError(f"{self.describe()} cannot be run: {self._retired}")
        name, held = self.label or "group", self.values.refractory > 0
        known = self.__dict__.get("_model")
        if known is None or (known.name, known.held is not None or known.gated) != (name, held):
            known = self.__dict__["_model"] = self._make_model(name, held)
        return known

    def _make_model(self, name, held):
        method, order, implicit = self._asked
        return Population(
            name=name,
            system=self.system,
            threshold=self._firing.threshold,
            reset=self._firing.reset,
            held=self.system.membrane if held and not self._gated else None,
            gated=self._gated,
            method=method,
            order=order,
            implicit=implicit,
        )

    def set_constant(self, name, value):
        """Change an external constant of the equations, the threshold or the reset.

        Parameters
        ----------
        name : str
        value : Quantity or number

        Raises
        ------
        DimensionMismatchError
            The value has another dimension than the constant.
        """
        what = f"{name} of {self.describe()}"
        self.values.constants[name] = float(to_si(value, self.system.dimension_of(name), what))

    def __repr__(self):
        return f"<NeuronGroup: {self.describe()}, {self.size} neurons, {self.integrator}>"


def _read_size(n):
    try:
        size = index(n)
    except TypeError:
        raise ModelError(f"the number of neurons must be a whole number, not {n!r}") from None
    if size < 1:
        raise ModelError(f"a group needs at least one neuron, not N = {size}")
    return size
