"""What rules at synapses have in common: a connection, variables with equations, constants."""

from abc import ABC, abstractmethod

from brian_nb.errors import BrianError
from brian_nb.network.base import NetworkObject
from brian_nb.network.quantities import to_si
from brian_nb.units import Quantity


class SynapticRule(NetworkObject, ABC):
    """Something that spikes do at the synapses of a connection.

    Its variables and constants are attributes. A variable is an array float64[n] in SI units with
    one value for each source neuron, target neuron or synapse; the array is a copy, and is set as
    a whole: ``rule.x = 0``.

    Parameters
    ----------
    connection : Connection

    Attributes
    ----------
    connection : Connection
    contained_objects : list of Traces
        The groups that hold its variables.
    """

    def __init__(self, connection):
        super().__init__()
        self.__dict__.update(connection=connection, contained_objects=[], _dimensions={})

    def list_needed(self):
        return [self.connection, *super().list_needed()]

    @abstractmethod
    def lower(self, place_of, synapses):
        """Describe the rule.

        Parameters
        ----------
        place_of : callable
            Gives the position of a group in the network.
        synapses : int
            Position of its synapses in the network.

        Returns
        -------
        Plasticity or Modulation, and its state
        """

    def fit(self):
        """Let the variables of synapses follow the synapses of the connection."""

    def describe(self):
        """How messages name this object."""
        if self.label:
            return f"`{self.label}`"
        return f"the {type(self).__name__} of {self.connection.describe()}"

    def set_constant(self, name, value):
        """Change a constant of the equations or the statements.

        Parameters
        ----------
        name : str
        value : Quantity or number

        Raises
        ------
        DimensionMismatchError
            The value has another dimension than the constant.
        """
        for group in self.contained_objects:
            if name in group.system.constants:
                group.set_constant(name, value)
        if name in self._dimensions:
            what = f"{name} of {self.describe()}"
            self._constants[name] = float(to_si(value, self._dimensions[name], what))

    @property
    def constants(self):
        """Names of the constants of its statements; those of equations belong to its groups."""
        return tuple(self._dimensions)

    # -- variables and constants as attributes ---------------------------------------------

    @property
    def _constants(self):
        """Values of the constants of statements, SI units; `_dimensions` has their dimensions."""
        return {}

    def __getattr__(self, name):
        if name.startswith("_") or "contained_objects" not in self.__dict__:
            raise AttributeError(name)
        group = self._find_group(name)
        if group is not None:
            return getattr(group, name)
        if name in self._dimensions:
            return Quantity(self._constants[name], self._dimensions[name])
        raise UnknownAttributeError(self, name)

    def __setattr__(self, name, value):
        is_own = name in self.__dict__ or hasattr(type(self), name)
        is_known = "contained_objects" in self.__dict__ and not is_own
        group = self._find_group(name) if is_known else None
        if group is not None and name not in group.system.constants:
            setattr(group, name, value)
        elif is_known and (group is not None or name in self._dimensions):
            self.set_constant(name, value)
        else:
            object.__setattr__(self, name, value)

    def _find_group(self, name):
        """The group that has something of that name; None if there is none."""
        self.fit()
        for group in self.contained_objects:
            if name in _names_of(group.system):
                return group
        return None


class UnknownAttributeError(BrianError, AttributeError):
    """A rule has nothing of a name."""

    def __init__(self, rule, name):
        known = [item for group in rule.contained_objects for item in _names_of(group.system)]
        known = dict.fromkeys([*known, *rule._dimensions])
        super().__init__(
            f"{rule.describe()} has no variable or attribute {name!r}",
            hint=f"its variables and constants are {', '.join(known) or 'none'}",
        )


def _names_of(system):
    statics = [item.name for item in system.statics]
    return [*system.variables, *statics, *system.aliases, *system.constants]
