"""Copies and pickles of state: locks are made anew, and arrays begin on cache lines again."""

import numpy as np

from brian_nb.kernels import align


class Remade:
    """Something with attributes that a copy makes anew instead of copying them.

    Subclasses name these in `remade`: attribute -> function of none that makes it. Arrays of a
    copy, also those in dictionaries, begin where compiled code can use them.
    """

    remade: dict = {}

    def __getstate__(self):
        return {key: value for key, value in vars(self).items() if key not in self.remade}

    def __setstate__(self, state):
        vars(self).update({key: _align(value) for key, value in state.items()})
        vars(self).update({key: make() for key, make in self.remade.items()})


def _align(value):
    if isinstance(value, np.ndarray):
        return align(value)
    if type(value) is dict:
        return {key: _align(item) for key, item in value.items()}
    return value
