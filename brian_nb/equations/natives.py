"""Functions of the user that Numba compiles, where they can be neither written out nor read."""

from collections import deque
from dataclasses import dataclass
from threading import RLock
from types import FunctionType
from weakref import WeakKeyDictionary, WeakValueDictionary

import numpy as np

from brian_nb.equations.elementwise import require_elementwise
from brian_nb.equations.externals import External
from brian_nb.equations.function_source import Untranslatable
from brian_nb.equations.native_reading import read_function
from brian_nb.errors import ModelError
from brian_nb.units import Dimension

_lock = RLock()
_known: WeakValueDictionary = WeakValueDictionary()
_recent: deque = deque(maxlen=64)
"""Codes that are kept although nothing uses them: the next network may be made of them, too."""

_refused: WeakKeyDictionary = WeakKeyDictionary()
"""Functions that Numba does not compile, each with what was tried and why it was refused."""


class NativeCode:
    """A function of the user as machine code that anything may call, without the GIL.

    Parameters
    ----------
    function : callable
    name : str
        What its caller calls it.
    n_args : int

    Attributes
    ----------
    address : int
        Of a C function ``double(double, ...)``, which gives NaN where Python raises an error. It
        may change with `refresh`; what is at earlier ones stays.

    Raises
    ------
    Untranslatable
        Only Python can compute it; or its values for arrays are others than for their elements.
    """

    def __init__(self, function, name, n_args):
        self.function, self.name, self.n_args = function, name, n_args
        self._kept = []
        self._compile(read_function(function, name, n_args))

    @property
    def parameters(self):
        """Names of its arguments, a list of str."""
        return self._reading.given

    @property
    def has_inputs(self):
        """Whether it finds numbers or arrays around it, which may change."""
        return bool(self._reading.inputs)

    def __call__(self, *args):
        """Value for some numbers."""
        return self._call(*args)

    def refresh(self):
        """Take over what the function finds around it now.

        Raises
        ------
        ModelError
            This is something that it cannot be compiled for.
        """
        try:
            if not self._reading.refresh():
                with _lock:
                    self._compile(read_function(self.function, self.name, self.n_args))
        except Untranslatable as problem:
            raise ModelError(
                f"{self.name}() was compiled, but what it finds around it has changed: {problem}",
                hint="give it what is of the same kind as before",
            ) from None

    def _compile(self, reading):
        from brian_nb.equations.native_compiling import compile_reading

        compiled = compile_reading(reading)
        require_elementwise(reading.plain, compiled.ctypes, self.n_args, reading.list_lengths())
        self._kept.append((compiled, reading))  # another run may be at an earlier one just now
        self._reading, self._call, self.address = reading, compiled.ctypes, compiled.address

    def __reduce__(self):
        """Copies and pickles are compiled again where there is none yet."""
        return find_native_code, (self.function, self.name, self.n_args)


@dataclass(frozen=True)
class Native(External):
    """A function of the user that Numba has compiled.

    Parameters
    ----------
    n_args : int
    code : NativeCode
    dimensions : tuple of Dimension or None
        Of the arguments.
    result : Dimension or None
    """

    n_args: int
    code: NativeCode
    dimensions: tuple[Dimension | None, ...]
    result: Dimension | None = None

    @property
    def arguments(self):
        return self.dimensions

    @property
    def varies(self):
        return self.code.has_inputs

    def compute(self, *args):
        if not args:
            return np.float64(self.code())
        return np.vectorize(self.code, otypes=[np.float64])(*args)


def compile_function(function, name, n_args):
    """A function as a `Native`; the parameters are those of `NativeCode`.

    Units that `check_units` states for it become those of the arguments and of the value.

    Raises
    ------
    Untranslatable
        See `NativeCode`.
    """
    code = find_native_code(function, name, n_args)
    expected, result = getattr(function, "checked_dimensions", ({}, None))
    return Native(n_args, code, tuple(map(expected.get, code.parameters)), result)


def find_native_code(function, name, n_args):
    """A function as `NativeCode`, made when it is first asked for."""
    key = id(function), n_args  # the code holds the function, so nothing else has its number
    with _lock:
        code = _known.get(key)
        if code is None:
            code = _known[key] = _make_code(function, name, n_args)
            _recent.append(code)
        return code


def _make_code(function, name, n_args):
    """Compile, unless it is known that this is in vain."""
    reading = read_function(function, name, n_args)
    is_own = isinstance(reading.plain, FunctionType)
    refused = _refused.setdefault(reading.plain, {}) if is_own else {}
    tried = n_args, reading.kinds
    if tried not in refused:
        try:
            return NativeCode(function, name, n_args)
        except Untranslatable as problem:
            refused[tried] = str(problem)
    raise Untranslatable(refused[tried])
