"""The amplifier of single-electrode voltage-clamp recordings, with its electrode."""

from brian_nb.library.building import build_equations
from brian_nb.library.electrophysiology.electrode import is_zero
from brian_nb.units import ALL_UNITS

_MOHM, _OHM, _MS = (ALL_UNITS[name] for name in ("Mohm", "ohm", "ms"))

_PLAIN = """
i_rec = -i_inj : amp
i_inj = (v_cmd - vm)/Re : amp
"""
_COMPENSATED = """
i_rec = -i_inj : amp
i_inj = (v_cmd + U - vm)/Re : amp
dU/dt = (Rs*i_inj - U)/tau_u : volt
"""


def voltage_clamp(
    vm="vm",
    v_cmd="v_cmd",
    i_rec="i_rec",
    i_inj="i_inj",
    Re=80 * _MOHM,
    Rs=0 * _OHM,
    tau_u=1 * _MS,
):
    """A single-electrode voltage-clamp amplifier whose electrode is a pure resistance.

    Parameters
    ----------
    vm : str
        Potential at the tip of the electrode.
    v_cmd : str or Quantity
        Command potential.
    i_rec : str
        The recorded current, which is ``-i_inj``.
    i_inj : str
        Current that enters at the tip.
    Re : Quantity or str, ohm
        Resistance of the electrode. A string names a variable of other equations, here as below.
    Rs : Quantity or str, ohm
        Compensated series resistance: ``Rs*i_inj``, delayed, is added to the command. More than
        `Re` is unstable.
    tau_u : Quantity or str, second
        Time constant of that delay.

    Returns
    -------
    Equations
    """
    parameters = {"vm": vm, "v_cmd": v_cmd, "i_rec": i_rec, "i_inj": i_inj, "Re": Re}
    if is_zero(Rs):
        return build_equations(_PLAIN, "voltage_clamp", **parameters)
    parameters |= {"Rs": Rs, "tau_u": tau_u, "U": None}
    return build_equations(_COMPENSATED, "voltage_clamp", **parameters)
