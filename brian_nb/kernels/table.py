"""The table of arrays of a kernel: what must hold before code may work on bare addresses."""

import itertools

from brian_nb.errors import SimulationError
from brian_nb.kernels.allocate import ALIGNMENT, is_aligned


def check_table(arrays, slots):
    """Raise unless a kernel with these slots may work on these arrays by address.

    Parameters
    ----------
    arrays : sequence of ndarray
    slots : dict of int to numpy.dtype

    Raises
    ------
    SimulationError
        An array is missing, has another type, is read-only, not C-contiguous, does not begin on
        a 64-byte boundary, or shares memory with another one.
    """
    for number, array in enumerate(arrays):
        _check_array(number, array)
    for slot, dtype in slots.items():
        if slot >= len(arrays):
            raise SimulationError(f"a kernel binds array {slot} of a table with {len(arrays)}")
        if arrays[slot].dtype != dtype:
            raise SimulationError(
                f"array {slot} of a kernel holds {arrays[slot].dtype}, its source says {dtype}"
            )
    _check_overlap(arrays)


def _check_array(number, array):
    if not array.flags.c_contiguous:
        raise SimulationError(f"array {number} of a kernel is not C-contiguous")
    if not array.flags.writeable:
        raise SimulationError(f"array {number} of a kernel is read-only")
    if not is_aligned(array):
        raise SimulationError(
            f"array {number} of a kernel does not begin on a {ALIGNMENT}-byte boundary",
            hint="make it with brian_nb.kernels.allocate",
        )


def _check_overlap(arrays):
    spans = sorted(
        (array.ctypes.data, array.ctypes.data + array.nbytes, number)
        for number, array in enumerate(arrays)
        if array.size
    )
    for (_, end, first), (start, _, second) in itertools.pairwise(spans):
        if start < end:
            raise SimulationError(f"arrays {first} and {second} of a kernel share memory")
