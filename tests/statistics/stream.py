"""Write random numbers of the engine to standard output, for a battery of statistical tests.

    python tests/statistics/stream.py ORDER [uniform|normal] | ./testu01 BATTERY NAME

Each number becomes a word of 32 bits: a uniform the word that it was made from, a normal that of
its distribution function. ORDER says which number follows which, see `ORDERS`.
"""

import sys

import numpy as np

from brian_nb.kernels import allocate, compile_kernel

N_AT_ONCE = 1 << 18

ORDERS = {
    "neurons": "7, 0, k // 4000, k % 4000",
    "large": "7, 0, k // 1000000, k % 1000000",
    "steps": "7, 0, k, 17",
    "draws": "7, k % 640, k // 640, 17",
    "seeds": "k, 0, 0, 0",
}
"""Seed, stream, step and neuron of number `k`: through 4000 or a million neurons step by step,
through the steps of one neuron, through the draws of ten populations, through successive seeds."""

SOURCE = """
def advance(A, thread, n_threads):
    numbers = f64(A, 0)
    begin = i64(A, 1)
    for j in range(SIZE):
        k = begin[0] + j
        numbers[j] = KIND_at(PLACE)
    begin[0] += SIZE
    return 0
"""


def draw_words(order, kind):
    """Go through the words of an order.

    Parameters
    ----------
    order : str
        Of `ORDERS`.
    kind : str
        ``uniform`` or ``normal``.

    Yields
    ------
    uint32[N_AT_ONCE]
    """
    source = SOURCE.replace("SIZE", str(N_AT_ONCE)).replace("KIND", kind)
    arrays = [allocate(N_AT_ONCE), allocate(1, np.int64)]
    kernel = compile_kernel(source.replace("PLACE", ORDERS[order]))(arrays)
    while True:
        kernel()
        yield (_uniforms_of(arrays[0], kind) * 2.0**32).astype(np.uint32)


def _uniforms_of(numbers, kind):
    if kind == "uniform":
        return numbers
    from scipy.special import ndtr

    return ndtr(numbers)


if __name__ == "__main__":
    try:
        for words in draw_words(sys.argv[1], sys.argv[2] if sys.argv[2:] else "uniform"):
            sys.stdout.buffer.write(words.tobytes())
    except BrokenPipeError:
        sys.stderr.close()
