"""The table of arrays of a kernel: what must hold before code may work on bare addresses."""

import itertools

from brian_nb.errors import SimulationError
from brian_nb.kernels.allocate import ALIGNMENT


def check_table(arrays, slots):
    """Raise unless a kernel with these slots may work on these arrays by address.

    Parameters
    ----------
    arrays : sequence of ndarray
    slots : dict of int to numpy.dtype

    Returns
    -------
    list of int
        The address of each array.

    Raises
    ------
    SimulationError
        An array is missing, has another type, is read-only, not C-contiguous, does not begin on
        a 64-byte boundary, or shares memory with another one.
    """
    addresses = [array.ctypes.data for array in arrays]  # 2 us each
    for number, (array, address) in enumerate(zip(arrays, addresses, strict=True)):
        _check_array(number, array, address)
    for slot, dtype in slots.items():
        if slot >= len(arrays):
            raise SimulationError(f"a kernel binds array {slot} of a table with {len(arrays)}")
        if arrays[slot].dtype != dtype:
            raise SimulationError(
                f"array {slot} of a kernel holds {arrays[slot].dtype}, its source says {dtype}"
            )
    _check_overlap(arrays, addresses)
    return addresses


def _check_array(number, array, address):
    if not array.flags.c_contiguous:
        raise SimulationError(f"array {number} of a kernel is not C-contiguous")
    if not array.flags.writeable:
        raise SimulationError(f"array {number} of a kernel is read-only")
    if array.size and address % ALIGNMENT:
        raise SimulationError(
            f"array {number} of a kernel does not begin on a {ALIGNMENT}-byte boundary",
            hint="make it with brian_nb.kernels.allocate",
        )


def _check_overlap(arrays, addresses):
    spans = sorted(
        (address, address + array.nbytes, number)
        for number, (array, address) in enumerate(zip(arrays, addresses, strict=True))
        if array.size
    )
    for (_, end, first), (start, _, second) in itertools.pairwise(spans):
        if start < end:
            raise SimulationError(f"arrays {first} and {second} of a kernel share memory")
