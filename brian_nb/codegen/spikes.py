"""Source that goes through the spikes of a population, in the order of the neurons."""

from contextlib import contextmanager


@contextmanager
def write_spike_loop(lines, source, first, size, delay=None, look_ahead=None):
    """Open a loop over spikes of neurons ``first .. first + size - 1``; `i` counts from `first`.

    Parameters
    ----------
    lines : Lines
    source : PopulationSource
        Population that fires.
    first, size : str
        Local names of the range of neurons.
    delay : str, optional
        Local name of how many steps ago the spikes were fired.
    look_ahead : LookAhead, optional
        What is fetched for the spikes that come next.
    """
    spikes, counts = _rings(source)
    slot = _write_slot(lines, source, delay)
    with lines.block("for q in range(n_threads):"):
        begin = f"{source.name('blocks')}*q//n_threads*256"
        lines.add(f"fired = {slot}*{source.name('n')} + {begin}")
        lines.add(f"n_fired = {counts}[{slot}*n_threads + q]")
        with lines.block("for s in range(n_fired):"):
            if look_ahead:
                look_ahead.write(lines, spikes, first, size)
            lines.add(f"i = {spikes}[fired + s] - {first}")
            with lines.block(f"if i >= 0 and i < {size}:"):
                yield


@contextmanager
def write_own_spike_loop(lines, source, first, size, delay=None, index="i"):
    """Open a loop over the same spikes, but only those of the neurons of this thread.

    `index` is the local name that counts from `first`.
    """
    spikes, counts = _rings(source)
    slot = _write_slot(lines, source, delay)
    lines.add(f"fired = {slot}*{source.name('n')} + {source.name('low')}")
    with lines.block(f"for s in range({counts}[{slot}*n_threads + thread]):"):
        lines.add(f"{index} = {spikes}[fired + s] - {first}")
        with lines.block(f"if {index} >= 0 and {index} < {size}:"):
            yield


def write_spike_count(lines, source, delay):
    """Count the spikes of a population that were fired some steps ago, as `n_found`.

    Parameters
    ----------
    lines : Lines
    source : PopulationSource
    delay : str
        Local name of the number of steps.
    """
    _, counts = _rings(source)
    slot = _write_slot(lines, source, delay)
    lines.add("n_found = 0")
    with lines.block("for q in range(n_threads):"):
        lines.add(f"n_found += {counts}[{slot}*n_threads + q]")


def _rings(source):
    return source.array("spikes", "i32", "spikes"), source.array("counts", "i64", "counts")


def _write_slot(lines, source, delay):
    """Local name of the slot of the spike ring that holds the spikes of so many steps ago."""
    slot = source.name("slot")
    if delay is None:
        return slot
    lines.add(f"past = {slot}")
    with lines.block(f"if {delay} > 0:"):
        lines.add(f"past = {slot} - {delay}")
        with lines.block("if past < 0:"):
            lines.add(f"past += {source.name('ring')}")
    return "past"
