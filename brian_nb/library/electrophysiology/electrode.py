"""Electrodes as resistors and capacitors."""

from brian_nb.errors import ModelError
from brian_nb.library.building import build_equations

_CHARGED = """
dv_el/dt = (i_cmd - i_inj)/Ce : volt
i_inj = (v_el - vm)/Re : amp
"""
_IDEAL = """
v_el = vm + Re*i_cmd : volt
i_inj = i_cmd : amp
"""


def electrode(Re, Ce, v_el="v_el", vm="vm", i_inj="i_inj", i_cmd="i_cmd"):
    """An intracellular electrode: a resistor and a capacitor, or several such circuits in series.

    Parameters
    ----------
    Re : Quantity or str, ohm, or list of them
        Resistance, from the amplifier's end on.
    Ce : Quantity or str, farad, or list of them
        Capacitance; 0 for a pure resistance.
    v_el : str
        Potential of the electrode: the recording.
    vm : str
        Membrane potential.
    i_inj : str
        Current that enters the membrane.
    i_cmd : str, Quantity or None
        Command current; None where nothing is injected.

    Returns
    -------
    Equations

    Raises
    ------
    ModelError
        The lists have different lengths, or are empty.
    """
    if not isinstance(Re, (list, tuple)) and not isinstance(Ce, (list, tuple)):
        return _make_circuit(Re, Ce, v_el, vm, i_inj, i_cmd)
    resistances, capacitances = _as_list(Re), _as_list(Ce)
    if len(resistances) != len(capacitances) or not resistances:
        raise ModelError(
            f"an electrode of {len(resistances)} resistances needs as many capacitances, "
            f"not {len(capacitances)}"
        )
    n_circuits = len(resistances)
    potentials = [v_el, *(f"{v_el}_{k}" for k in range(1, n_circuits)), vm]
    currents = [i_cmd, *(f"{i_inj}_{k}" for k in range(1, n_circuits)), i_inj]
    circuits = [
        _make_circuit(
            resistances[k],
            capacitances[k],
            potentials[k],
            potentials[k + 1],
            currents[k + 1],
            currents[k],
        )
        for k in range(n_circuits)
    ]
    return sum(circuits)


def _make_circuit(Re, Ce, v_el, vm, i_inj, i_cmd):
    parameters = {"Re": Re, "v_el": v_el, "vm": vm, "i_inj": i_inj}
    parameters["i_cmd"] = "0*amp" if i_cmd is None else i_cmd
    if is_zero(Ce):
        return build_equations(_IDEAL, "electrode", **parameters)
    return build_equations(_CHARGED, "electrode", Ce=Ce, **parameters)


def is_zero(value):
    """Whether a parameter is the number 0, and no name."""
    return not isinstance(value, str) and float(value) == 0


def _as_list(values):
    return list(values) if isinstance(values, (list, tuple)) else [values]
