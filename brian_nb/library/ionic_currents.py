"""Ionic currents: leak, and the sodium and potassium currents of Hodgkin and Huxley.

All are positive where they charge the membrane: ``g*(E - vm)``.
"""

from brian_nb.library.building import build_equations
from brian_nb.library.membrane import Current

__all__ = ["K_current_HH", "Na_current_HH", "leak_current"]

# A rate a*x/(exp(x) - 1) is written a/exprel(x), which has no hole at x = 0.
_POTASSIUM = """
{name} = gK*n**4*(EK - vm) : amp
dn/dt = alphan*(1 - n) - betan*n : 1
alphan = 0.1/exprel(1 - vm/(10*mV))/ms : Hz
betan = 0.125*exp(-vm/(80*mV))/ms : Hz
"""
_SODIUM = """
{name} = gNa*m**3*h*(ENa - vm) : amp
dm/dt = alpham*(1 - m) - betam*m : 1
dh/dt = alphah*(1 - h) - betah*h : 1
alpham = 1/exprel(2.5 - vm/(10*mV))/ms : Hz
betam = 4*exp(-vm/(18*mV))/ms : Hz
alphah = 0.07*exp(-vm/(20*mV))/ms : Hz
betah = 1/(1 + exp(3 - vm/(10*mV)))/ms : Hz
"""


def leak_current(gl, El, current_name=None):
    """Leak current, ``gl*(El - vm)``.

    Parameters
    ----------
    gl : Quantity or str, siemens
        Conductance, or the name of a variable of other equations.
    El : Quantity or str, volt
        Reversal potential.
    current_name : str, optional
        Name of the current; one that nothing else has if omitted.

    Returns
    -------
    Current
    """
    return _build("{name} = gl*(El - vm) : amp", "I_leak", current_name, gl=gl, El=El)


def K_current_HH(gmax, EK, current_name=None):
    """Potassium current of the squid's giant axon, ``gmax*n**4*(EK - vm)``; rest is at 0 mV.

    Parameters
    ----------
    gmax : Quantity or str, siemens
        Largest conductance.
    EK : Quantity or str, volt
        Reversal potential, from the resting potential.
    current_name : str, optional
        As of `leak_current`.

    Returns
    -------
    Current
        With the gate `n` and its rates `alphan` and `betan`.

    Source
    ------
    Hodgkin & Huxley 1952, J. Physiol. 117:500, equations 6 and 12-13, in the sign of today.
    """
    return _build(_POTASSIUM, "I_K", current_name, gK=gmax, EK=EK)


def Na_current_HH(gmax, ENa, current_name=None):
    """Sodium current of the squid's giant axon, ``gmax*m**3*h*(ENa - vm)``; rest is at 0 mV.

    Parameters
    ----------
    gmax, ENa, current_name
        As of `K_current_HH`.

    Returns
    -------
    Current
        With the gates `m` and `h`, and their rates `alpham`, `betam`, `alphah` and `betah`.

    Source
    ------
    Hodgkin & Huxley 1952, J. Physiol. 117:500, equations 14, 20-21 and 23-24.
    """
    return _build(_SODIUM, "I_Na", current_name, gNa=gmax, ENa=ENa)


def _build(text, name, wanted, **parameters):
    """A current under the name wanted, or one of its own."""
    keywords = {"current_name": name}
    text = text.format(name=name)
    return build_equations(text, name, Current, keywords, **{name: wanted}, **parameters)
