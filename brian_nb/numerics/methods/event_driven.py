"""Exact values after any time without events, for equations that each know only themselves.

The equation ``dx/dt = m*x + c`` has the solution ``x + s*(m*x + c)*(exp(m*s) - 1)/(m*s)`` after the
time ``s``, which holds for ``m = 0`` as well. Such a variable need not be stepped: it is brought up
to date when something reads or changes it.

Source: Rotter & Diesmann 1999, Biol. Cybern. 81:381, section 3; Morrison et al. 2008,
Biol. Cybern. 98:459, section 3.2, for the traces of spike-timing-dependent plasticity.
"""

from brian_nb.equations.affine import decompose_affine
from brian_nb.equations.expressions import Name, names_in
from brian_nb.numerics.terms import ZERO, add, call, is_number, multiply
from brian_nb.numerics.update import ELAPSED, StepUpdate

NAME = "event-driven"


def find_obstacle(system, changing=frozenset()):
    """Say why a system has to be stepped; "" where it need not be.

    Parameters
    ----------
    system : EquationSystem
    changing : set of str
        Parameters that events change.
    """
    if system.noises:
        return "there is noise in the equations"
    names = [item.name for item in system.differentials]
    for item in system.differentials:
        affine = decompose_affine(system.inline_statics(item.expression), names)
        if affine is None:
            return f"d{item.name}/dt is not linear in the variables"
        if set(affine.coefficients) - {item.name}:
            return f"d{item.name}/dt depends on other variables that change"
        used = {name for part in _parts(affine, item.name) for name in names_in(part)}
        if "t" in used:
            return f"d{item.name}/dt depends on the time t"
        if used & set(changing):
            return f"events change {sorted(used & set(changing))[0]}, which d{item.name}/dt uses"
    return ""


def build_update(system, reason):
    """Give the value of each variable after a time, for a system without obstacle."""
    flows = []
    for item in system.differentials:
        affine = decompose_affine(system.inline_statics(item.expression), [item.name])
        rate, drive = _parts(affine, item.name)
        if not (is_number(rate, 0.0) and is_number(drive, 0.0)):
            flows.append((item.name, _solve(Name(item.name), rate, drive)))
    return StepUpdate(method=NAME, reason=reason, flows=tuple(flows))


def _parts(affine, name):
    return affine.coefficients.get(name, ZERO), affine.rest


def _solve(value, rate, drive):
    exponent = multiply(rate, ELAPSED)
    if is_number(drive, 0.0):
        return multiply(value, call("exp", exponent))
    slope = add(multiply(rate, value), drive)
    if is_number(rate, 0.0):
        return add(value, multiply(ELAPSED, slope))
    return add(value, multiply(ELAPSED, slope, call("exprel", exponent)))
