"""Inputs: what gives variables of a group their values in every step."""

from brian_nb.engine import Forecast, MixerState, SetterState
from brian_nb.equations.expressions import names_in
from brian_nb.model import Mixer, Setter
from brian_nb.network.base import NetworkObject
from brian_nb.network.columns import check_columns
from brian_nb.network.firing import find_variable
from brian_nb.network.neurons import UnknownVariableError
from brian_nb.network.operations import check_place


class Input(NetworkObject):
    """Gives a variable of a range of neurons its value in every step.

    Parameters
    ----------
    target : NeuronGroup or Subgroup
    var : str or int
        Name, alias or number of a state variable.
    when : str
        Place in the step.
    clock : Clock or None
        In whose steps; that of the group if None.

    Attributes
    ----------
    variable : str
    source : NeuronGroup, Subgroup or None
        Neurons whose variables are read.
    is_attached : bool
        Whether it belongs to its group, and works for as long as the group has it.
    source_variable : str or None
        The one of these variables that is read.
    is_watching : bool
        Whether `refresh` may find something new.
    python_part : str
        What of it Python does in every step, "" if nothing.
    python_value : PythonValue or None
        What it computes, where it gives the value of a function in equations.
    note : str
        What Python has to do in a run, and why; "" if nothing.

    Raises
    ------
    UnknownVariableError
        There is no such variable.
    """

    source = source_variable = python_value = None
    is_attached = is_watching = False
    note = python_part = ""

    def __init__(self, target, var, when="start", clock=None):
        super().__init__()
        self.target, self.when = target, check_place(when)
        self.variable = find_variable(target.owner.system, var)
        if self.variable is None:
            raise UnknownVariableError(target, var)
        self.clock = target.owner.clock if clock is None else clock

    def list_needed(self):
        ends = [self.target, self.source] if self.source is not None else [self.target]
        return [*super().list_needed(), *(item.owner for item in ends)]

    def sets(self, variable, first, size):
        """Whether a range of neurons holds all those whose variable it sets."""
        mine = self.target.first, self.target.first + self.target.size
        return self.variable == variable and first <= mine[0] and mine[1] <= first + size

    def refresh(self):
        """Take over values that the user may have changed since the last look."""

    def describe(self):
        """What happens in every step, in words."""
        return f"{self.variable} of {self.target.describe()} {self.tell()}"

    def tell(self):
        """What becomes of the variable, as the rest of a sentence."""
        return "is set"

    def __repr__(self):
        note = f"; {self.note}" if self.note else ""
        return f"<{type(self).__name__}: {self.describe()}{note}>"


class VariableSetter(Input):
    """An input that the compiled loop brings."""


class ExpressionSetter(VariableSetter):
    """Sets a variable to the value of an expression; the compiled loop does it.

    Attributes
    ----------
    expression : Expression
    values : SetterState
    """

    def set_expression(self, expression, constants=(), source=None):
        """Say what the value is.

        Parameters
        ----------
        expression : Expression
            Of `t`, constants, tables, and variables of a source.
        constants : mapping of str to float
        source : NeuronGroup or Subgroup, optional
            Of as many neurons as the target.
        """
        check_columns([expression], self.target)
        self.expression, self.source = expression, source
        shift = 0 if source is None else source.first - self.target.first
        self.values = SetterState(self.target.first, self.target.size, dict(constants), shift)

    def describe_model(self, population, source, clock, place_tables):
        """The setter as a model.

        Parameters
        ----------
        population, source, clock : int
            Positions in the network; `source` is None if there is none.
        place_tables : callable
            Gives the positions of the tables that expressions look up.
        """
        return Setter(
            population,
            self.variable,
            self.expression,
            tuple(name for name in names_in(self.expression) if name in self.values.constants),
            source,
            place_tables([self.expression]),
            self.when,
            clock,
        )


class ForecastSetter(VariableSetter):
    """Sets a variable to a function of time that Python computes ahead of each segment.

    Parameters
    ----------
    target, var, when, clock
        See `Input`.
    compute, watch : callable
        See `Forecast`.
    """

    def __init__(self, target, var, compute, watch, when="before_groups", clock=None):
        super().__init__(target, var, when, clock)
        forecast = Forecast(compute, target.size, watch)
        self.values = SetterState(target.first, target.size, forecast=forecast)

    def tell(self):
        return "takes the values of a function, computed ahead by Python"

    def describe_model(self, population, source, clock, place_tables):
        """See `ExpressionSetter.describe_model`."""
        return Setter(population, self.variable, None, when=self.when, clock=clock)


class MixtureSetter(VariableSetter):
    """Sets a variable to weighted sums over the neurons of a source; the compiled loop does it.

    Parameters
    ----------
    target, var, when, clock
        See `Input`.
    source : NeuronGroup or Subgroup
    source_variable : str
    offsets : float64[len(target)]
        What is added to the sums.
    weights : float64[len(target), len(source)]
    """

    def __init__(
        self, target, var, source, source_variable, offsets, weights, when="before_groups"
    ):
        super().__init__(target, var, when)
        self.source, self.source_variable = source, source_variable
        self.values = MixerState(target.first, source.first, offsets, weights)

    def tell(self):
        return f"is a weighted sum of {self.source_variable} of {self.source.describe()}"

    def describe_model(self, population, source, clock, place_tables):
        """See `ExpressionSetter.describe_model`."""
        return Mixer(population, self.variable, source, self.source_variable, self.when, clock)
