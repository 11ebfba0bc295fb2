"""What kind of equation each variable of a model has."""

from dataclasses import dataclass

from brian_nb.equations.affine import decompose_affine, explain_nonlinearity
from brian_nb.equations.namespace import TIME
from brian_nb.equations.walking import names_in

LINEAR = "linear"
CONDITIONALLY_LINEAR = "conditionally linear"
NONLINEAR = "nonlinear"


@dataclass(frozen=True)
class VariableKind:
    """The kind of a differential equation.

    Parameters
    ----------
    name : str
        Its variable.
    kind : str
        `LINEAR`: in all variables together, with coefficients that the time and the variables do
        not change. `CONDITIONALLY_LINEAR`: in its own variable, all others held. `NONLINEAR`.
    reason : str
        Why it is not of the kind before, as a sentence; "" where it is linear.
    """

    name: str
    kind: str
    reason: str = ""


def classify_equations(system):
    """Say of each differential equation what kind it has.

    Parameters
    ----------
    system : EquationSystem

    Returns
    -------
    tuple of VariableKind
        In the order of the text.
    """
    names = [item.name for item in system.differentials]
    return tuple(_classify(system, item, names) for item in system.differentials)


def _classify(system, item, names):
    reason = explain_nonlinearity(system, item, [item.name])
    if reason:
        return VariableKind(item.name, NONLINEAR, reason)
    reason = explain_nonlinearity(system, item, names) or _explain_time(system, item, names)
    if reason:
        return VariableKind(item.name, CONDITIONALLY_LINEAR, reason)
    return VariableKind(item.name, LINEAR)


def _explain_time(system, item, names):
    affine = decompose_affine(system.inline_statics(item.expression), names)
    for name, coefficient in affine.coefficients.items():
        if TIME in names_in(coefficient):
            return f"the coefficient of {name} in d{item.name}/dt depends on the time t"
    return ""
