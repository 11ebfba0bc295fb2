"""A kernel, and a kernel bound to its arrays."""

import ctypes

from brian_nb.kernels.source import find_slots
from brian_nb.kernels.table import Table


class Kernel:
    """Compiled source, for any arrays.

    Parameters
    ----------
    source : str
    code : load.LoadedCode
    """

    def __init__(self, source, code):
        self.source = source
        self.slots = find_slots(source)
        self._code = code

    def __call__(self, arrays):
        """Bind the kernel to its table of arrays.

        Parameters
        ----------
        arrays : sequence of ndarray
            ``A[k]`` of the source is array k. Each C-contiguous, on a 64-byte boundary (see
            `allocate`), none overlapping another.

        Returns
        -------
        BoundKernel

        Raises
        ------
        SimulationError
            See `table.Table`.
        """
        return BoundKernel(self._code, Table(arrays, self.slots))


class BoundKernel:
    """A kernel with the addresses of its arrays; holds on to them and to the code.

    Calling it runs the compiled loop without the GIL, so several threads may call it at once,
    each with its own number.

    Parameters
    ----------
    code : load.LoadedCode
    table : Table
        Its arrays may be exchanged between calls.
    """

    def __init__(self, code, table):
        self._code, self.table = code, table
        self._call = code.call
        self._address = ctypes.c_void_p(table.addresses.ctypes.data)

    def __call__(self, thread=0, n_threads=1):
        """Run.

        Parameters
        ----------
        thread : int
            Which of `n_threads` this caller is.
        n_threads : int

        Returns
        -------
        int
            What the source returns.
        """
        return self._call(self._address, thread, n_threads)
