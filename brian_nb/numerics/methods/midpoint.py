"""Runge-Kutta of second order, midpoint rule: ``x + dt*f(x + dt/2*f(x), t + dt/2)``.

Noise is added at the end of the step, as in Euler-Maruyama.

Source: Hairer, Norsett & Wanner 1993, Solving Ordinary Differential Equations I, II.1.
"""

from functools import partial

from brian_nb.numerics.explicit import build_explicit
from brian_nb.numerics.stages import Tableau

NAME = "RK"
ORDER = 2
STRONG_ORDER = 0.5

build_update = partial(
    build_explicit, NAME, Tableau(nodes=(0, 1 / 2), rows=((), (1 / 2,)), weights=(0, 1))
)
