"""Weights of a connection multiplied by a variable of its source."""

from brian_nb.engine import ModulationState
from brian_nb.equations.expressions import Name
from brian_nb.errors import UnknownNameError
from brian_nb.model import Modulation
from brian_nb.network.firing import find_variable
from brian_nb.network.present_values import list_refreshing
from brian_nb.network.quantities import check_dimension
from brian_nb.network.synaptic_rules import SynapticRule
from brian_nb.units import DIMENSIONLESS, Quantity


class StateModulation(SynapticRule):
    """Each spike takes along the value of a variable of the neuron that fired.

    Parameters
    ----------
    connection : Connection
    state : str or int
        Variable or static equation of the source, by its name; or variable by its number.

    Raises
    ------
    UnknownNameError
        The source has no such variable.
    DimensionMismatchError
        The variable is no plain number.
    """

    def __init__(self, connection, state):
        super().__init__(connection)
        self.__dict__.update(state=state, _state=ModulationState())
        self._find_variable()

    def list_calls(self):
        source = self.connection.source
        return list_refreshing(
            source, [self._find_variable()], "before_connections", source.owner.clock
        )

    def lower(self, place_of, synapses):
        source = place_of(self.connection.source.owner)
        return Modulation(synapses, source, Name(self._find_variable())), self._state

    def read_factors(self):
        """Present values of the variable, float64[len(source)]."""
        return getattr(self.connection.source, self._find_variable())

    def _find_variable(self):
        source = self.connection.source
        system = source.owner.system
        name = system.aliases.get(self.state, self.state)
        if name not in {static.name for static in system.statics}:
            name = find_variable(system, self.state)
        if name is None:
            raise UnknownNameError(
                f"{source.describe()} has no variable {self.state!r} to modulate weights by",
                hint=f"its variables are {', '.join(system.variables) or 'none'}",
            )
        check_dimension(
            Quantity(1.0, system.dimension_of(name)),
            DIMENSIONLESS,
            f"{name} of {source.describe()}, which modulates weights,",
        )
        return name

    def __repr__(self):
        return f"<StateModulation of {self.connection.describe()} by {self.state}>"
