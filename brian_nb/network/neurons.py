"""What groups and subgroups share: a range of neurons whose variables are attributes."""

import numpy as np

from brian_nb.equations.expressions import evaluate
from brian_nb.errors import BrianError, ModelError
from brian_nb.network.base import NetworkObject
from brian_nb.network.quantities import to_si
from brian_nb.units import Quantity


class Neurons(NetworkObject):
    """A contiguous range of the neurons of one group.

    State variables, parameters and static equations are attributes: arrays float64[len(self)] in
    SI units, views of the state where they can be written.
    """

    def __init__(self, owner, first, size):
        super().__init__()
        self.__dict__.update(owner=owner, first=first, size=size, _next_subgroup=0)

    def __len__(self):
        return self.size

    def __getitem__(self, item):
        """A subgroup: ``group[2:5]``, or ``group[2]`` for one neuron."""
        from brian_nb.network.subgroup import Subgroup

        if isinstance(item, slice):
            first, last, stride = item.indices(self.size)
        else:
            first, stride = range(self.size)[item], 1
            last = first + 1
        if stride != 1 or last <= first:
            raise ModelError(
                f"{self.describe()} has {self.size} neurons; [{item}] is no range of them",
                hint="subgroups are contiguous and hold at least one neuron, such as group[0:10]",
            )
        return Subgroup(self, first, last - first)

    def subgroup(self, n):
        """The next `n` neurons that no earlier call has given."""
        first = self._next_subgroup
        if first + n > self.size:
            raise ModelError(
                f"{self.describe()} has {self.size - first} neurons left to give, not {n}"
            )
        self.__dict__["_next_subgroup"] = first + n
        return self[first : first + n]

    def state(self, name):
        """Values of a variable, by its name."""
        return getattr(self, name)

    def describe(self):
        """How messages name this object."""
        return f"`{self.label}`" if self.label else f"a group of {self.size} neurons"

    # -- variables as attributes -----------------------------------------------------------

    def __getattr__(self, name):
        owner = self.__dict__.get("owner")
        if owner is None or name.startswith("__"):
            raise AttributeError(name)
        found = self._read(owner, owner.system.aliases.get(name, name))
        if found is None and name.endswith("_"):
            found = self._read(owner, name[:-1])
        if found is None:
            raise UnknownVariableError(self, name)
        return found

    def _read(self, owner, name):
        share = slice(self.first, self.first + self.size)
        if name in owner.values.variables:
            return owner.values.present()[name][share]
        if name in owner.system.constants:
            return Quantity(owner.values.constants[name], owner.system.dimension_of(name))
        if name in {static.name for static in owner.system.statics}:
            return self._evaluate(owner, name)[share]
        return None

    def _evaluate(self, owner, name):
        values = {**owner.values.constants, **owner.values.present()}
        values["t"] = owner.clock.timebase.t
        (static,) = (item for item in owner.system.statics if item.name == name)
        result = evaluate(owner.system.inline_statics(static.expression), values)
        return np.broadcast_to(result, (owner.size,))

    def __setattr__(self, name, value):
        owner = self.__dict__.get("owner")
        if owner is None or name in self.__dict__ or name.startswith("_"):
            object.__setattr__(self, name, value)
            return
        target = owner.system.aliases.get(name, name)
        if target.endswith("_") and target[:-1] in owner.values.variables:
            target = target[:-1]
        if target in owner.values.variables:
            self.set_variable(target, value)
        elif target in owner.system.constants:
            owner.set_constant(target, value)
        else:
            object.__setattr__(self, name, value)

    def set_variable(self, name, value):
        """Set a state variable or a parameter of these neurons.

        Parameters
        ----------
        name : str
        value : Quantity, number or array_like[len(self)]

        Raises
        ------
        DimensionMismatchError
            A quantity has another dimension than the variable.
        ModelError
            The number of values fits neither one nor all neurons.
        """
        what = f"{name} of {self.describe()}"
        values = to_si(value, self.owner.system.dimension_of(name), what)
        if values.ndim > 1 or values.size not in (1, self.size):
            raise ModelError(
                f"{what} takes one value or {self.size}, one for each neuron, not {values.size}"
            )
        self.owner.values.settle()
        self.owner.values.variables[name][self.first : self.first + self.size] = values


class UnknownVariableError(BrianError, AttributeError):
    """A group has no variable of a name."""

    def __init__(self, neurons, name):
        system = neurons.owner.system
        known = [*system.variables, *(item.name for item in system.statics), *system.constants]
        super().__init__(
            f"{neurons.describe()} has no variable or attribute {name!r}",
            hint=f"its variables and constants are {', '.join(known) or 'none'}",
        )
