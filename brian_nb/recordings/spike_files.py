"""Spikes that go into a file while they are recorded."""

import os

import numpy as np

from brian_nb.recordings.spikes import SpikeRecording


class SpikeFile(SpikeRecording):
    """Spikes that are written as lines ``neuron, time`` with the time in seconds.

    What has been taken over is in the file at once, for whoever reads it meanwhile.

    Parameters
    ----------
    path : str or path-like
        Written anew.
    keep : bool
        Whether to keep the spikes in memory, too.
    """

    is_prompt = True

    def __init__(self, path, keep=False):
        super().__init__(keep)
        self.path = os.path.abspath(path)
        self._file = open(self.path, "w", encoding="ascii")  # noqa: SIM115 - open as long as it records

    def add_spikes(self, neurons, steps, epoch):
        """Write a chunk of spikes, at the end of the file if it was closed meanwhile."""
        super().add_spikes(neurons, steps, epoch)
        with self._lock:
            if self._file is None:
                self._file = open(self.path, "a", encoding="ascii")  # noqa: SIM115
            self._file.writelines(_write_lines(neurons, steps, epoch))
            self._file.flush()

    def close(self):
        """Write what waits, and close the file."""
        self.pull()
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _forget(self):
        super()._forget()
        if self._file is not None:
            self._file.close()
        self._file = open(self.path, "w", encoding="ascii")  # noqa: SIM115

    def __getstate__(self):
        return super().__getstate__() | {"_file": None}


def _write_lines(neurons, steps, epoch):
    """Lines of text; the many spikes of one step share the digits of their time."""
    fired_at, place = np.unique(steps, return_inverse=True)
    times = [f", {time!r}\n" for time in (epoch.origin + fired_at * epoch.dt).tolist()]
    return [
        f"{neuron}{times[k]}" for neuron, k in zip(neurons.tolist(), place.tolist(), strict=True)
    ]
