"""Discontinuous current clamp: current and recording take turns."""

from brian_nb.library.electrophysiology.acquisition_board import AcquisitionBoard
from brian_nb.network.clock import EventClock
from brian_nb.units import ALL_UNITS, check_units

_KHZ, _HERTZ = ALL_UNITS["kHz"], ALL_UNITS["hertz"]

N_TURNS = 3
"""Parts of a sampling step; current flows in the first one."""


class DCC(AcquisitionBoard):
    """A discontinuous current clamp.

    At the begin of each sampling step the potential is read, when the voltage across the electrode
    has vanished; then three times the command is injected during a third of the step.

    Parameters
    ----------
    P, V, I
        As of `AcquisitionBoard`.
    frequency : Quantity, hertz
        Sampling steps per second.

    Attributes
    ----------
    record : float64[n]
        The last potential read.
    command : float64[n]
        The mean current.

    Raises
    ------
    UnknownNameError, ModelError
        As of `AcquisitionBoard`.
    """

    @check_units(frequency=_HERTZ)
    def __init__(self, P, V, I, frequency=2 * _KHZ):  # noqa: E741 - the manual's name
        super().__init__(P, V, I, clock=EventClock(dt=1 / (N_TURNS * frequency)))
        self._turn = 0

    @check_units(frequency=_HERTZ)
    def set_frequency(self, frequency):
        """Change the sampling frequency."""
        self.clock.set_dt(1 / (N_TURNS * frequency))

    def sample(self):
        if self._turn == 0:
            self._inject(N_TURNS * self._respond())
        else:
            self._inject(0.0)
        self._turn = (self._turn + 1) % N_TURNS

    def reinit(self):
        super().reinit()
        self._turn = 0

    def _respond(self):
        """Read the potential, and give the mean current of the coming step."""
        self._store("record", self._potential())
        return self._value("command")
