"""A kernel, and a kernel bound to its arrays."""

import ctypes

import numpy as np

from brian_nb.kernels.source import find_slots
from brian_nb.kernels.table import check_table


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
            See `table.check_table`.
        """
        return BoundKernel(self._code, arrays, check_table(arrays, self.slots))


class BoundKernel:
    """A kernel with the addresses of its arrays; holds on to them and to the code.

    Calling it runs the compiled loop without the GIL, so several threads may call it at once,
    each with its own number.

    Parameters
    ----------
    code : load.LoadedCode
    arrays : sequence of ndarray
        Checked.
    addresses : sequence of int
        Of the arrays.
    """

    def __init__(self, code, arrays, addresses):
        self._arrays = tuple(arrays)
        self._code = code
        self._call = code.call
        self._table = np.array(addresses, np.uintp)
        self._address = ctypes.c_void_p(self._table.ctypes.data)

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
