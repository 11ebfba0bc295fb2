"""Monitors that write spikes into a file."""

from brian_nb.network.monitors.spike_monitor import SpikeMonitor
from brian_nb.recordings import SpikeFile


class FileSpikeMonitor(SpikeMonitor):
    """Records the spikes of a group into a text file.

    Each line is ``i, t``: the neuron, and the time in seconds with all its digits. The file is
    complete whenever a run is over; during a run it grows as spikes are taken over.

    Parameters
    ----------
    source : NeuronGroup or Subgroup
    filename : str or path-like
        Written anew, and again after `reinit`.
    record : bool
        Whether to keep the spikes in memory, too, as a `SpikeMonitor` does.
    delay : Quantity, second
        Spikes are recorded so much later.

    Raises
    ------
    OSError
        The file cannot be written.
    ModelError, DimensionMismatchError
        See `SpikeMonitor`.
    """

    def __init__(self, source, filename, record=False, delay=0):
        self.filename = filename
        super().__init__(source, record, delay)

    def close_file(self):
        """Write what waits and close the file; a later run opens it again, and goes on at its end.

        It closes by itself when the program ends.
        """
        self.recording.close()

    def _make_recording(self, record):
        return SpikeFile(self.filename, keep=record)

    @property
    def _needs_spikes(self):
        return True
