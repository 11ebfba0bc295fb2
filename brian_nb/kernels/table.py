"""Arrays as a kernel takes them."""

import itertools

import numpy as np

from brian_nb.errors import SimulationError
from brian_nb.kernels.allocate import ALIGNMENT


class Table:
    """Arrays on which a kernel may work by address.

    Parameters
    ----------
    arrays : sequence of ndarray
    slots : dict of int to numpy.dtype
        What the kernel takes the arrays for.

    Attributes
    ----------
    arrays : list of ndarray
    addresses : uintp[n_arrays]
        Where the data of each begins.

    Raises
    ------
    SimulationError
        An array is missing, has another type, is read-only, not C-contiguous, does not begin on
        a 64-byte boundary, or shares memory with another one.
    """

    def __init__(self, arrays, slots):
        self.arrays, self._slots = list(arrays), slots
        missing = max(slots, default=-1)
        if missing >= len(arrays):
            raise SimulationError(f"a kernel binds array {missing} of a table with {len(arrays)}")
        self._spans = [
            _check_array(number, array, slots.get(number)) for number, array in enumerate(arrays)
        ]
        _check_overlap(self._spans)
        self.addresses = np.array([start for start, _ in self._spans], np.uintp)

    def exchange(self, number, array):
        """Go on with another array in one place, which must be as good."""
        if array is self.arrays[number]:
            return
        span = start, end = _check_array(number, array, self._slots.get(number))
        for other, (first, last) in enumerate(self._spans):
            if other != number and max(first, start) < min(last, end):
                raise SimulationError(f"arrays {number} and {other} of a kernel share memory")
        self._spans[number], self.arrays[number] = span, array
        self.addresses[number] = start


def _check_array(number, array, dtype):
    """Raise unless an array fits; give where it starts and ends in memory."""
    start = array.ctypes.data  # 2 us
    if not array.flags.c_contiguous:
        raise SimulationError(f"array {number} of a kernel is not C-contiguous")
    if not array.flags.writeable:
        raise SimulationError(f"array {number} of a kernel is read-only")
    if array.size and start % ALIGNMENT:
        raise SimulationError(
            f"array {number} of a kernel does not begin on a {ALIGNMENT}-byte boundary",
            hint="make it with brian_nb.kernels.allocate",
        )
    if dtype is not None and array.dtype != dtype:
        raise SimulationError(
            f"array {number} of a kernel holds {array.dtype}, its source says {dtype}"
        )
    return start, start + array.nbytes


def _check_overlap(spans):
    numbered = sorted((span, number) for number, span in enumerate(spans) if span[0] < span[1])
    for ((_, end), first), ((start, _), second) in itertools.pairwise(numbered):
        if start < end:
            raise SimulationError(f"arrays {first} and {second} of a kernel share memory")
