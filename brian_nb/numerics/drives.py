"""Oscillations in equations that are fast for the time step they are integrated with."""

from dataclasses import dataclass

import numpy as np

from brian_nb.equations.affine import decompose_affine
from brian_nb.equations.expressions import Call, Expression, evaluate, names_in, walk
from brian_nb.equations.namespace import TIME

PERIODIC = ("sin", "cos", "tan")

LARGEST_TURN = 0.5
"""Radians in a step. A method that sees the time at one end of the step alone shifts a drive by
half of that, so by a 25th of a period."""


@dataclass(frozen=True)
class FastDrive:
    """A periodic function of the time.

    Parameters
    ----------
    call : Expression
        As it stands in the equations.
    turn : float, radian
        By how much its argument changes in a step.
    """

    call: Expression
    turn: float


def find_fast_drives(system, values, dt):
    """Periodic functions of the time that turn by more than `LARGEST_TURN` in a step.

    Parameters
    ----------
    system : EquationSystem
    values : mapping of str to float or float64[n]
        Of constants and variables; of those that differ between neurons the fastest counts.
    dt : float, second

    Returns
    -------
    list of FastDrive
        In the order of the text.
    """
    equations = (*system.differentials, *system.statics)
    calls = (item for equation in equations for item in walk(equation.expression))
    found = dict.fromkeys(item for item in calls if _is_periodic(item))
    turns = ((call, dt * _find_rate(system, call, values)) for call in found)
    return [FastDrive(call, turn) for call, turn in turns if turn > LARGEST_TURN]


def _is_periodic(item):
    return isinstance(item, Call) and item.function in PERIODIC and not item.external


def _find_rate(system, call, values):
    """How fast the argument grows with the time, 1/second; 0 where it is not linear in it."""
    argument = system.inline_statics(call.args[0])
    if TIME not in names_in(argument):
        return 0.0
    affine = decompose_affine(argument, [TIME])
    if affine is None or TIME not in affine.coefficients:
        return 0.0
    rate = affine.coefficients[TIME]
    if not all(name in values for name in names_in(rate)):
        return 0.0
    return float(np.max(np.abs(evaluate(rate, values)), initial=0.0))
