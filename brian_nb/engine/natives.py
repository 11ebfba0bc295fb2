"""Where compiled code finds a function of the user that has been compiled by itself."""

import numpy as np

from brian_nb.kernels import allocate


class NativeState:
    """The address of a function, beside the tables that compiled code looks up.

    Parameters
    ----------
    code : NativeCode

    Attributes
    ----------
    address : int64[1]
    constants : dict of str to float
        None: the function has its numbers itself.
    is_plain : bool
        Whether code within a step may change what the function finds around it.
    """

    def __init__(self, code):
        self._code, self.constants = code, {}
        self.address = allocate(1, np.int64)
        self.is_plain = code.has_inputs
        self.refresh()

    def refresh(self):
        """Let the function find what is around it now."""
        self._code.refresh()
        self.address[0] = self._code.address
