"""What a measured program says of itself: one JSON line, the same for all languages."""

import json
import resource
import sys
import time


class Run:
    """Stopwatch of one program: made after the imports, told when the timed part begins and ends.

    Parameters
    ----------
    argv : sequence of str, optional
        Command line of the program; its first argument is the simulated time in seconds.
    """

    def __init__(self, argv=None):
        self._begin = self._built = time.perf_counter()
        self.duration_s = float((sys.argv if argv is None else argv)[1])

    def built(self):
        """Say that everything before the timed part is done."""
        self._built = time.perf_counter()

    def finish(self, n_neurons, spikes, **figures):
        """Print the line; a figure of the same name replaces what the stopwatch says.

        Parameters
        ----------
        n_neurons, spikes : int
            Size of the network and number of its spikes in `duration_s`.
        **figures : float
            Further values, such as a loop time that the simulator itself reports.
        """
        now = time.perf_counter()
        line = {
            "n_neurons": int(n_neurons),
            "duration_s": self.duration_s,
            "build_s": self._built - self._begin,
            "run_s": now - self._built,
            "spikes": int(spikes),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
        print(json.dumps(line | figures), flush=True)
