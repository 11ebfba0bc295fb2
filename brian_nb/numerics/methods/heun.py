"""Heun's method: ``x + dt/2*(f(x, t) + f(x + dt*f(x, t), t + dt))``.

Noise is added at the end of the step, with the amplitude at its start, as in Euler-Maruyama: ``xi``
is an increment in the sense of Ito, whatever the method. The stochastic method that is also called
Heun's averages the amplitude over the step like the slope and so converges to the solution in the
sense of Stratonovich. It would be a method for other equations: those of Ito with ``g*dg/dx/2``
added to each drift, where ``g`` is the amplitude. Who means Stratonovich writes that term.

Source: Hairer, Norsett & Wanner 1993, Solving Ordinary Differential Equations I, II.1; Ruemelin
1982, SIAM J. Numer. Anal. 19:604, for the limits of stochastic Runge-Kutta methods.
"""

from functools import partial

from brian_nb.numerics.explicit import build_explicit
from brian_nb.numerics.stages import Tableau

NAME = "Heun"
ORDER = 2
STRONG_ORDER = 0.5

build_update = partial(
    build_explicit, NAME, Tableau(nodes=(0, 1), rows=((), (1,)), weights=(1 / 2, 1 / 2))
)
