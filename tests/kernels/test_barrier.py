"""The barrier under real threads, with and without a processor for each of them."""

import threading

import numpy as np
import pytest

from brian_nb.kernels import allocate, compile_kernel, compile_reference
from brian_nb.kernels.barrier import N_COUNTERS

# Each thread writes the round into its own place, and after the barrier reads everybody's: a
# place that is behind means that the barrier opened too early.
SOURCE = """
def advance(A, thread, n_threads):
    counters = i64(A, 0)
    places = i64(A, 1)
    n = i64(A, 2)
    early = 0
    for turn in range(1, n[0] + 1):
        places[thread * 8] = turn
        wait_barrier(counters, n_threads)
        for other in range(n_threads):
            early += places[other * 8] != turn
        wait_barrier(counters, n_threads)
    return early
"""

TIMEOUT = 30


def run_threads(compiler, n_threads, n_turns):
    """Statuses of all threads, None for one that did not come back."""
    arrays = [allocate(N_COUNTERS, np.int64), allocate(8 * n_threads, np.int64), allocate(1, "i8")]
    arrays[2][0] = n_turns
    bound = compiler(SOURCE)(arrays)
    statuses = [None] * n_threads

    def work(thread):
        statuses[thread] = bound(thread, n_threads)

    workers = [threading.Thread(target=work, args=(k,), daemon=True) for k in range(n_threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(TIMEOUT)
    return statuses, arrays[0]


@pytest.mark.parametrize(("n_threads", "n_turns"), [(1, 1000), (2, 20_000), (7, 300)])
def test_nobody_passes_before_all_have_come(n_threads, n_turns):
    statuses, counters = run_threads(compile_kernel, n_threads, n_turns)
    assert statuses == [0] * n_threads
    assert counters[0] == 0
    assert counters[8] == (2 * n_turns if n_threads > 1 else 0)


def test_the_reference_barrier_does_the_same():
    statuses, counters = run_threads(compile_reference, 3, 20)
    assert statuses == [0] * 3 and counters[8] == 40
