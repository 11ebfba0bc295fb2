"""The threads that share the segments of a run."""

import os
from concurrent.futures import ThreadPoolExecutor


class Crew:
    """Runs a kernel in one thread or in several.

    Each thread has arrays of its own for what it only needs for a moment; all others they share.
    A process that is forked off has none of the threads, and gets its own with its first run.

    Parameters
    ----------
    n_threads : int
    """

    def __init__(self, n_threads):
        self.n_threads = n_threads
        self._bound, self._pool, self._process = [], None, None

    def bind(self, kernel, binding):
        """Work with a kernel on the arrays of a binding from now on."""
        self._bound = [kernel(binding.arrays()) for _ in range(self.n_threads)]

    def exchange(self, arrays):
        """Go on with other arrays in some places of the table: pairs of place and array."""
        for place, array in arrays:
            for bound in self._bound:
                bound.table.exchange(place, array)

    def run(self):
        """Run the kernel; the sum of what it returns in each thread."""
        first, *others = self._bound
        if not others:
            return first(0, 1)
        pool = self._find_pool(len(others))
        running = [
            pool.submit(bound, thread, self.n_threads)
            for thread, bound in enumerate(others, start=1)
        ]
        return first(0, self.n_threads) + sum(item.result() for item in running)

    def close(self):
        """Let the threads go; another run brings others."""
        if self._pool and self._process == os.getpid():
            self._pool.shutdown()
        self._pool = None

    def _find_pool(self, n_threads):
        process = os.getpid()
        if self._pool is None or self._process != process:
            self._pool, self._process = ThreadPoolExecutor(n_threads), process
        return self._pool
