"""The compiler made ready in the background, while the user still reads or types."""

from importlib import import_module
from threading import Thread

from brian_nb.kernels.compile import warm_compiler

COMPILER_MODULES = ("numba.core.compiler", "numba.core.registry")
"""What a first compilation imports before it takes a lock; kernels on the disk need none of it."""


def start_warm_up():
    """Begin to make the compiler ready, in a daemon thread.

    A kernel that is on the disk waits for nothing of it. One that must be compiled meanwhile waits
    until Numba's tables are filled, which it would have to do itself otherwise.

    Returns
    -------
    threading.Thread
    """
    thread = Thread(target=_warm_up, name="brian_nb warm-up", daemon=True)
    thread.start()
    return thread


def _warm_up():
    for module in COMPILER_MODULES:
        import_module(module)
    warm_compiler()
