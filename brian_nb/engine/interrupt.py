"""Interrupts that wait for the end of a segment."""

import threading
from contextlib import contextmanager
from signal import SIGINT

try:  # what `signal.signal` wraps: 0.5 us a call instead of 13, and a run needs two
    from _signal import signal as set_handler
except ImportError:
    from signal import signal as set_handler


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
    came = []
    earlier = set_handler(SIGINT, lambda *_: came.append(True))
    try:
        yield lambda: bool(came)
    finally:
        set_handler(SIGINT, earlier)
