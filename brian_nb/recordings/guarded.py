"""Data that one thread writes while others read."""

from threading import RLock

from brian_nb.engine.copying import Remade


class Guarded(Remade):
    """Something with a lock of its own, `_lock`; its copies and those of `pickle` get new ones."""

    remade = {"_lock": RLock}

    def __init__(self):
        self._lock = RLock()
