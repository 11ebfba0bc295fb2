"""Interrupts that wait for the end of a segment."""

import signal
import threading
from contextlib import contextmanager


@contextmanager
def hold_interrupts():
    """Note an interrupt instead of raising it at once.

    Yields
    ------
    callable
        Whether an interrupt came. Outside the main thread nothing is held back.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    came = threading.Event()
    earlier = signal.signal(signal.SIGINT, lambda *_: came.set())
    try:
        yield came.is_set
    finally:
        signal.signal(signal.SIGINT, earlier)
