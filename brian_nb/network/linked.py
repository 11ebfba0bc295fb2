"""Variables of a group that follow a variable of another one."""

from brian_nb.equations.expressions import Name
from brian_nb.equations.function_source import Untranslatable
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.network.clock import guess_clock
from brian_nb.network.firing import find_variable
from brian_nb.network.neurons import Neurons, UnknownVariableError
from brian_nb.network.operations import check_place
from brian_nb.network.present_values import list_refreshing
from brian_nb.network.python_calls import read_result
from brian_nb.network.setters import ExpressionSetter, Input
from brian_nb.network.value_reading import FunctionReading
from brian_nb.units import name_dimension


def linked_var(source, var=0, func=None, when="start", clock=None):
    """What makes a variable follow a variable of another group, when it is assigned to it.

    After ``G.V = linked_var(H, 'W')`` each neuron of `G` takes over, in every step, the `W` that
    its neuron of `H` has just then. The compiled loop does it, unless `func` is a function that
    only Python can compute.

    Parameters
    ----------
    source : NeuronGroup or Subgroup
        As many neurons as the target has; each may be a part of a group.
    var : str or int
        A state variable, parameter or static equation of the source.
    func : callable, optional
        Function of the values, such as ``lambda x: clip(x, 0, Inf)``.
    when : str
        Place in the step.
    clock : Clock, optional
        In whose steps the values are taken over; that of the target if omitted.

    Returns
    -------
    LinkedVar

    Raises
    ------
    UnknownVariableError
        The source has no such variable.
    ModelError
        `func` cannot be called, or the source is no group, or there is no such place.

    Notes
    -----
    The assignment itself raises `ModelError` where the sizes differ, and `DimensionMismatchError`
    where the units do. A later assignment to the variable ends the link.
    """
    return LinkedVar(source, var, func, when, clock)


class LinkedVar:
    """See `linked_var`."""

    def __init__(self, source, var=0, func=None, when="start", clock=None):
        if not isinstance(source, Neurons):
            raise ModelError(f"linked_var takes a group or a part of one, not {source!r}")
        if func is not None and not callable(func):
            raise ModelError(f"func of a linked variable must be a function, not {func!r}")
        system = source.owner.system
        statics = {item.name for item in system.statics}
        self.variable = var if var in statics else find_variable(system, var)
        if self.variable is None:
            raise UnknownVariableError(source, var)
        self.source, self.func, self.when = source, func, check_place(when)
        self.clock = None if clock is None else guess_clock(clock)

    def attach_to(self, neurons, variable):
        """Let a variable of neurons follow, as ``neurons.variable = linked_var(...)`` does."""
        if self.source.size != neurons.size:
            raise ModelError(
                f"{variable} of {neurons.describe()} cannot follow {self.variable} of "
                f"{self.source.describe()}: there are {neurons.size} neurons and "
                f"{self.source.size}",
                hint="link parts of equal size, such as G[0:10].V = linked_var(H[0:10], 'W')",
            )
        neurons.owner.attach(self._make_input(neurons, variable))

    def _make_input(self, neurons, variable):
        dimension = self.source.owner.system.dimension_of(self.variable)
        own = {self.variable: dimension}
        try:
            reading = FunctionReading(self.func, "func", [Name(self.variable)], own)
        except Untranslatable as problem:
            return PythonLink(neurons, variable, self, str(problem))
        self._check_dimension(neurons, variable, reading.find_dimension())
        return LinkedSetter(neurons, variable, self, reading)

    def _check_dimension(self, neurons, variable, found):
        expected = neurons.owner.system.dimension_of(variable)
        if found is not None and found != expected:
            raise DimensionMismatchError(
                f"{variable} of {neurons.describe()} is in {name_dimension(expected)}, and cannot "
                f"follow {self.variable} of {self.source.describe()}, which gives "
                f"{name_dimension(found)}"
            )

    def __repr__(self):
        return f"<LinkedVar: {self.variable} of {self.source.describe()}>"


class LinkedSetter(ExpressionSetter):
    """Lets a variable follow one of a source, in the compiled loop.

    Parameters
    ----------
    neurons : NeuronGroup or Subgroup
    variable : str
    link : LinkedVar
    reading : FunctionReading
    """

    def __init__(self, neurons, variable, link, reading):
        super().__init__(neurons, variable, link.when, link.clock)
        self.is_watching = reading.numbers.are_followed
        self._reading, self.source_variable = reading, link.variable
        self.set_expression(reading.expression, reading.numbers.values, link.source)

    def list_calls(self):
        return list_refreshing(self.source, [self.source_variable], self.when, self.clock)

    def refresh(self):
        self._reading.numbers.refresh(self.values.constants)

    def tell(self):
        return f"follows {self.source_variable} of {self.source.describe()}"


class PythonLink(Input):
    """Lets a variable follow one of a source through a function of Python.

    The time loop is left for it, so it costs its own time and some microseconds a step.

    Parameters
    ----------
    neurons : NeuronGroup or Subgroup
    variable : str
    link : LinkedVar
    reason : str
        Why the function cannot be compiled.
    """

    def __init__(self, neurons, variable, link, reason):
        super().__init__(neurons, variable, link.when, link.clock)
        self.source, self.source_variable, self._func = link.source, link.variable, link.func
        self.python_part = f"the function that {variable} follows"
        self.note = f"func is called by Python in every step, as {reason}"

    def list_calls(self):
        return [(self.when, self.clock, self.update)]

    def update(self):
        """Take over the values of now."""
        values = self._func(getattr(self.source, self.source_variable))
        first, size = self.target.first, self.target.size
        array = self.target.owner.values.variables[self.variable]
        array[first : first + size] = read_result(values, self.target, "func of a linked variable")

    def tell(self):
        return f"follows a function of {self.source_variable} of {self.source.describe()}"
