"""Source for clocks: which one is due, and what time it is."""

from dataclasses import dataclass

from brian_nb.codegen.tables import Tables

NONE_DUE = -1


@dataclass(frozen=True)
class ClockSource:
    """Writes the code of one clock.

    Parameters
    ----------
    index : int
        Position in the network.
    tables : Tables
    """

    index: int
    tables: Tables

    @property
    def step(self):
        """Local name of the number of the step that is due."""
        return self.tables.integer(f"step{self.index}", "clock", self.index, "step", saved=True)

    @property
    def stop(self):
        """Local name of the step before which the segment ends."""
        return self.tables.integer(f"stop{self.index}", "clock", self.index, "stop")

    @property
    def time(self):
        """Source text of the time at which the step that is due starts."""
        times = self._times
        return f"{times}[0] + {self.step}*{times}[1]"

    @property
    def tolerance(self):
        """Source text of how far apart times may be that count as the same."""
        return f"{self._times}[2]"

    @property
    def _times(self):
        return self.tables.array(f"clock{self.index}", "f64", "clock", self.index, "times")


def write_choice(lines, clocks):
    """Choose the clock that is due first as `due`, or leave the loop; the first one wins a tie."""
    lines.add(f"due = {NONE_DUE}", "now = 0.0")
    for clock in clocks:
        with lines.block(f"if {clock.step} < {clock.stop}:"):
            lines.add(f"then = {clock.time}")
            with lines.block(f"if due < 0 or then < now - {clock.tolerance}:"):
                lines.add(f"due = {clock.index}", "now = then")
    with lines.block("if due < 0:"):
        lines.add("break")
