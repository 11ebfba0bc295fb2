"""Thresholds: which neurons fire in a step."""

from brian_nb.equations.expressions import (
    Binary,
    Call,
    Compare,
    Name,
    functions_in,
    names_in,
    parse_expression,
)
from brian_nb.errors import ModelError
from brian_nb.network.clock import check_clock
from brian_nb.network.firing import ThresholdRule, read_period
from brian_nb.network.scope import as_source, caller_namespace
from brian_nb.network.surroundings import capture_values, keep_numbers
from brian_nb.units import ALL_UNITS, get_dimension, name_dimension

_MV, _MS = ALL_UNITS["mV"], ALL_UNITS["ms"]
_HERTZ = get_dimension(ALL_UNITS["hertz"])


class Threshold:
    """Neurons fire where a variable exceeds a value.

    A class derived from this one or another threshold may define ``__call__(P)``, which gets the
    group and gives the numbers of the neurons that fire. It is called in Python at every step.

    Parameters
    ----------
    threshold : Quantity
        In the unit of the variable.
    state : str or int
        The variable, by its name or number; the membrane variable by default.
    """

    def __init__(self, threshold=1 * _MV, state=0):
        self.threshold, self.state = threshold, state

    def make_rule(self, reader):
        """What this threshold says, as a `ThresholdRule`; `reader` is a `RuleReader`."""
        variable = reader.find_variable(self.state, "the threshold")
        value = reader.name_value(self.threshold, variable, "threshold")
        return ThresholdRule(Compare(">", Name(variable), value))

    def __call__(self, P):
        """Numbers of the neurons of a group that fire at its present state, int64[...]."""
        return P.find_firing(self)

    def __repr__(self):
        values = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({values})"


class NoThreshold(Threshold):
    """Neurons never fire."""

    def __init__(self):
        pass

    def make_rule(self, reader):
        return ThresholdRule()


class StringThreshold(Threshold):
    """Neurons fire where a condition is true.

    Parameters
    ----------
    expr : str
        A condition such as ``'v > vt'``, or a value that the membrane variable must exceed.
        ``rand()`` and ``randn()`` draw a number for each neuron in each step.
    level : int
        How many calls further up external names are looked for.
    namespace : mapping of str to object, optional
        Where they are looked for instead.

    Raises
    ------
    EquationError
        The text is no expression.
    """

    def __init__(self, expr, level=0, namespace=None):
        self.expr = as_source(expr, "threshold", level)
        around = caller_namespace(level) if namespace is None else namespace
        expression = parse_expression(self.expr)
        self._names = (*names_in(expression), *functions_in(expression))
        self._around = capture_values(around, self._names)

    def make_rule(self, reader):
        return ThresholdRule(reader.read_condition(self.expr, self._around))

    def __getstate__(self):
        """Copies and pickles take along the numbers that the text uses, nothing else around."""
        return {**vars(self), "_around": keep_numbers(self._around, self._names)}

    def __repr__(self):
        return f"StringThreshold({self.expr.text!r})"


class VariableThreshold(Threshold):
    """Neurons fire where a variable exceeds another one.

    Parameters
    ----------
    threshold_state : str or int
        The variable to exceed, by its name or number.
    state : str or int
        The variable that is tested; the membrane variable by default.
    """

    def __init__(self, threshold_state=1, state=0):
        self.threshold_state, self.state = threshold_state, state

    def make_rule(self, reader):
        variable, bound = (
            reader.find_variable(item, "the VariableThreshold")
            for item in (self.state, self.threshold_state)
        )
        return ThresholdRule(Compare(">", Name(variable), Name(bound)))


class EmpiricalThreshold(Threshold):
    """Neurons fire where a variable exceeds a value, but not again within a period.

    It marks the onset of spikes that the equations themselves produce, as in models of
    Hodgkin-Huxley type: nothing is reset.

    Parameters
    ----------
    threshold : Quantity
        In the unit of the variable.
    refractory : Quantity, second
        Shortest time between two spikes: where the variable stays above the value, a neuron fires
        at such intervals.
    state : str or int
        The variable, by its name or number; the membrane variable by default.
    clock : Clock, optional
        Accepted for old scripts: the steps are those of the group.

    Raises
    ------
    DimensionMismatchError
        The period is no time.
    """

    def __init__(self, threshold=1 * _MV, refractory=1 * _MS, state=0, clock=None):
        super().__init__(threshold, state)
        self.refractory = refractory
        self._silence = read_period(refractory, "the period of an EmpiricalThreshold")
        check_clock(clock)

    def make_rule(self, reader):
        condition = super().make_rule(reader).condition
        return ThresholdRule(condition, silence=self._silence)


class PoissonThreshold(Threshold):
    """Neurons fire at random, with a variable as their rate.

    In each step a neuron fires with probability ``rate*dt``.

    Parameters
    ----------
    state : str or int
        The variable, in hertz, by its name or number; the first one by default.
    """

    def __init__(self, state=0):
        self.state = state

    def make_rule(self, reader):
        variable = reader.find_variable(self.state, "the PoissonThreshold")
        dimension = reader.system.dimension_of(variable)
        if reader.is_checked and dimension != _HERTZ:
            raise ModelError(
                f"a PoissonThreshold takes {variable} as a rate, but it is in "
                f"{name_dimension(dimension)}",
                hint=f"declare it in hertz: `{variable} : Hz`",
            )
        chance = Binary("*", Name(variable), Name("dt"))
        return ThresholdRule(Compare("<", Call("rand", ()), chance), has_units=False)


class ConditionThreshold(Threshold):
    """Neurons fire where an expression is true, whose names are those of the group.

    Parameters
    ----------
    condition : Expression
    """

    def __init__(self, condition):
        self.condition = condition

    def make_rule(self, reader):
        return ThresholdRule(self.condition, has_units=False)
