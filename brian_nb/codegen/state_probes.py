"""Source for probes of state variables: each thread writes the values of its own neurons."""

from contextlib import contextmanager


def write_state(lines, probe):
    """Write the values of a record into a buffer."""
    values = probe.array("f64", "values")
    with _write_due(lines, probe):
        with _write_chosen_loop(lines, probe) as place:
            value = probe.population.read_at(lines, probe.probe.variable, "i")
            lines.add(f"{values}[{probe.count}*{_width(probe)} + {place}] = {value}")
        lines.add(f"{probe.count} += 1")


def write_recent(lines, probe):
    """Write the values and the time of a record over those of the oldest one."""
    values, times = (probe.array("f64", name) for name in ("values", "times"))
    seen = probe.integer("n_seen", saved=True)
    slots = probe.integer("n_slots")
    with _write_due(lines, probe):
        lines.add(f"slot = {seen}%{slots}")
        with lines.block("if thread == 0:"):
            lines.add(f"{times}[slot] = t")
        with _write_chosen_loop(lines, probe) as place:
            value = probe.population.read_at(lines, probe.probe.variable, "i")
            lines.add(f"{values}[slot*{_width(probe)} + {place}] = {value}")
        lines.add(f"{seen} += 1")


def write_statistics(lines, probe):
    """Bring mean and sum of squared deviations of each neuron up to date.

    Source: Welford 1962, Technometrics 4:419.
    """
    means, spreads = (probe.array("f64", name) for name in ("means", "spreads"))
    seen = probe.integer("n_seen", saved=True)
    with _write_due(lines, probe):
        lines.add(f"{seen} += 1", f"share = 1.0/{seen}")
        with _write_range_loop(lines, probe, probe.size) as place:
            value = probe.population.read_at(lines, probe.probe.variable, "i")
            lines.add(
                f"value = {value}",
                f"shift = value - {means}[{place}]",
                f"mean = {means}[{place}] + shift*share",
                f"{means}[{place}] = mean",
                f"{spreads}[{place}] += shift*(value - mean)",
            )


@contextmanager
def _write_due(lines, probe):
    """Open a block for the steps in which a record is due."""
    due, stride = probe.integer("due", saved=True), probe.integer("stride")
    with lines.block(f"if step == {due}:"):
        yield
        lines.add(f"{due} += {stride}")


def _width(probe):
    return probe.integer("width")


@contextmanager
def _write_chosen_loop(lines, probe):
    """Open a loop over the chosen neurons ``i`` of this thread; gives their place in a record."""
    if probe.probe.dense:
        with _write_range_loop(lines, probe, _width(probe)) as place:
            yield place
        return
    chosen = probe.array("i64", "chosen")
    with lines.block(f"for m in range(0, {_width(probe)}):"):
        lines.add(f"i = {chosen}[m]")
        with probe.write_own(lines, "i"):
            yield "m"


@contextmanager
def _write_range_loop(lines, probe, size):
    """Open a loop over the neurons ``i`` of this thread in a range."""
    first, low, high = probe.first, probe.population.name("low"), probe.population.name("high")
    lines.add(
        f"begin = {first} if {first} > {low} else {low}",
        f"end = {first} + {size} if {first} + {size} < {high} else {high}",
    )
    with lines.block("for i in range(begin, end):"):
        yield f"(i - {first})"
