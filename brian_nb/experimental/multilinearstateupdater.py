"""Groups in which each neuron has linear equations of its own."""

import numpy as np

from brian_nb.errors import ModelError, UnknownNameError
from brian_nb.network import NeuronGroup
from brian_nb.network.scope import caller_namespace

__all__ = ["MultiLinearNeuronGroup"]


class MultiLinearNeuronGroup(NeuronGroup):
    """A group whose linear equations have other coefficients for each neuron; steps are exact.

    Parameters
    ----------
    eqs : str or Equations
        Linear differential equations, and parameters.
    subs : list of str
        Parameters that take the values of the same name around the caller: arrays in SI units,
        one value for each neuron, or single values. The arrays say how many neurons there are.
    clock : Clock, optional
    level : int
        How many calls further up names are looked for.
    **kwds
        Further keywords of `NeuronGroup`.

    Raises
    ------
    UnknownNameError
        There is no such parameter, or no value of its name.
    ModelError
        The equations are not linear, or arrays differ in length.

    Notes
    -----
    The parameters stay variables of the group: setting them changes the coefficients.
    """

    def __init__(self, eqs, subs, clock=None, level=0, **kwds):
        around = caller_namespace(level)
        values = {name: _find_value(name, around) for name in subs}
        sizes = {np.size(value) for value in values.values() if np.ndim(value)}
        if len(sizes) > 1:
            raise ModelError(
                f"the values of {', '.join(values)} have different lengths: "
                f"{', '.join(map(str, sorted(sizes)))}"
            )
        size = sizes.pop() if sizes else 1
        super().__init__(size, eqs, clock=clock, level=level, **{"method": "linear", **kwds})
        for name, value in values.items():
            if name not in self.values.variables:
                raise UnknownNameError(
                    f"{name} is no parameter of these equations",
                    hint=f"declare it with a line `{name} : unit`",
                )
            self.set_variable(name, value)


def _find_value(name, around):
    if name not in around:
        raise UnknownNameError(f"there is no value of {name} to put into the equations")
    return around[name]
