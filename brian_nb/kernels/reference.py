"""Generated source as plain Python: slow, checked, and the oracle of the compiled form.

Random integers and uniforms are the same bits as compiled; functions agree within the ulp that
the tests state, since these are NumPy's own. An index outside its array raises here, where the
compiled form would touch foreign memory.
"""

import ctypes
import math
import threading
import time

import numpy as np

from brian_nb.kernels.philox import ANGLE_BITS, BLOCK, N_COUNTERS, philox
from brian_nb.kernels.source import DTYPES, define_advance, find_slots
from brian_nb.kernels.table import Table

OPENED = 8
"""Place of the counter that says how often a barrier has opened, as in `barrier`."""


class ReferenceKernel:
    """What `compile_reference` gives: source that runs as Python, for any arrays.

    Parameters
    ----------
    source : str
    """

    def __init__(self, source):
        self.source = source
        self.slots = find_slots(source)
        self._advance = define_advance(source, VOCABULARY)

    def __call__(self, arrays):
        """Bind to a table of arrays, with the checks of the compiled form.

        Returns
        -------
        BoundReference
        """
        return BoundReference(self._advance, Table(arrays, self.slots))


class BoundReference:
    """A reference kernel with its arrays; called like `kernel.BoundKernel`."""

    def __init__(self, advance, table):
        self._advance, self.table = advance, table

    def __call__(self, thread=0, n_threads=1):
        with np.errstate(all="ignore"):
            return int(self._advance(self.table.arrays, thread, n_threads))


def compile_reference(source):
    """Make generated source runnable as plain Python.

    Parameters
    ----------
    source : str
        As for `compile.compile_kernel`.

    Returns
    -------
    ReferenceKernel
    """
    return ReferenceKernel(source)


class CheckedPointer:
    """An array that accepts an index from 0 to its length, and nothing else.

    Reals come out as `numpy.float64` (a division by zero gives inf), integers as `int`.
    """

    def __init__(self, array):
        self.array = array.reshape(-1)
        self._is_real = array.dtype.kind == "f"

    def __getitem__(self, index):
        value = self.array[self._check(index)]
        return np.float64(value) if self._is_real else int(value)

    def __setitem__(self, index, value):
        self.array[self._check(index)] = value

    def _check(self, index):
        if not 0 <= index < self.array.size:
            raise IndexError(f"index {index} of an array with {self.array.size} elements")
        return index


class Zeros:
    """An array that holds zeros only, whatever is written into it."""

    def __getitem__(self, index):
        return 0

    def __setitem__(self, index, value):
        if value != 0:
            raise ValueError(f"{value} written where only zeros are")


def bind_zeros(table, slot):
    """Array `slot` of a table, of which it is known that it holds zeros only."""
    return Zeros()


def bind_array(table, slot):
    """Array `slot` of a table; binding has checked its type."""
    return CheckedPointer(table[slot])


def exprel(x):
    """``(exp(x) - 1)/x``, 1 at zero."""
    if x == 0:
        return np.float64(1.0)
    if x > 700.0:
        return np.exp(x - math.log(x))
    return np.expm1(x) / x


def bounded(x, low, high):
    """`x` moved into ``[low, high]``, and `low` for NaN."""
    return (x if x < high else high) if x > low else low


def inside(x, n):
    """`x` where it lies in ``[0, n)``, else `n`; also for NaN."""
    return x if 0 <= x < n else n


