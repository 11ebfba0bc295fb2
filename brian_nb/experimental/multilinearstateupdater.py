"""Groups of neurons with linear equations whose coefficients differ between the neurons."""

import numpy as np

from brian_nb.equations.namespace import suggest
from brian_nb.errors import ModelError, UnknownNameError
from brian_nb.network.equations import Equations
from brian_nb.network.group import NeuronGroup
from brian_nb.network.scope import caller_namespace

__all__ = ["MultiLinearNeuronGroup"]


class MultiLinearNeuronGroup(NeuronGroup):
    """A group with a linear system of its own for each neuron, stepped exactly.

    Parameters
    ----------
    eqs : str or Equations
        Linear equations with parameters.
    subs : list of str
        Parameters that take the values of the arrays of the same names around the caller; their
        common length is the number of neurons. One value serves all neurons.
    clock : Clock, optional
    level : int
        How many calls further up names are looked for.
    **kwds
        Further arguments of `NeuronGroup`.

    Raises
    ------
    UnknownNameError
        There is no such parameter, or no such array.
    ModelError
        The arrays have different lengths, or the equations are not linear.
    """

    def __init__(self, eqs, subs, clock=None, level=0, **kwds):
        equations = eqs if isinstance(eqs, Equations) else Equations(eqs, level=level)
        known = [item.name for item in equations.resolve(unit_checking=False).parameters]
        around = caller_namespace(level)
        values = {name: _find_array(name, known, around) for name in subs}
        super().__init__(
            _count(values), equations, clock=clock, level=level, method="linear", **kwds
        )
        for name, array in values.items():
            self.set_variable(name, array)


def _find_array(name, known, around):
    if name not in known:
        raise UnknownNameError(
            f"the equations have no parameter {name}",
            hint=suggest(name, known) or f"write a line `{name} : unit` in the equations",
        )
    if name not in around:
        raise UnknownNameError(f"there is no array {name} with the values of the parameter {name}")
    try:
        return np.atleast_1d(np.asarray(around[name], dtype=np.float64))
    except (TypeError, ValueError):
        raise ModelError(f"{name} must be an array of numbers, not {around[name]!r}") from None


def _count(values):
    """Number of neurons: the common length of the arrays."""
    lengths = {array.size for array in values.values()} - {1} or {1}
    if len(lengths) > 1:
        listed = ", ".join(f"{name} has {array.size}" for name, array in values.items())
        raise ModelError(f"the arrays have different lengths: {listed}")
    return lengths.pop()
