"""Active electrode compensation while the recording goes on."""

import numpy as np

from brian_nb.errors import ModelError
from brian_nb.library.electrophysiology.acquisition_board import AcquisitionBoard
from brian_nb.library.electrophysiology.electrode_kernel import (
    electrode_kernel_dendrite,
    electrode_kernel_soma,
)
from brian_nb.library.electrophysiology.full_kernel import full_kernel
from brian_nb.network.quantities import to_si
from brian_nb.units import ALL_UNITS

_NA = ALL_UNITS["nA"]


class AEC(AcquisitionBoard):
    """An acquisition board that takes off its recording what the electrode adds.

    First the electrode's kernel is estimated: `start_injection`, a run of some seconds,
    `stop_injection`, a run of at least the kernel's length, `estimate`. Then the compensation is
    switched on and off.

    Parameters
    ----------
    P, V, I, clock
        As of `AcquisitionBoard`. The electrode should be compensated for its capacitance, but not
        for its resistance.

    Attributes
    ----------
    record : float64[n]
        The last potential read, compensated where that is switched on.
    command : float64[n]
        The current that each neuron gets, except while noise is injected.
    Ke : float64[ktail] or float64[n, ktail], ohm
        Electrode kernel of the neuron, or of each; None before it is estimated.

    Raises
    ------
    UnknownNameError, ModelError
        As of `AcquisitionBoard`.

    Source
    ------
    Brette et al. 2008, Neuron 59:379.
    """

    def __init__(self, P, V, I, clock=None):  # noqa: E741 - the manual's name
        super().__init__(P, V, I, clock=clock)
        self.Ke = None
        self._noise = None
        self._traces = None
        self._past = None

    def start_injection(self, amp=0.5 * _NA, DC=0 * _NA):
        """Inject white noise instead of the command, and keep the recording for `estimate`.

        Parameters
        ----------
        amp : Quantity, amp
            The noise is uniform between ``-amp`` and ``amp``, independent in each step.
        DC : Quantity, amp
            Current that is added.
        """
        dimension = self.system.dimension_of("command")
        self._noise = tuple(float(to_si(item, dimension, "the noise")) for item in (amp, DC))
        if self._traces is None:
            self._traces = []

    def stop_injection(self):
        """Go on with a current of 0; the recording is kept until `estimate`."""
        self._noise = (0.0, 0.0) if self._noise else None

    def estimate(self, ksize=150, ktail=50, dendritic=False):
        """Estimate the electrode's kernel from what was recorded since `start_injection`.

        After that, the command is injected again.

        Parameters
        ----------
        ksize, ktail : int
            Sampling steps of the full kernel, and of the electrode's.
        dendritic : bool
            Whether the recording is from a thin process.

        Raises
        ------
        ModelError
            Nothing was recorded, or it does not tell the kernel.
        """
        if not self._traces:
            raise ModelError(
                "there is no recording to estimate the electrode from",
                hint="call start_injection() and run for a second or two first",
            )
        potential, current = np.array(self._traces).transpose(1, 2, 0)
        find = electrode_kernel_dendrite if dendritic else electrode_kernel_soma
        pairs = zip(potential, current, strict=True)
        kernels = [find(full_kernel(v, i, ksize), ktail) for v, i in pairs]
        self.Ke = np.array(kernels) if len(kernels) > 1 else kernels[0]
        self._noise = self._traces = None

    def switch_on(self):
        """Compensate the recording from now on.

        Raises
        ------
        ModelError
            The kernel is not estimated yet.
        """
        if self.Ke is None:
            raise ModelError(
                "the electrode's kernel is not known yet", hint="call estimate() before switch_on()"
            )
        self._past = np.zeros(np.atleast_2d(self.Ke).shape)

    def switch_off(self):
        """Give the recording as it is from now on."""
        self._past = None

    def sample(self):
        potential, current = self._potential(), self._injected()
        if self._traces is not None:
            self._traces.append((potential.copy(), current.copy()))
        if self._past is not None:
            self._past = np.roll(self._past, 1, axis=1)
            self._past[:, 0] = current
            potential = potential - np.sum(np.atleast_2d(self.Ke) * self._past, axis=1)
        self._store("record", potential)
        self._inject(self._value("command") if self._noise is None else self._draw_noise())

    def _draw_noise(self):
        amplitude, offset = self._noise
        return np.random.uniform(-amplitude, amplitude, self.size) + offset

    def reinit(self):
        super().reinit()
        self._noise = self._traces = self._past = None
