"""Data that one thread writes while others read."""

from threading import RLock

import numpy as np

from brian_nb.kernels import align


class Guarded:
    """Something with a lock of its own, `_lock`; its copies and those of `pickle` get new ones.

    Arrays of a copy begin where compiled code can use them.
    """

    def __init__(self):
        self._lock = RLock()

    def __getstate__(self):
        return {name: value for name, value in vars(self).items() if name != "_lock"}

    def __setstate__(self, state):
        self._lock = RLock()
        for name, value in state.items():
            setattr(self, name, align(value) if isinstance(value, np.ndarray) else value)
