"""Single-electrode voltage clamp: a discontinuous current clamp in a feedback loop."""

import numpy as np

from brian_nb.library.electrophysiology.dcc import DCC, N_TURNS
from brian_nb.network.quantities import to_si
from brian_nb.units import ALL_UNITS

_KHZ, _NS, _MS = ALL_UNITS["kHz"], ALL_UNITS["nS"], ALL_UNITS["ms"]


class SEVC(DCC):
    """A single-electrode voltage clamp by the feedback current ``gain*(command - V) + J``.

    ``dJ/dt = gain2*(command - V)`` takes away, in the long run, what a finite gain leaves. Above
    some gain the loop is unstable: the potential is only known at the sampling steps.

    Parameters
    ----------
    P, V, I, frequency
        As of `DCC`.
    gain : Quantity, siemens
        Feedback current for each volt.
    gain2 : Quantity, siemens/second
        Rate of the integral controller; without one by default.

    Attributes
    ----------
    record : float64[n]
        The mean injected current, positive where it charges the membrane.
    command : float64[n]
        The potential to hold.

    Raises
    ------
    UnknownNameError, ModelError, DimensionMismatchError
        As of `DCC`; or a gain has another dimension.
    """

    def __init__(
        self,
        P,
        V,
        I,  # noqa: E741 - the manual's name
        frequency=2 * _KHZ,
        gain=100 * _NS,
        gain2=0 * _NS / _MS,
    ):
        super().__init__(P, V, I, frequency=frequency)
        system = P.owner.system
        gained = system.dimension_of(I) / system.dimension_of(V)
        self._gain = float(to_si(gain, gained, "the gain of an SEVC"))
        rate = gained * ALL_UNITS["hertz"].dimension
        self._gain2 = float(to_si(gain2, rate, "the second gain of an SEVC"))
        self._integral = np.zeros(len(P))

    def reinit(self):
        super().reinit()
        self._integral[:] = 0.0

    def _record_dimension(self, system):
        return system.dimension_of(self._set_name)

    def _command_dimension(self, system):
        return system.dimension_of(self._read_name)

    def _respond(self):
        error = self._value("command") - self._potential()
        self._integral += N_TURNS * self.clock.timebase.dt * self._gain2 * error
        self._store("record", self._gain * error + self._integral)
        return self._value("record")
