"""The reset of models with adaptation: the potential jumps back, the adaptation current grows."""

from brian_nb.diagnostics import Source
from brian_nb.units import ALL_UNITS, get_dimension, name_dimension

_MV, _NA = ALL_UNITS["mV"], ALL_UNITS["nA"]


class AdaptiveReset(Source):
    """After a spike ``vm = Vr`` and ``w += b``, to be passed as `reset` of a group.

    Parameters
    ----------
    Vr : Quantity or str, volt
        Potential after a spike, or the name of what holds it.
    b : Quantity or str, unit of `w`
        What a spike adds to the adaptation.
    vm, w : str
        Names of the two variables.

    Source
    ------
    Brette & Gerstner 2005, J. Neurophysiol. 94:3637, equation 3.
    """

    def __init__(self, Vr=-70.6 * _MV, b=0.0805 * _NA, vm="vm", w="w"):
        text = f"{vm} = {_write(Vr)}\n{w} += {_write(b)}"
        super().__init__(text, title="AdaptiveReset")
        self.__dict__.update(Vr=Vr, b=b)


def _write(value):
    """A value as text that has its unit."""
    if isinstance(value, str):
        return value
    unit = name_dimension(get_dimension(value))
    return repr(float(value)) if unit == "1" else f"{float(value)!r}*{unit}"
