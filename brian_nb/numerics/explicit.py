"""Explicit Runge-Kutta methods, whose noise is added at the end of the step."""

from brian_nb.numerics.drift import needed_statics, split_drifts
from brian_nb.numerics.stages import write_step
from brian_nb.numerics.terms import add
from brian_nb.numerics.update import StepUpdate


def build_explicit(name, tableau, system, reason):
    """Give the step update of an explicit Runge-Kutta method.

    The noise of a step is that of Euler-Maruyama: its amplitude is that at the start of the step,
    so ``xi`` means the same as in every other method (see `methods.heun`).

    Parameters
    ----------
    name : str
        Of the method.
    tableau : Tableau
    system : EquationSystem
    reason : str

    Returns
    -------
    StepUpdate
    """
    split = split_drifts(system)
    drifts = {item.variable: item.drift for item in split}
    noise = {item.variable: item.noise_step() for item in split}
    at_start = needed_statics(system, [*drifts.values(), *noise.values()])
    moving = needed_statics(system, list(drifts.values()))
    temporaries, values = write_step(tableau, moving, drifts)
    return StepUpdate(
        method=name,
        reason=reason,
        temporaries=at_start + temporaries,
        assignments=tuple(
            (variable, add(value, noise[variable])) for variable, value in values.items()
        ),
    )
