"""Functions in equations that only Python can compute: each becomes a parameter with its value."""

from dataclasses import dataclass, replace

from brian_nb.diagnostics import Diagnostic, Mark
from brian_nb.equations import Variable
from brian_nb.equations.expressions import Call, Expression, Name, evaluate, names_in
from brian_nb.equations.externals import PythonFunction
from brian_nb.equations.function_inputs import find_inputs
from brian_nb.equations.inference import Inference
from brian_nb.equations.namespace import TIME
from brian_nb.equations.walking import rebuild
from brian_nb.errors import EquationError
from brian_nb.network.present_values import refresh_values
from brian_nb.network.python_calls import call_function
from brian_nb.network.setters import ForecastSetter, Input
from brian_nb.units import DIMENSIONLESS

PLACE = "before_groups"


@dataclass(frozen=True)
class PythonValue:
    """A call that only Python can compute.

    Parameters
    ----------
    name : str
        The parameter that has its value.
    call : Call
        Its arguments have no other such calls.
    dimensions : tuple of Dimension or object
        Of the arguments; what is no `Dimension` is not known.
    """

    name: str
    call: Call
    dimensions: tuple

    def make_input(self, group):
        """What computes the value: ahead of segments where it is a function of time, else a call.

        Parameters
        ----------
        group : NeuronGroup

        Returns
        -------
        Input
        """
        used = self.list_names(group.system)
        function = f"{self.call.function}()"
        watch = find_inputs(self.call.external.function)
        if watch is None or not used <= {TIME, *group.system.constants}:
            note = f"{function} is called by Python in every step, as {self.call.external.reason}"
            return PythonInput(group, self, note)

        def compute(t):
            return self.compute(group.system, {**group.values.constants, TIME: t}, group)

        def watch_all():
            constants = group.values.constants
            return [*watch(), *(constants[name] for name in used if name != TIME)]

        setter = ForecastSetter(group, self.name, compute, watch_all, PLACE)
        setter.python_value = self
        setter.note = f"{function} is computed by Python ahead of each segment of a run"
        return setter

    def compute(self, system, values, group):
        """Value of the call, as `call_function` gives it.

        Parameters
        ----------
        system : EquationSystem
        values : mapping of str to float or float64[n]
            SI values of all names.
        group : NeuronGroup
        """
        arguments = [evaluate(item, values) for item in self._arguments(system)]
        return call_function(self.call, arguments, self.dimensions, group)

    def list_names(self, system):
        """Names that its arguments use, a set of str."""
        return {name for item in self._arguments(system) for name in names_in(item)}

    def _arguments(self, system):
        return [system.inline_statics(item) for item in self.call.args]


class PythonInput(Input):
    """Calls a Python function in every step, before the groups are updated.

    The time loop is left for it, so it costs its own time and some microseconds a step.

    Parameters
    ----------
    group : NeuronGroup
    value : PythonValue
    note : str
        What happens, and why.
    """

    def __init__(self, group, value, note):
        super().__init__(group, value.name, PLACE)
        self.python_value, self.note = value, note
        self.python_part = f"the function {value.call.function}()"

    def list_calls(self):
        return [(self.when, self.clock, self.update)]

    def update(self):
        """Compute the value for the present state, in which earlier ones are up to date."""
        refresh_values(self.target, [self])

    def tell(self):
        return "takes the value of a function that Python calls"


def separate_python(system):
    """Make parameters of the values of calls that only Python can compute.

    Such a value is taken at the start of each step and held during it.

    Parameters
    ----------
    system : EquationSystem

    Returns
    -------
    EquationSystem
    list of PythonValue
        Each after those that its arguments need.

    Raises
    ------
    EquationError
        Noise is an argument of such a call.
    """
    separation = _Separation(system)
    differentials = tuple(map(separation.change, system.differentials))
    statics = tuple(map(separation.change, system.statics))
    if not separation.found:
        return system, []
    values = list(separation.found.values())
    parameters = tuple(Variable(item.name, DIMENSIONLESS) for item in values)
    changed = replace(
        system,
        differentials=differentials,
        statics=statics,
        parameters=(*system.parameters, *parameters),
        variables=(*system.variables, *(item.name for item in values)),
    )
    return changed, values


class _Separation:
    def __init__(self, system):
        self._system = system
        self._inference = Inference(system.dimension_of)
        self.found = {}

    def change(self, equation):
        return replace(equation, expression=rebuild(equation.expression, self._replace))

    def _replace(self, item):
        if type(item) is not Call or not isinstance(item.external, PythonFunction):
            return item
        if item not in self.found:
            self._refuse_noise(item)
            dimensions = tuple(self._find_dimension(part) for part in item.args)
            self.found[item] = PythonValue(self._choose_name(item), item, dimensions)
        return Name(self.found[item].name, item.span)

    def _find_dimension(self, expression: Expression):
        known = {item.name for item in self.found.values()}
        if any(name in known for name in names_in(expression)):
            return None
        return self._inference.infer(expression)

    def _choose_name(self, item):
        taken = {*self._system.variables, *self._system.constants, *self._system.aliases}
        taken |= {static.name for static in self._system.statics}
        taken |= {value.name for value in self.found.values()}
        first = name = f"{item.function}_value"
        number = 1
        while name in taken:
            number += 1
            name = f"{first}_{number}"
        return name

    def _refuse_noise(self, item):
        used = {name for part in item.args for name in names_in(part)}
        if used & set(self._system.noises):
            fact = f"{item.function}() is computed by Python, and cannot take the noise xi"
            raise EquationError(Diagnostic(fact, (Mark(item.span),)))
