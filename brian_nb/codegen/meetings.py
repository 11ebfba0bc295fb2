"""Where threads have to meet: before one reads what another one writes, or the other way round."""

from dataclasses import dataclass

from brian_nb.codegen.lines import Lines
from brian_nb.codegen.tables import Tables


def write_barrier(lines, tables):
    """Let threads wait for each other, if there are several."""
    barrier = tables.array("barrier", "i64", "network", 0, "barrier")
    with lines.block("if n_threads > 1:"):
        lines.add(f"wait_barrier({barrier}, n_threads)")


@dataclass
class Meetings:
    """Writes a barrier where values have been written, or read, since the last one.

    Parameters
    ----------
    lines : Lines
    tables : Tables
    is_written, is_read : bool
        Whether values that threads share have been, since they met.
    """

    lines: Lines
    tables: Tables
    is_written: bool = False
    is_read: bool = False

    def before_write(self):
        """Each thread is about to write values of its own neurons that others may read."""
        if self.is_read:
            self.meet()
        self.is_written = True

    def before_read(self):
        """Each thread is about to read values of any neurons."""
        if self.is_written:
            self.meet()
        self.is_read = True

    def meet(self):
        """Write a barrier."""
        write_barrier(self.lines, self.tables)
        self.is_written = self.is_read = False
