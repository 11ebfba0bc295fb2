"""Interrupts that wait for the end of a segment."""

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
    simulation : Simulation

    Attributes
    ----------
    came : bool
        Whether an interrupt came.
    """

    came = False

    def __init__(self, simulation):
        self._simulation = simulation

    def __enter__(self):
        self._is_main = threading.get_ident() == threading.main_thread().ident
        if self._is_main:
            self._earlier = set_handler(SIGINT, self._note)
        return self

    def __exit__(self, *_):
        if self._is_main:
            set_handler(SIGINT, self._earlier)

    def _note(self, *_):
        if self.came and self._simulation.is_calling:
            raise KeyboardInterrupt
        self.came = True
        self._simulation.end_step()
