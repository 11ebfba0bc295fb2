"""Synaptic currents and conductances of the usual shapes; a weight of 1 gives a maximum of 1.

Spikes are added to the variable `input`; the shape that follows is the variable `output`.
"""

from brian_nb.equations.parsing import is_identifier
from brian_nb.errors import ModelError
from brian_nb.library.building import build_equations, write_unit
from brian_nb.library.membrane import Current
from brian_nb.units import ALL_UNITS

__all__ = [
    "alpha_conductance",
    "alpha_current",
    "alpha_synapse",
    "biexp_conductance",
    "biexp_current",
    "biexp_synapse",
    "exp_conductance",
    "exp_current",
    "exp_synapse",
]

_AMP, _SIEMENS, _VOLT = (ALL_UNITS[name] for name in ("amp", "siemens", "volt"))

_EXPONENTIAL = """
dx/dt = -x/tau : {unit}
y = x
"""
_ALPHA = """
dy/dt = (exp(1)*x - y)/tau : {unit}
dx/dt = -x/tau : {unit}
"""
# The factor makes the maximum 1; written with exprel(z) = (exp(z) - 1)/z it is right for equal
# time constants, too.
_BIEXPONENTIAL = """
dy/dt = (exp(tau1/tau2/exprel(log(tau1/tau2)))*x - y)/tau1 : {unit}
dx/dt = -x/tau2 : {unit}
"""


def exp_synapse(input, tau, unit, output=None):  # noqa: A002 - the manual's name
    """Exponential synapse: after a spike ``exp(-t/tau)``.

    Parameters
    ----------
    input : str
        Variable that spikes are added to.
    tau : Quantity or str, second
        Time constant, or the name of a variable of other equations.
    unit : Unit or str
        Unit of both variables.
    output : str, optional
        The shape; ``input`` with ``_out`` at its end if omitted. It is an alias of `input`.

    Returns
    -------
    Equations
    """
    return _build(_EXPONENTIAL, "exp_synapse", input, output, unit, tau=tau)


def alpha_synapse(input, tau, unit, output=None):  # noqa: A002
    """Alpha synapse: after a spike ``(t/tau)*exp(1 - t/tau)``, with its maximum at `tau`.

    Parameters
    ----------
    input, tau, unit, output
        As of `exp_synapse`; here `output` is a variable of its own.

    Returns
    -------
    Equations
    """
    return _build(_ALPHA, "alpha_synapse", input, output, unit, tau=tau)


def biexp_synapse(input, tau1, tau2, unit, output=None):  # noqa: A002
    """Bi-exponential synapse: after a spike ``exp(-t/tau1) - exp(-t/tau2)``, its maximum made 1.

    Parameters
    ----------
    input, unit, output
        As of `exp_synapse`; here `output` is a variable of its own.
    tau1, tau2 : Quantity or str, second
        Time constants, in any order; equal ones give an alpha synapse.

    Returns
    -------
    Equations
    """
    return _build(_BIEXPONENTIAL, "biexp_synapse", input, output, unit, tau1=tau1, tau2=tau2)


def exp_current(input, tau, unit=_AMP, current_name=None):  # noqa: A002
    """Exponential synaptic current (see `exp_synapse`).

    Parameters
    ----------
    input, tau, unit
        As of `exp_synapse`.
    current_name : str, optional
        The current; ``input`` with ``_current`` at its end if omitted.

    Returns
    -------
    Current
    """
    return _make_current(exp_synapse, input, current_name, tau=tau, unit=unit)


def alpha_current(input, tau, unit=_AMP, current_name=None):  # noqa: A002
    """Synaptic current of the shape of `alpha_synapse`; parameters as of `exp_current`."""
    return _make_current(alpha_synapse, input, current_name, tau=tau, unit=unit)


def biexp_current(input, tau1, tau2, unit=_AMP, current_name=None):  # noqa: A002
    """Synaptic current of the shape of `biexp_synapse`; parameters as of `exp_current`."""
    return _make_current(biexp_synapse, input, current_name, tau1=tau1, tau2=tau2, unit=unit)


def exp_conductance(
    input,  # noqa: A002
    E,
    tau,
    unit=_SIEMENS,
    conductance_name=None,
    current_name=None,
):
    """Exponential synaptic conductance `g`, with the current ``g*(E - vm)``.

    Parameters
    ----------
    input, tau, unit
        As of `exp_synapse`.
    E : Quantity or str, volt
        Reversal potential.
    conductance_name, current_name : str, optional
        Conductance and current; `input` with ``_conductance`` or ``_current`` at its end if
        omitted.

    Returns
    -------
    Current
    """
    names = conductance_name, current_name
    return _make_conductance(exp_synapse, input, E, names, tau=tau, unit=unit)


def alpha_conductance(
    input,  # noqa: A002
    E,
    tau,
    unit=_SIEMENS,
    conductance_name=None,
    current_name=None,
):
    """Conductance of the shape of `alpha_synapse`; parameters as of `exp_conductance`."""
    names = conductance_name, current_name
    return _make_conductance(alpha_synapse, input, E, names, tau=tau, unit=unit)


def biexp_conductance(
    input,  # noqa: A002
    E,
    tau1,
    tau2,
    unit=_SIEMENS,
    conductance_name=None,
    current_name=None,
):
    """Conductance of the shape of `biexp_synapse`; parameters as of `exp_conductance`."""
    names = conductance_name, current_name
    return _make_conductance(biexp_synapse, input, E, names, tau1=tau1, tau2=tau2, unit=unit)


def _build(text, title, input, output, unit, **times):  # noqa: A002
    if not (isinstance(input, str) and is_identifier(input)):
        raise ModelError(
            f"the input of {title} is the name of a variable, not {input!r}",
            hint=f"write {title}(input='ge', ...)",
        )
    output = f"{input}_out" if output is None else output
    text = text.format(unit=write_unit(unit, title))
    return build_equations(text, title, x=input, y=output, **times)


def _make_current(synapse, input, name, **parameters):  # noqa: A002
    name = f"{input}_current" if name is None else name
    return Current(synapse(input, output=name, **parameters), current_name=name)


def _make_conductance(synapse, input, E, names, **parameters):  # noqa: A002
    conductance, current = names
    conductance = f"{input}_conductance" if conductance is None else conductance
    current = f"{input}_current" if current is None else current
    unit = write_unit(parameters["unit"], "a conductance", _VOLT)
    text = f"I = g*(E - vm) : {unit}"
    keywords = {"current_name": current}
    flow = build_equations(text, current, Current, keywords, I=current, g=conductance, E=E)
    return flow + synapse(input, output=conductance, **parameters)
