"""Integrate-and-fire models, of one and of two variables."""

from brian_nb.library.adaptive_reset import AdaptiveReset
from brian_nb.library.building import build_equations
from brian_nb.library.membrane import Current, MembraneEquation
from brian_nb.units import ALL_UNITS

__all__ = [
    "AdaptiveReset",
    "Brette_Gerstner",
    "Izhikevich",
    "aEIF",
    "exp_IF",
    "leaky_IF",
    "perfect_IF",
    "quadratic_IF",
]

_MS, _MV, _PF, _NS = (ALL_UNITS[name] for name in ("ms", "mV", "pF", "nS"))


def leaky_IF(tau, El):
    """Leaky integrate-and-fire model, ``tau*dvm/dt = El - vm``.

    Parameters
    ----------
    tau : Quantity or str, second
        Membrane time constant.
    El : Quantity or str, volt
        Resting potential. A string names a variable of other equations, here as everywhere.

    Returns
    -------
    MembraneEquation
        What is added to it as currents is in volt.
    """
    return MembraneEquation(tau) + _current("El - vm : volt", "leaky_IF", El=El)


def perfect_IF(tau):
    """Perfect integrator, ``tau*dvm/dt`` = sum of what is added to it as currents, in volt.

    Parameters
    ----------
    tau : Quantity or str, second

    Returns
    -------
    MembraneEquation
    """
    return MembraneEquation(tau)


def quadratic_IF(C, a, EL, VT):
    """Quadratic integrate-and-fire model, ``C*dvm/dt = a*(vm - EL)*(vm - VT)``.

    Parameters
    ----------
    C : Quantity or str, farad
    a : Quantity or str, siemens/volt
    EL, VT : Quantity or str, volt
        Resting potential, and the potential above which a spike begins.

    Returns
    -------
    MembraneEquation

    Source
    ------
    Latham et al. 2000, J. Neurophysiol. 83:808, equation 1.
    """
    total = _current("a*(vm - EL)*(vm - VT) : amp", "quadratic_IF", a=a, EL=EL, VT=VT)
    return MembraneEquation(C) + total


def exp_IF(C, gL, EL, VT, DeltaT):
    """Exponential integrate-and-fire model.

    ``C*dvm/dt = gL*(EL - vm) + gL*DeltaT*exp((vm - VT)/DeltaT)``

    Parameters
    ----------
    C : Quantity or str, farad
    gL : Quantity or str, siemens
    EL, VT, DeltaT : Quantity or str, volt
        Leak reversal potential, threshold, and sharpness of the spike's onset.

    Returns
    -------
    MembraneEquation

    Source
    ------
    Fourcaud-Trocme et al. 2003, J. Neurosci. 23:11628.
    """
    text = "gL*(EL - vm) + gL*DeltaT*exp((vm - VT)/DeltaT) : amp"
    total = _current(text, "exp_IF", gL=gL, EL=EL, VT=VT, DeltaT=DeltaT)
    return MembraneEquation(C) + total


def Izhikevich(a=0.02 / _MS, b=0.2 / _MS):
    """Izhikevich's model: the potential ``vm`` in volt, the recovery ``w`` in volt/second.

    ``dvm/dt = (0.04/ms/mV)*vm**2 + (5/ms)*vm + 140*mV/ms - w`` and ``dw/dt = a*(b*vm - w)``

    Parameters
    ----------
    a, b : Quantity or str, hertz
        Rate of the recovery, and how strongly it follows the potential.

    Returns
    -------
    MembraneEquation
        What is added to it as currents is in volt/second.

    Source
    ------
    Izhikevich 2003, IEEE Trans. Neural Netw. 14:1569.
    """
    text = """
    {name} = (0.04/ms/mV)*vm**2 + (5/ms)*vm + 140*mV/ms - w : volt/second
    dw/dt = a*(b*vm - w) : volt/second
    """
    return MembraneEquation(1.0) + _current(text, "Izhikevich", a=a, b=b)


def Brette_Gerstner(
    C=281 * _PF,
    gL=30 * _NS,
    EL=-70.6 * _MV,
    VT=-50.4 * _MV,
    DeltaT=2 * _MV,
    tauw=144 * _MS,
    a=4 * _NS,
):
    """Adaptive exponential integrate-and-fire model: potential ``vm``, adaptation current ``w``.

    ``C*dvm/dt = gL*(EL - vm) + gL*DeltaT*exp((vm - VT)/DeltaT) - w`` and
    ``tauw*dw/dt = a*(vm - EL) - w``. A spike adds to `w` (see `AdaptiveReset`); a good threshold
    is ``VT + 4*DeltaT``.

    Parameters
    ----------
    C : Quantity or str, farad
    gL, a : Quantity or str, siemens
        Leak conductance, and coupling of the adaptation to the potential.
    EL, VT, DeltaT : Quantity or str, volt
    tauw : Quantity or str, second

    Returns
    -------
    MembraneEquation

    Source
    ------
    Brette & Gerstner 2005, J. Neurophysiol. 94:3637; the defaults are those of its figure 2.
    """
    text = """
    {name} = gL*(EL - vm) + gL*DeltaT*exp((vm - VT)/DeltaT) - w : amp
    dw/dt = (a*(vm - EL) - w)/tauw : amp
    """
    total = _current(
        text, "Brette_Gerstner", gL=gL, EL=EL, VT=VT, DeltaT=DeltaT, tauw=tauw, a=a
    )
    return MembraneEquation(C) + total


aEIF = Brette_Gerstner


def _current(text, title, **parameters):
    """The current of a model, which has a name that nothing else has."""
    text = text.format(name="Im") if "{name}" in text else f"Im = {text}"
    keywords = {"current_name": "Im"}
    return build_equations(text, title, Current, keywords, Im=None, **parameters)
