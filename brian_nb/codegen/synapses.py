"""Source for one set of synapses: spikes add their weights to a variable of the target."""

from brian_nb.codegen.spikes import write_spike_loop


def write_propagation(lines, index, synapses, source, target, tables, factors=None):
    """Write the delivery of the spikes that arrive in this step.

    Parameters
    ----------
    lines : Lines
    index : int
        Position of the synapses in the network.
    synapses : Synapses
    source, target : PopulationSource
    tables : Tables
    factors : str, optional
        Local name of the factors that the spikes took along.
    """
    targets = tables.array(f"targets{index}", "u32", "synapses", index, "targets")
    scale = tables.array(f"scale{index}", "f64", "synapses", index, "scale")
    state = target.state(synapses.variable)
    delay = tables.integer(f"delay{index}", "synapses", index, "delay_steps")
    first = tables.integer(f"source_first{index}", "synapses", index, "source_first")
    size = tables.integer(f"source_size{index}", "synapses", index, "source_size")
    weight = f"w{index}"
    lines.add(f"# synapses {index}: population {source.index} -> {target.index}")
    lines.add(f"{weight} = {scale}[0]")
    with write_spike_loop(lines, source, first, size, delay):
        if factors:
            lines.add(f"{weight} = {scale}[0]*{factors}[past*{size} + i]")
        write_row(lines, index, target, tables)
        with lines.block("for k in index_range(begin, end):"):
            amount = weight
            if not synapses.homogeneous:
                amount = f"{weight}*{name_weights(tables, index)}[k]"
            lines.add(f"{state}[{targets}[k]] += {amount}")


def name_weights(tables, index):
    """Local name of the array of the weights of a set of synapses."""
    return tables.array(f"weights{index}", "f64", "synapses", index, "weights")


def write_row(lines, index, target, tables):
    """Set `begin` and `end` to the synapses of source neuron `i` onto the targets of this thread.

    Parameters
    ----------
    lines : Lines
    index : int
        Position of the synapses in the network.
    target : PopulationSource
    tables : Tables
    """
    rows = tables.array(f"rows{index}", "i64", "synapses", index, "rows")
    targets = tables.array(f"targets{index}", "u32", "synapses", index, "targets")
    lines.add(f"begin = {rows}[i]", f"end = {rows}[i + 1]")
    with lines.block("if n_threads > 1:"):
        _write_search(lines, targets, "begin", target.name("low"))
        _write_search(lines, targets, "end", target.name("high"))


def _write_search(lines, targets, edge, neuron):
    """Narrow a row to the targets of this thread: binary search for the first one of them."""
    lines.add("left = begin", "right = end")
    with lines.block("while left < right:"):
        lines.add("middle = (left + right)//2")
        with lines.block(f"if {targets}[middle] < {neuron}:"):
            lines.add("left = middle + 1")
        with lines.block("else:"):
            lines.add("right = middle")
    lines.add(f"{edge} = left")
