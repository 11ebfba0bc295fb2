"""Source that fetches the rows of the spikes that come next, while those of one are added.

The rows of a large network lie in main memory, and where one begins is known only once its spike
and its row pointer have been read. Without this, each spike waits for both.
"""

from dataclasses import dataclass

POINTERS_AHEAD = 4
"""Spikes from now for which the row pointer is fetched."""
ROWS_AHEAD = 2
"""Spikes from now for which the beginning of the row is fetched; its pointer is there by then."""
MOST_SYNAPSES = 128
"""Of a row, so many are fetched; the processor itself goes on with a row that it sees read."""
LINE = 64
"""Bytes that come from memory at once."""


@dataclass(frozen=True)
class LookAhead:
    """Fetches rows of synapses for a loop over spikes (see `spikes.write_spike_loop`).

    Parameters
    ----------
    rows : str
        Local name of the array of row pointers.
    tables : tuple of (str, int, str or None)
        Arrays with an element for each synapse: local name, bytes of an element, and the
        condition for it to have them.
    """

    rows: str
    tables: tuple

    def write(self, lines, spikes, first, size):
        """Write the hints of one spike: `s` of `n_fired` that begin at place `fired`."""
        with lines.block(f"if s + {POINTERS_AHEAD} < n_fired:"):
            lines.add(f"prefetch({self.rows}, {spikes}[fired + s + {POINTERS_AHEAD}] - {first})")
        with lines.block(f"if s + {ROWS_AHEAD} < n_fired:"):
            lines.add(f"i = {spikes}[fired + s + {ROWS_AHEAD}] - {first}")
            with lines.block(f"if i >= 0 and i < {size}:"):
                lines.add(f"begin = {self.rows}[i]", f"end = {self.rows}[i + 1]")
                lines.add(
                    f"end = end if end < begin + {MOST_SYNAPSES} else begin + {MOST_SYNAPSES}"
                )
                for name, n_bytes, condition in self.tables:
                    if condition:
                        with lines.block(f"if {condition}:"):
                            _write_fetch(lines, name, n_bytes)
                    else:
                        _write_fetch(lines, name, n_bytes)


def _write_fetch(lines, name, n_bytes):
    with lines.block(f"for k in range(begin, end, {LINE // n_bytes}):"):
        lines.add(f"prefetch({name}, k)")
