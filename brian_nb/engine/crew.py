"""The threads that share the segments of a run."""

from concurrent.futures import ThreadPoolExecutor


class Crew:
    """Runs a kernel in one thread or in several.

    Each thread has arrays of its own for what it only needs for a moment; all others they share.

    Parameters
    ----------
    n_threads : int
    """

    def __init__(self, n_threads):
        self.n_threads = n_threads
        self._bound, self._pool = [], None

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
        if self._pool is None:
            self._pool = ThreadPoolExecutor(len(others))
        running = [
            self._pool.submit(bound, thread, self.n_threads)
            for thread, bound in enumerate(others, start=1)
        ]
        return first(0, self.n_threads) + sum(item.result() for item in running)

    def close(self):
        """Let the threads go; another run brings others."""
        if self._pool:
            self._pool.shutdown()
            self._pool = None
