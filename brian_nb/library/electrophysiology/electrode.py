"""Electrodes as resistors and capacitors."""

from brian_nb.errors import ModelError
from brian_nb.library.building import build_equations

_CHARGED = """
dv_el/dt = (i_cmd - i_inj)/Ce : volt
i_inj = (v_el - vm)/({Re}) : amp
"""
_IDEAL = """
v_el = vm + ({Re})*i_cmd : volt
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
    resistances, capacitances = _as_list(Re), _as_list(Ce)
    if len(resistances) != len(capacitances) or not resistances:
        raise ModelError(
            f"an electrode of {len(resistances)} resistances needs as many capacitances, "
            f"not {len(capacitances)}"
        )
    circuits = _group(resistances, capacitances)
    inner = range(1, len(circuits))
    potentials = [v_el, *(f"{v_el}_{k}" for k in inner), vm]
    currents = ["0*amp" if i_cmd is None else i_cmd, *(f"{i_inj}_{k}" for k in inner), i_inj]
    return sum(
        _make_circuit(
            *circuit,
            v_el=potentials[k],
            vm=potentials[k + 1],
            i_inj=currents[k + 1],
            i_cmd=currents[k],
        )
        for k, circuit in enumerate(circuits)
    )


def _group(resistances, capacitances):
    """Circuits as pairs of resistances and a capacitance.

    A resistance that no capacitance charges belongs to the circuit before it.
    """
    circuits = []
    for resistance, capacitance in zip(resistances, capacitances, strict=True):
        if circuits and is_zero(capacitance):
            circuits[-1][0].append(resistance)
        else:
            circuits.append(([resistance], capacitance))
    return circuits


def _make_circuit(resistances, capacitance, **parameters):
    names = ["Re", *(f"Re_{k}" for k in range(2, len(resistances) + 1))]
    parameters |= dict(zip(names, resistances, strict=True))
    if not is_zero(capacitance):
        parameters["Ce"] = capacitance
    text = _IDEAL if is_zero(capacitance) else _CHARGED
    return build_equations(text.format(Re=" + ".join(names)), "electrode", **parameters)


def is_zero(value):
    """Whether a parameter is the number 0, and no name."""
    return not isinstance(value, str) and float(value) == 0


def _as_list(values):
    return list(values) if isinstance(values, (list, tuple)) else [values]
