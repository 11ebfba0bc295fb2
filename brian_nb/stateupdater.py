"""State updaters by the names of the manual, section 8.5.

``brian_nb`` itself has those that users need most; this module has all of them.
"""

from brian_nb.network.updaters import (
    LazyStateUpdater,
    LinearStateUpdater,
    NonlinearStateUpdater,
    StateUpdater,
    SynapticNoise,
)

__all__ = [
    "ExponentialEulerStateUpdater",
    "LazyStateUpdater",
    "LinearStateUpdater",
    "NonlinearStateUpdater",
    "NonlinearStateUpdater2",
    "NonlinearStateUpdaterBE",
    "NonlinearStateUpdaterRK2",
    "StateUpdater",
    "SynapticNoise",
]


class ExponentialEulerStateUpdater(NonlinearStateUpdater):
    """Integrates equations by the exponential Euler method, first order.

    Parameters are those of `NonlinearStateUpdater`; each equation has to be linear in its own
    variable.
    """

    _method = "exponential_Euler"


class NonlinearStateUpdaterRK2(NonlinearStateUpdater):
    """Integrates equations by the midpoint rule, second order.

    Parameters are those of `NonlinearStateUpdater`.
    """

    _method = "RK"


class NonlinearStateUpdater2(NonlinearStateUpdaterRK2):
    """The same as `NonlinearStateUpdaterRK2`."""


class NonlinearStateUpdaterBE(NonlinearStateUpdater):
    """Integrates equations by the backward Euler method, first order, for stiff equations.

    Parameters are those of `NonlinearStateUpdater`.
    """

    _method = "backward_Euler"
