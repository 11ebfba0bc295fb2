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
        Command line of the program: the simulated time in seconds; for programs that work at any
        size, the number of neurons and of the synapses of each.
    """

    def __init__(self, argv=None):
        self._begin = self._built = time.perf_counter()
        duration, *rest = (sys.argv if argv is None else argv)[1:]
        self.duration_s = float(duration)
        self.n_neurons, self.n_synapses = map(int, rest) if rest else (None, None)

    @property
    def weight_scale(self):
        """Factor of the weights that keeps the rate alike for other numbers than 80 synapses."""
        return min(1.0, (80 / self.n_synapses) ** 1.6)

    def built(self):
        """Say that everything before the timed part is done."""
        self._built = time.perf_counter()

    def finish(self, n_neurons, spikes, **figures):
        """Print the line; a figure of the same name replaces what the stopwatch says.

        What one call of a run without steps takes, `call_s`, is taken off the running time.

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
            "run_s": now - self._built - figures.get("call_s", 0.0),
            "spikes": int(spikes),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
        print(json.dumps(line | figures), flush=True)


def time_calls(function, n_calls=21):
    """Median wall time of a call, in seconds."""
    seconds = []
    for _ in range(n_calls):
        begin = time.perf_counter()
        function()
        seconds.append(time.perf_counter() - begin)
    return sorted(seconds)[n_calls // 2]
