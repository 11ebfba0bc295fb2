"""Interrupts that wait for the end of a segment, or of other work."""

import threading
from signal import SIGINT

try:  # what `signal.signal` wraps: 0.5 us a call instead of 13, and a run needs two
    from _signal import signal as set_handler
except ImportError:
    from signal import signal as set_handler


class HeldInterrupts:
    """Within a ``with`` block, notes an interrupt instead of raising it at once.

    The step that is being done is the last one of its segment then. Python code that a step calls
    and that does not come back is ended by a second interrupt, which is raised within it. Outside
    the main thread nothing is held back.

    Parameters
    ----------
    simulation : Simulation, optional
        What runs; without one, a second interrupt is raised wherever it comes.

    Attributes
    ----------
    came : bool
        Whether an interrupt came.
    """

    came = False

    def __init__(self, simulation=None):
        self._simulation = simulation

    def __enter__(self):
        self._is_main = _is_main()
        if self._is_main:
            self._earlier = set_handler(SIGINT, self._note)
        return self

    def __exit__(self, *_):
        if self._is_main:
            set_handler(SIGINT, self._earlier)

    def raise_held(self):
        """Raise the interrupt that came, if one came."""
        if self.came:
            raise KeyboardInterrupt

    def _note(self, *_):
        simulation = self._simulation
        if self.came and (simulation is None or simulation.is_calling):
            raise KeyboardInterrupt
        self.came = True
        if simulation is not None:
            simulation.end_step()


def _is_main():
    return threading.get_ident() == threading.main_thread().ident
