"""The amplifier of current-clamp recordings, with its electrode."""

from brian_nb.library.building import build_equations
from brian_nb.library.electrophysiology.electrode import is_zero
from brian_nb.units import ALL_UNITS

_MOHM, _PF, _OHM, _FARAD = (ALL_UNITS[name] for name in ("Mohm", "pF", "ohm", "farad"))

_CHARGED = """
dv_in/dt = (i_cmd - i_inj)/(Ce - capa_comp) : volt
i_inj = (v_in - vm)/Re : amp
v_rec = v_in - bridge*i_cmd : volt
"""
_NEUTRALIZED = """
v_rec = vm + (Re - bridge)*i_cmd : volt
i_inj = i_cmd : amp
"""
# Where the neutralization is a variable, it may come to equal the capacitance; what is left then is
# a capacitance far too small to be seen.
_LEFT = "(Ce - capa_comp if abs(Ce - capa_comp) > 1e-6*Ce else 1e-6*Ce)"
_VARIABLE = _CHARGED.replace("(Ce - capa_comp)", _LEFT)


def current_clamp(
    vm="vm",
    i_inj="i_inj",
    v_rec="v_rec",
    i_cmd="i_cmd",
    Re=80 * _MOHM,
    Ce=4 * _PF,
    bridge=0 * _OHM,
    capa_comp=0 * _FARAD,
):
    """A current-clamp amplifier with its electrode, a resistor and a capacitor.

    Parameters
    ----------
    vm : str
        Potential at the tip of the electrode.
    i_inj : str
        Current that enters there.
    v_rec : str
        The recording.
    i_cmd : str, Quantity or None
        Command current; None where nothing is injected.
    Re : Quantity or str, ohm
        Resistance of the electrode. A string names a variable of other equations, here as below.
    Ce : Quantity or str, farad
        Its capacitance.
    bridge : Quantity or str, ohm
        Bridge compensation: ``bridge*i_cmd`` is taken off the recording.
    capa_comp : Quantity or str, farad
        Capacitance neutralization: a feedback current ``capa_comp*dv/dt``. More than `Ce` is
        unstable.

    Returns
    -------
    Equations
    """
    parameters = {
        "vm": vm,
        "i_inj": i_inj,
        "v_rec": v_rec,
        "i_cmd": "0*amp" if i_cmd is None else i_cmd,
        "Re": Re,
        "bridge": bridge,
    }
    title = "current_clamp"
    is_variable = isinstance(Ce, str) or isinstance(capa_comp, str)
    if not is_variable and is_zero(Ce - capa_comp):
        return build_equations(_NEUTRALIZED, title, **parameters)
    parameters |= {"Ce": Ce, "capa_comp": capa_comp, "v_in": None}
    return build_equations(_VARIABLE if is_variable else _CHARGED, title, **parameters)
