"""The classical Runge-Kutta method of fourth order.

Noise is added at the end of the step, as in Euler-Maruyama.

Source: Hairer, Norsett & Wanner 1993, Solving Ordinary Differential Equations I, II.1, table 1.2.
"""

from functools import partial

from brian_nb.numerics.explicit import build_explicit
from brian_nb.numerics.stages import Tableau

NAME = "RK4"
ORDER = 4
STRONG_ORDER = 0.5

build_update = partial(
    build_explicit,
    NAME,
    Tableau(
        nodes=(0, 1 / 2, 1 / 2, 1),
        rows=((), (1 / 2,), (0, 1 / 2), (0, 0, 1)),
        weights=(1 / 6, 1 / 3, 1 / 3, 1 / 6),
    ),
)
