"""What groups and subgroups share: a range of neurons whose variables are attributes."""

import warnings

import numpy as np

from brian_nb.engine import note_change
from brian_nb.equations.expressions import Name
from brian_nb.equations.fixed_points import find_fixed_points
from brian_nb.equations.namespace import TIME
from brian_nb.errors import BrianError, ModelError
from brian_nb.network.base import NetworkObject
from brian_nb.network.firing import find_variable
from brian_nb.network.last_spikes import LastSpikes
from brian_nb.network.numbers import to_index, to_slice
from brian_nb.network.present_values import compute_now, restore_calls
from brian_nb.network.quantities import to_si
from brian_nb.units import ALL_UNITS, Quantity, get_dimension

_TIME = get_dimension(ALL_UNITS["second"])


def count_neurons(n):
    """A number of neurons in words."""
    return "1 neuron" if n == 1 else f"{n} neurons"


class Neurons(NetworkObject):
    """A contiguous range of the neurons of one group.

    State variables, parameters and static equations are attributes: arrays float64[len(self)] in
    SI units, views of the state where they can be written. `t` is the time of the group's clock.
    """

    def __init__(self, owner, first, size):
        super().__init__()
        self.__dict__.update(owner=owner, first=first, size=size, contained_objects=[])
        self.__dict__["_next_subgroup"] = 0

    def __len__(self):
        return self.size

    def __getitem__(self, item):
        """A subgroup: ``group[2:5]``, or ``group[2]`` for one neuron."""
        from brian_nb.network.subgroup import Subgroup

        if isinstance(item, slice):
            first, last, stride = to_slice(item).indices(self.size)
        else:
            first, stride = range(self.size)[to_index(item)], 1
            last = first + 1
        if stride != 1 or last <= first:
            raise ModelError(
                f"{self.describe()} has {self.size} neurons; [{item}] is no range of them",
                hint="subgroups are contiguous and hold at least one neuron, such as group[0:10]",
            )
        return Subgroup(self, first, last - first)

    def subgroup(self, N):
        """The next `N` neurons that no earlier call has given."""
        N, first = to_index(N), self._next_subgroup
        if first + N > self.size:
            raise ModelError(
                f"{self.describe()} has {self.size - first} neurons left to give, not {N}"
            )
        self.__dict__["_next_subgroup"] = first + N
        return self[first : first + N]

    # -- values of all variables -----------------------------------------------------------

    def state(self, var):
        """Values of a variable, by its name or number, float64[len(self)] in SI units."""
        system = self.owner.system
        name = system.aliases.get(var, var) if isinstance(var, str) else find_variable(system, var)
        is_value = name not in system.constants and name != TIME
        found = self._read(self.owner, name) if is_value else None
        if found is None:
            raise UnknownVariableError(self, var)
        return found

    state_ = state

    def unit(self, var):
        """Unit of a variable: one volt, for instance."""
        system = self.owner.system
        name = find_variable(system, var) if not isinstance(var, str) else var
        if name is None:
            raise UnknownVariableError(self, var)
        return Quantity(1.0, system.dimension_of(name))

    def get_var_index(self, var):
        """Number of a state variable or parameter: its row in `_S`."""
        name = find_variable(self.owner.system, var)
        if name is None:
            raise UnknownVariableError(self, var)
        return list(self.owner.values.variables).index(name)

    @property
    def var_index(self):
        """Numbers of all state variables and parameters, by their names."""
        return {name: row for row, name in enumerate(self.owner.values.variables)}

    @property
    def _S(self):
        """State variables and parameters as rows, float64[k, len(self)], a view."""
        return self.owner.values.matrix[:, self.first : self.first + self.size]

    @_S.setter
    def _S(self, values):
        self._S[:] = values

    @property
    def _dS(self):
        """Room for code that computes changes of `_S`, of the same shape."""
        if "_changes" not in self.__dict__:
            self.__dict__["_changes"] = np.zeros_like(self._S)
        return self.__dict__["_changes"]

    @_dS.setter
    def _dS(self, values):
        self._dS[:] = values

    def rest(self):
        """Set the variables to a fixed point of their equations, with the present parameters.

        It is the one that a neuron left alone would reach from its present state, where the
        search finds it. Where none is found, the state stays, and a warning is given.
        """
        owner, share = self.owner, slice(self.first, self.first + self.size)
        rows = {name: array[share] for name, array in owner.values.variables.items()}
        values = {**owner.values.constants, **rows, "t": owner.clock.timebase.t}
        found, has_converged = find_fixed_points(restore_calls(owner), values, is_near=False)
        has_converged = np.broadcast_to(has_converged, self.size)
        for name, array in found.items():
            rows[name][has_converged] = np.broadcast_to(array, self.size)[has_converged]
        n_left = np.count_nonzero(~has_converged)
        if n_left:
            warnings.warn(
                f"no fixed point was found for {n_left} of the neurons of {self.describe()}, "
                "whose state stays",
                stacklevel=2,
            )

    # -- spikes ----------------------------------------------------------------------------

    @property
    def LS(self):
        """The last spikes, for code in Python: `LastSpikes`."""
        return LastSpikes(self)

    def get_spikes(self, delay=0):
        """Numbers of the neurons that fired so long before the last update.

        Parameters
        ----------
        delay : int or Quantity
            Steps, or a time, such as the `delay` of a connection.

        Returns
        -------
        int32[n_spikes]
        """
        if isinstance(delay, Quantity):
            seconds = float(to_si(delay, _TIME, "the delay of spikes"))
            delay = self.owner.clock.timebase.steps_in(seconds)
        return self.LS[delay]

    def describe(self):
        """How messages name this object."""
        return f"`{self.label}`" if self.label else f"a group of {count_neurons(self.size)}"

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
        if name == TIME:
            return owner.clock.t
        if name in owner.system.constants:
            return Quantity(owner.values.constants[name], owner.system.dimension_of(name))
        if name in {static.name for static in owner.system.statics}:
            return self._evaluate(owner, name)[share]
        return None

    def _evaluate(self, owner, name):
        return compute_now(owner, Name(name))

    def __setattr__(self, name, value):
        owner = self.__dict__.get("owner")
        if owner is None or name in self.__dict__ or name.startswith("_"):
            object.__setattr__(self, name, value)
            if name == "clock":
                note_change()
            return
        target = owner.system.aliases.get(name, name)
        if target.endswith("_") and target[:-1] in owner.values.variables:
            target = target[:-1]
        if target in owner.values.variables:
            if hasattr(value, "attach_to"):
                value.attach_to(self, target)
            else:
                owner.detach(target, self.first, self.size)
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
        dimension = self.owner.system.dimension_of(name) if self.owner.is_checked else None
        values = to_si(value, dimension, what)
        if values.ndim > 1 or values.size not in (1, self.size):
            raise ModelError(
                f"{what} takes one value or {self.size}, one for each neuron, not {values.size}"
            )
        with self.owner.clock.timebase.between_segments():
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
