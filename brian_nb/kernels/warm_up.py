"""The compiler loaded in the background, while the user still reads or types."""

from importlib import import_module
from threading import Thread

COMPILER_MODULES = (
    "numba.core.compiler",
    "numba.core.registry",
    "brian_nb.kernels.compile",
)
"""What a first compilation would import; kernels on the disk need none of it."""


def start_warm_up():
    """Begin to import the compiler in a daemon thread; nothing is compiled and no lock is held.

    Returns
    -------
    threading.Thread
    """
    thread = Thread(target=_import_compiler, name="brian_nb warm-up", daemon=True)
    thread.start()
    return thread


def _import_compiler():
    for module in COMPILER_MODULES:
        import_module(module)
