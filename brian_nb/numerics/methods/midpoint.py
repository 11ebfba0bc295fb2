"""Runge-Kutta of second order, midpoint rule: ``x + dt*f(x + dt/2*f(x), t + dt/2)``.

Noise is added at the end of the step, as in Euler-Maruyama.

Source: Hairer, Norsett & Wanner 1993, Solving Ordinary Differential Equations I, II.1.
"""

from brian_nb.equations.expressions import Name, substitute
from brian_nb.numerics.drift import needed_statics, split_drifts
from brian_nb.numerics.terms import DT, HALF_DT, add, multiply
from brian_nb.numerics.update import StepUpdate

NAME = "RK"
ORDER = 2
MID = "__mid"


def build_update(system, reason):
    """Give the step update of the midpoint rule."""
    drifts = split_drifts(system)
    noise = [item.noise_step() for item in drifts]
    statics = needed_statics(system, [item.drift for item in drifts] + noise)
    middle = {item.variable: Name(item.variable + MID) for item in drifts}
    middle |= {name: Name(name + MID) for name, _ in statics}
    middle["t"] = add(Name("t"), HALF_DT)
    to_middle = tuple(
        (item.variable + MID, add(Name(item.variable), multiply(HALF_DT, item.drift)))
        for item in drifts
    )
    statics_middle = tuple((name + MID, substitute(value, middle)) for name, value in statics)
    return StepUpdate(
        method=NAME,
        reason=reason,
        temporaries=statics + to_middle + statics_middle,
        assignments=tuple(
            (
                item.variable,
                add(
                    Name(item.variable),
                    multiply(DT, substitute(item.drift, middle)),
                    item.noise_step(),
                ),
            )
            for item in drifts
        ),
    )
