"""A formula for one step, compared with steps of Runge and Kutta before it is trusted."""

from dataclasses import dataclass

import numpy as np

from brian_nb.equations.expressions import Number, evaluate, walk
from brian_nb.equations.namespace import TIME

N_STATES = 96
"""Random states. Half have the constants of the user; in others these are larger or smaller, and
in every second of them some have another sign."""
N_STEPS = 256
"""Of the comparison, and twice as many to see how good it is."""
CONVERGED, EQUAL = 1e-10, 1e-9
"""Relative differences: of the comparison with itself, and of the formula with it."""
LONGEST_USUAL = 1e-3
"""Seconds; steps from a hundredth of it on are usual."""
FEWEST = 24
"""States with a comparison, below which nothing is known."""


@dataclass(frozen=True)
class States:
    """Random states and steps to compare at.

    Parameters
    ----------
    values : dict of str to float64[n]
        Of constants, parameters, the variable, ``t`` and ``dt``.
    strange : bool[n]
        Whether constants have another sign than the user gave them.
    """

    values: dict
    strange: np.ndarray


def find_disagreement(system, variable, drift, flow):
    """Say where a formula is not the solution of an equation; "" where it agrees everywhere.

    It has to agree wherever Runge-Kutta steps converge, and to give no number where they overflow:
    there the solution has a pole within the step, or the equation no sense. A rest may stay one
    there. Where constants have another sign than the user gave them, it may give no number.

    Parameters
    ----------
    system : EquationSystem
    variable : str
    drift : Expression
        Of the variable, constants, parameters and the time.
    flow : Expression
        The value of the variable one step later.

    Returns
    -------
    str
    """
    states = draw_states(system, variable, drift)
    start = states.values[variable]
    with np.errstate(all="ignore"):
        rough, fine = (_integrate(drift, variable, states, n) for n in (N_STEPS, 2 * N_STEPS))
        given = np.broadcast_to(evaluate(flow, states.values), start.shape)
        size = np.abs(fine) + np.abs(start)
        known = np.abs(fine - rough) <= CONVERGED * size
        number, lost = np.isfinite(given), ~np.isfinite(fine) & (given != start)
        off = known & number & ~(np.abs(given - fine) <= EQUAL * size)
        missing = known & ~number & ~states.strange
    if (known & ~states.strange).sum() < FEWEST:
        return "it cannot be compared with Runge-Kutta steps at enough states"
    for wrong, text in (
        (off, "it differs from Runge-Kutta steps"),
        (missing, "it gives no number"),
        (lost & number, "it gives a number where the solution has none"),
    ):
        if wrong.any():
            place = np.flatnonzero(wrong)[0]
            return f"{text} at {variable} = {start[place]:.3g}"
    return ""


def draw_states(system, variable, drift):
    """Draw states that are as large as the numbers in an equation, and steps long and short.

    Returns
    -------
    States
    """
    random = np.random.default_rng(20)  # the same every time, and none of the user's numbers
    sizes = _find_sizes(system, variable, drift)
    scale, place = random.choice(sizes, N_STATES), np.arange(N_STATES)
    strange = place % 4 == 3
    values = {item.name: _draw_signed(random, 1.0) for item in system.parameters}
    for name, value in system.constants.items():
        factor = np.where(place % 4 < 2, 1.0, 10 ** random.uniform(-0.3, 0.3, N_STATES))
        values[name] = (
            float(value) * factor * np.where(strange, random.choice([-1, 1], N_STATES), 1)
        )
    start = _draw_signed(random, scale)
    rests = [0.0, *sizes, *-sizes]
    start[: len(rests)] = rests
    # where a decay has become a growth, only early times have numbers
    time = np.where(strange, LONGEST_USUAL, 100.0) * 10 ** random.uniform(-5, 0, N_STATES)
    values |= {variable: start, TIME: time}
    return States(values | {"dt": _draw_steps(random, drift, values, start, scale)}, strange)


def _draw_steps(random, drift, values, start, scale):
    """Every second one long enough to change the variable by its own size, others as usual."""
    with np.errstate(all="ignore"):
        speed = np.abs(np.broadcast_to(evaluate(drift, values), start.shape))
        longest = 2 * np.where(start == 0, scale, np.abs(start)) / speed
    is_known = np.isfinite(longest)
    middle = np.median(longest[is_known]) if is_known.any() else LONGEST_USUAL
    longest = np.where(is_known, np.minimum(longest, 3 * middle), middle)
    usual = LONGEST_USUAL * 10 ** random.uniform(-2, 0, N_STATES)
    share = random.uniform(0.01, 1, N_STATES)
    return np.where(np.arange(N_STATES) % 2, longest * share, np.minimum(longest, usual))


def _find_sizes(system, variable, drift):
    """Sizes of the constants and numbers of the variable's unit in its equation, and 1 of it."""
    dimension = system.dimension_of(variable)
    numbers = [
        item.value
        for item in walk(drift)
        if isinstance(item, Number) and item.dimension == dimension
    ]
    constants = [
        float(value)
        for name, value in system.constants.items()
        if system.dimension_of(name) == dimension
    ]
    sizes = {abs(value) for value in (*numbers, *constants) if value}
    return np.array(sorted(sizes)[: N_STATES // 8] or [1.0])


def _draw_signed(random, scale):
    sign = random.choice([-1, 1], N_STATES)
    return sign * scale * 10 ** random.uniform(-3, 0.7, N_STATES)


def _integrate(drift, variable, states, n_steps):
    """The variable one step later, by `n_steps` classical Runge-Kutta steps, float64[n]."""
    x, t, h = states.values[variable], states.values[TIME], states.values["dt"] / n_steps

    def slope(x, t):
        return evaluate(drift, {**states.values, variable: x, TIME: t})

    for _ in range(n_steps):
        first = slope(x, t)
        second = slope(x + h / 2 * first, t + h / 2)
        third = slope(x + h / 2 * second, t + h / 2)
        t = t + h
        x = x + h / 6 * (first + 2 * second + 2 * third + slope(x + h * third, t))
    return x