def uniform_at(seed, stream, step, index):
    """The number of neuron `index` in the block that holds it."""
    return uniform_numbers(seed, stream, step, index // BLOCK * BLOCK)[index % BLOCK]


def normal_at(seed, stream, step, index):
    """The number of neuron `index` in the block that holds it."""
    return normal_numbers(seed, stream, step, index // BLOCK * BLOCK)[index % BLOCK]


def fraction_at(seed, stream, step, first):
    """A uniform for the block that begins with neuron `first`."""
    return fine_uniforms(seed, stream, step, first)[0]


def choice_at(seed, stream, step, first):
    """Another uniform for the block that begins with neuron `first`."""
    return fine_uniforms(seed, stream, step, first)[1]


def uniform_block(buffer, seed, stream, step, first):
    """Fill ``buffer[0:256]`` with uniforms in (0, 1)."""
    buffer.array[:BLOCK] = uniform_numbers(seed, stream, step, first)


def normal_block(buffer, seed, stream, step, first):
    """Fill ``buffer[0:256]`` with standard normals."""
    buffer.array[:BLOCK] = normal_numbers(seed, stream, step, first)


def random_words(seed, stream, step, first):
    """The Philox lanes of the neurons ``first .. first + 255``.

    Returns
    -------
    uint64[4, 64]
        Lane l of counter c at ``[l, c]``; neuron ``first + c + 64*l``.
    """
    counter = np.arange(N_COUNTERS, dtype=np.uint64) + np.uint64(first // BLOCK * N_COUNTERS)
    step = step & 0xFFFFFFFFFFFFFFFF
    seed = seed & 0xFFFFFFFFFFFFFFFF
    words = (counter, stream & 0xFFFFFFFF, step & 0xFFFFFFFF, step >> 32)
    key = (seed & 0xFFFFFFFF, seed >> 32)
    as_array = [np.broadcast_to(np.asarray(word, np.uint64), N_COUNTERS) for word in words]
    return np.array(philox(as_array, key), np.uint64)


def uniform_numbers(seed, stream, step, first):
    """float64[256] in (0, 1)."""
    words = random_words(seed, stream, step, first)
    return ((words.astype(np.float64) + 0.5) * 2.0**-32).reshape(BLOCK)


def fine_uniforms(seed, stream, step, first):
    """float64[2] in (0, 1), from the four lanes of the first counter of a block."""
    high, low = random_words(seed, stream, step, first)[:, 0].reshape(2, 2).T
    return (((high << np.uint64(20)) | (low >> np.uint64(12))) + 0.5) * 2.0**-52


def normal_numbers(seed, stream, step, first):
    """float64[256], standard normal."""
    word, other = random_words(seed, stream, step, first).reshape(2, 2, N_COUNTERS).swapaxes(0, 1)
    radius = np.sqrt(-2.0 * np.log((word + 0.5) * 2.0**-32))
    angle = (other % 2**ANGLE_BITS + 0.5) * (math.pi / 2 / 2**ANGLE_BITS)
    cosine = np.where(other >> np.uint64(31), -1, 1) * np.cos(angle)
    sine = np.where((other >> np.uint64(30)) & np.uint64(1), -1, 1) * np.sin(angle)
    return np.stack([radius * cosine, radius * sine], 1).reshape(BLOCK)


_turnstile = threading.Lock()


def wait_barrier(counters, n_threads):
    """Wait until `n_threads` threads have called; the counter area as in `barrier`."""
    if n_threads <= 1:
        return
    with _turnstile:
        before = counters[OPENED]
        counters[0] += 1
        if counters[0] == n_threads:
            counters[0] = 0
            counters[OPENED] += 1
    while counters[OPENED] == before:
        time.sleep(0)


def call_native(address, *values):
    """Value of a C function ``double(double, ...)`` at an address."""
    kind = ctypes.CFUNCTYPE(ctypes.c_double, *[ctypes.c_double] * len(values))
    return np.float64(kind(address)(*map(float, values)))


def prefetch(array, index):
    """Nothing: plain Python has no caches to fill ahead."""


VOCABULARY = {
    **dict.fromkeys(DTYPES, bind_array),
    "zeros": bind_zeros,
    "exprel": exprel,
    "bounded": bounded,
    "inside": inside,
    "modulo": np.mod,
    "floor_divide": np.floor_divide,
    "lane_range": range,
    "single_range": range,
    "uniform_block": uniform_block,
    "normal_block": normal_block,
    "uniform_at": uniform_at,
    "normal_at": normal_at,
    "fraction_at": fraction_at,
    "choice_at": choice_at,
    "wait_barrier": wait_barrier,
    "prefetch": prefetch,
    "call_native": call_native,
    **{
        name: getattr(np, name)
        for name in (
            *("exp", "log", "log10", "log1p", "expm1", "sqrt", "sin", "cos", "tan"),
            *("sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "absolute", "sign"),
            *("floor", "ceil", "minimum", "maximum", "clip", "power"),
        )
    },
}
"""The names that generated source may use, for plain Python."""
