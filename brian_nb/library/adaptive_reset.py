"""The reset of models with adaptation: the potential jumps back, the adaptation current grows."""

from brian_nb.diagnostics import Source
from brian_nb.network.resets import StringReset
from brian_nb.network.scope import caller_namespace
from brian_nb.units import ALL_UNITS

_MV, _NA = ALL_UNITS["mV"], ALL_UNITS["nA"]


class AdaptiveReset(StringReset):
    """After a spike ``vm = Vr`` and ``w += b``.

    The two values are constants of the group, `Vr` and `b`, that can be changed later.

    Parameters
    ----------
    Vr : Quantity or str, volt
        Potential after a spike, or an expression for it.
    b : Quantity or str, unit of `w`
        What a spike adds to the adaptation.
    vm, w : str
        Names of the two variables.
    level : int
        How many calls further up names in expressions are looked for.

    Source
    ------
    Brette & Gerstner 2005, J. Neurophysiol. 94:3637, equation 3.
    """

    def __init__(self, Vr=-70.6 * _MV, b=0.0805 * _NA, vm="vm", w="w", level=0):
        self.Vr, self.b = Vr, b
        given = {name: value for name, value in vars(self).items() if not isinstance(value, str)}
        texts = {name: name if name in given else value for name, value in vars(self).items()}
        text = Source(f"{vm} = {texts['Vr']}\n{w} += {texts['b']}", "AdaptiveReset")
        super().__init__(text, namespace=caller_namespace(level).new_child(given))

    def __repr__(self):
        return f"AdaptiveReset(Vr={self.Vr!r}, b={self.b!r})"
