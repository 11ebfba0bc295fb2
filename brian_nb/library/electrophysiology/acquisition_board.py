"""A board that samples a recording and sends a command at regular times."""

from brian_nb.equations.namespace import suggest
from brian_nb.errors import ModelError, UnknownNameError
from brian_nb.network.equations import Equations
from brian_nb.network.group import NeuronGroup
from brian_nb.units import name_dimension


class AcquisitionBoard(NeuronGroup):
    """A board that reads a variable of neurons and sets another one, at each step of its clock.

    It reads after the neurons have made their step; what it sets counts from their next step on.

    Parameters
    ----------
    P : NeuronGroup or subgroup
        The neurons, with electrode and amplifier.
    V : str
        Variable to read: the recorded potential.
    I : str
        Parameter to set: the command current.
    clock : Clock, optional
        When to do so; as for a group if omitted.

    Attributes
    ----------
    record : float64[n]
        The last value read from each neuron.
    command : float64[n]
        The value that each neuron gets.

    Raises
    ------
    UnknownNameError
        The neurons have no such variable.
    ModelError
        The command is no parameter.
    """

    def __init__(self, P, V, I, clock=None):  # noqa: E741 - the manual's name
        self._connect(P, V, I)
        system = P.owner.system
        text = (
            f"record : {name_dimension(self._record_dimension(system))}\n"
            f"command : {name_dimension(self._command_dimension(system))}"
        )
        super().__init__(len(P), Equations(text, namespace={}), clock=clock, namespace={})

    def _connect(self, neurons, read, set_):
        """Take the neurons and the names of the variable to read and of the one to set."""
        system = neurons.owner.system
        names = [*system.variables, *(item.name for item in system.statics), *system.aliases]
        for name in (read, set_):
            if name not in names:
                raise UnknownNameError(
                    f"{neurons.describe()} has no variable {name}",
                    hint=suggest(name, names) or f"its variables are {', '.join(names)}",
                )
        target = system.aliases.get(set_, set_)
        if target not in {item.name for item in system.parameters}:
            raise ModelError(
                f"the command of a board sets a parameter, and {set_} is none",
                hint=f"make it one with a line `{set_} : amp` in the equations",
            )
        self.__dict__.update(_neurons=neurons, _read_name=read, _set_name=target)

    def _record_dimension(self, system):
        return system.dimension_of(self._read_name)

    def _command_dimension(self, system):
        return system.dimension_of(self._set_name)

    def list_needed(self):
        return [*super().list_needed(), self._neurons.owner]

    def list_calls(self):
        return [("middle", self.clock, self.sample)]

    def sample(self):
        """Read and set, as at each step of the clock."""
        self._store("record", self._potential())
        self._inject(self._value("command"))

    # -- the two ends of the wires ---------------------------------------------------------

    def _potential(self):
        """What is read from each neuron, float64[n], SI."""
        return self._neurons.state(self._read_name)

    def _injected(self):
        """What each neuron gets at present, a view float64[n], SI."""
        return self._neurons.state(self._set_name)

    def _inject(self, values):
        self._injected()[:] = values

    def _value(self, name):
        return self.values.variables[name]

    def _store(self, name, values):
        self.values.variables[name][:] = values
