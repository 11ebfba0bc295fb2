"""Source for the probes: spikes, spike counts and states go into buffers of the engine."""

from brian_nb.codegen.spikes import write_spike_loop
from brian_nb.model import RateProbe, SpikeProbe, StateProbe


def write_capacity_check(lines, index, probe, tables, fresh=""):
    """Leave the loop before a step whose records might not fit into the buffer.

    `fresh` is a further condition: that the step has not been left for Python code meanwhile.
    """
    count = _count(index, tables)
    room = tables.integer(f"room{index}", "probe", index, "capacity")
    most = "1"
    if isinstance(probe, SpikeProbe):
        most = tables.integer(f"probe_size{index}", "probe", index, "size")
    with lines.block(f"if {count} + {most} > {room}{fresh}:"):
        lines.add("break")


def write_probe(lines, index, probe, sources, tables):
    """Write one probe at its place in the step."""
    writer = {SpikeProbe: _write_spikes, RateProbe: _write_rate, StateProbe: _write_state}
    lines.add(f"# probe {index}")
    writer[type(probe)](lines, index, probe, sources[probe.population], tables)


def _count(index, tables):
    return tables.integer(f"count{index}", "probe", index, "count", saved=True)


def _range(index, tables):
    first = tables.integer(f"probe_first{index}", "probe", index, "first")
    size = tables.integer(f"probe_size{index}", "probe", index, "size")
    return first, size


def _write_spikes(lines, index, probe, source, tables):
    neurons = tables.array(f"neurons{index}", "i32", "probe", index, "neurons")
    steps = tables.array(f"steps{index}", "i64", "probe", index, "steps")
    count = _count(index, tables)
    with write_spike_loop(lines, source, *_range(index, tables)):
        with lines.block("if thread == 0:"):
            lines.add(f"{neurons}[{count}] = i", f"{steps}[{count}] = step")
        lines.add(f"{count} += 1")


def _write_rate(lines, index, probe, source, tables):
    rates = tables.array(f"spikes_in_step{index}", "i64", "probe", index, "spikes_in_step")
    count = _count(index, tables)
    lines.add("n_found = 0")
    with write_spike_loop(lines, source, *_range(index, tables)):
        lines.add("n_found += 1")
    with lines.block("if thread == 0:"):
        lines.add(f"{rates}[{count}] = n_found")
    lines.add(f"{count} += 1")


def _write_state(lines, index, probe, source, tables):
    values = tables.array(f"values{index}", "f64", "probe", index, "values")
    chosen = tables.array(f"chosen{index}", "i64", "probe", index, "chosen")
    width = tables.integer(f"width{index}", "probe", index, "width")
    due = tables.integer(f"due{index}", "probe", index, "due", saved=True)
    stride = tables.integer(f"stride{index}", "probe", index, "stride")
    count = _count(index, tables)
    low, high = source.name("low"), source.name("high")
    with lines.block(f"if step == {due}:"):
        with lines.block(f"for m in index_range(0, {width}):"):
            lines.add(f"i = {chosen}[m]")
            with lines.block(f"if i >= {low} and i < {high}:"):
                value = source.read_at(lines, probe.variable, "i")
                lines.add(f"{values}[{count}*{width} + m] = {value}")
        lines.add(f"{count} += 1", f"{due} += {stride}")
