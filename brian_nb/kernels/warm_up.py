"""The compiler made ready in the background, while the user still reads or types."""

import atexit
import os
from contextlib import suppress
from importlib import import_module
from threading import Event, Thread, current_thread

from brian_nb.kernels.compile import warm_compiler

COMPILER_MODULES = ("numba.core.compiler", "numba.core.registry")
"""What a first compilation imports before it takes a lock; kernels on the disk need none of it."""


def start_warm_up():
    """Begin to make the compiler ready, in a daemon thread.

    A kernel that is on the disk waits for nothing of it. One that must be compiled meanwhile waits
    until Numba's tables are filled, which it would have to do itself otherwise. A process that
    ends waits for what has been begun, since libraries cannot go while they work; so does one that
    forks, as its child would find the compiler's locks taken for ever.

    Returns
    -------
    threading.Thread
    """
    is_ending = Event()
    thread = Thread(target=_warm_up, args=(is_ending,), name="brian_nb warm-up", daemon=True)
    atexit.register(_end, thread, is_ending)
    thread.start()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=lambda: _wait(thread))
    return thread


def _warm_up(is_ending):
    for module in COMPILER_MODULES:
        if not is_ending.is_set():
            import_module(module)
    if not is_ending.is_set():
        # raised where Numba is unknown; the first kernel tells of that
        with suppress(AttributeError, ImportError, TypeError):
            warm_compiler()


def _end(thread, is_ending):
    is_ending.set()
    _wait(thread)


def _wait(thread):
    if thread is not current_thread():
        thread.join()
