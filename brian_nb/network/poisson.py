"""Groups of Poisson spike trains."""

import numpy as np

from brian_nb.diagnostics import Source
from brian_nb.equations import resolve_expression
from brian_nb.equations.dimensions import infer_dimension
from brian_nb.equations.expressions import Binary, Call, Compare, Name
from brian_nb.equations.function_inputs import find_inputs
from brian_nb.equations.function_source import Untranslatable
from brian_nb.equations.namespace import TIME
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.network.group import NeuronGroup
from brian_nb.network.python_calls import read_result
from brian_nb.network.python_values import PLACE
from brian_nb.network.quantities import check_dimension, to_si
from brian_nb.network.scope import as_source, caller_namespace
from brian_nb.network.setters import ExpressionSetter, ForecastSetter, Input
from brian_nb.network.value_reading import FunctionReading
from brian_nb.units import ALL_UNITS, Quantity, get_dimension, name_dimension

_SECOND = ALL_UNITS["second"]
_HERTZ = get_dimension(ALL_UNITS["hertz"])
_FIRES = Compare("<", Call("rand", ()), Binary("*", Name("rate"), Name("dt")))


class PoissonGroup(NeuronGroup):
    """Neurons that fire as independent Poisson processes.

    In each step a neuron fires with probability ``rate*dt``.

    Parameters
    ----------
    N : int
        Number of neurons.
    rates : Quantity, array_like[N], str or callable; hertz
        One rate for all, or one for each; an expression of `t`, such as
        ``'10*Hz*(1 + cos(2*pi*t*5*Hz))'``; or a function of the time, which gives one rate or one
        for each. They are the variable `rate`, and can be changed, also to another form.
    clock : Clock, optional

    Attributes
    ----------
    rates
        What was given last.

    Raises
    ------
    DimensionMismatchError
        The rates are no frequencies.
    ModelError
        A rate is negative, or their number fits neither one nor all neurons.

    Notes
    -----
    A function made of expressions, conditions, loops and known functions is compiled, and numbers
    and arrays that it uses may be changed between runs. Of others, those that use numbers, arrays
    and functions of NumPy only are computed ahead of each segment of a run. All others are called
    in every step, for which the time loop is left. Negative values of a function count as 0.
    """

    def __init__(self, N, rates=0 * ALL_UNITS["hertz"], clock=None):  # noqa: N803
        super().__init__(N, "rate : hertz", threshold=_FIRES, clock=clock)
        self.rates = rates

    @property
    def rates(self):
        return self._rates

    @rates.setter
    def rates(self, rates):
        self.rate = rates
        self.__dict__["_rates"] = rates

    def set_variable(self, name, value):
        if callable(value):
            self.attach(self._make_input(value))
        elif isinstance(value, (str, Source)):
            self.attach(self._read_expression(value))
        else:
            values = to_si(value, _HERTZ, self._what)
            if np.any(values < 0):
                raise ModelError(f"{self._what} cannot be negative")
            super().set_variable(name, value)

    @property
    def _what(self):
        return f"the rates of {self.describe()}"

    def _read_expression(self, text):
        source = as_source(text, "rates")
        expression, constants = resolve_expression(source, self.system, caller_namespace())
        found = infer_dimension(expression, self.system.with_constants(constants).dimension_of)
        self.require_hertz(found)
        setter = RateSetter(self, source.text.strip())
        values = {name: float(value) for name, value in constants.items()}
        setter.set_expression(expression, values)
        return setter

    def _make_input(self, function):
        watch = find_inputs(function)
        try:
            return FunctionSetter(self, function, compiles=watch is None)
        except Untranslatable as problem:
            reason = str(problem)
        if watch is None:
            return RateInput(self, function, reason)
        return ForecastSetter(self, "rate", lambda t: self.compute_rates(function, t), watch)

    def compute_rates(self, function, t):
        """What a function gives as rates at a time in seconds: a float, or float64[N].

        Raises
        ------
        ModelError, DimensionMismatchError
            It gives no rates.
        """
        result = function(t * _SECOND)
        if isinstance(result, Quantity) or type(result) in (int, float):
            if result != 0:
                check_dimension(result, _HERTZ, self._what)
        return read_result(result, self, "the function of the rates")

    def require_hertz(self, found):
        """Raise where what gives the rates is in another unit."""
        if found != _HERTZ:
            raise DimensionMismatchError(
                f"{self._what} must be in hertz, but they are in {name_dimension(found)}"
            )


class RateSetter(ExpressionSetter):
    """Sets the rates to an expression of the time, in the compiled loop.

    Parameters
    ----------
    group : PoissonGroup
    words : str
        What they are, for a description of the group.
    """

    def __init__(self, group, words):
        super().__init__(group, "rate", PLACE)
        self._words = words

    def tell(self):
        return f"is {self._words}"


class FunctionSetter(RateSetter):
    """Sets the rates to a function of the time, in the compiled loop.

    Parameters
    ----------
    group : PoissonGroup
    function : callable
    compiles : bool
        Whether it may be compiled where it cannot be read.

    Raises
    ------
    Untranslatable
        Only Python can compute it.
    """

    def __init__(self, group, function, compiles=False):
        super().__init__(group, "a function of the time")
        self._reading = FunctionReading(function, "rates", [Name(TIME)], {}, compiles)
        found = self._reading.find_dimension()
        if found is not None:
            group.require_hertz(found)
        self.set_expression(self._reading.expression, self._reading.numbers.values)
        self.is_watching = self._reading.numbers.are_followed

    def refresh(self):
        self._reading.numbers.refresh(self.values.constants)


class RateInput(Input):
    """Calls a function of the rates in every step.

    The time loop is left for it, so it costs its own time and some microseconds a step.

    Parameters
    ----------
    group : PoissonGroup
    function : callable
    reason : str
        Why it is not computed otherwise.
    """

    def __init__(self, group, function, reason):
        super().__init__(group, "rate", PLACE)
        self._function = function
        self.python_part = "the function of the rates"
        self.note = f"it is called by Python in every step, as {reason}"

    def list_calls(self):
        return [(self.when, self.clock, self.update)]

    def update(self):
        """Set the rates for the present time."""
        now = self.clock.timebase.t
        rates = self.target.compute_rates(self._function, now)
        self.target.values.variables[self.variable][:] = rates

    def tell(self):
        return "takes the values of a function"
