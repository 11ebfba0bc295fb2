"""Source for probes of spikes.

All threads see the spikes of a step in the same order. What grows record by record is counted by
all of them, so that they leave the loop in the same step; sums are made by one thread, or by the
thread whose neuron it is.
"""

from brian_nb.model import NEVER


def write_spikes(lines, probe):
    """Write neuron and step of each spike into a buffer."""
    with probe.write_spike_loop(lines, delayed=True):
        with lines.block("if thread == 0:"):
            _write_spike(lines, probe)
        lines.add(f"{probe.count} += 1")


def write_spike_states(lines, probe):
    """Write each spike with the values of variables of its neuron."""
    values = probe.array("f64", "values")
    variables = probe.probe.variables
    with probe.write_spike_loop(lines):
        with lines.block("if thread == 0:"):
            _write_spike(lines, probe)
        lines.add(f"j = i + {probe.first}")
        with probe.write_own(lines, "j"):
            for place, variable in enumerate(variables):
                value = probe.population.read_at(lines, variable, "j")
                lines.add(f"{values}[{probe.count}*{len(variables)} + {place}] = {value}")
        lines.add(f"{probe.count} += 1")


def write_total(lines, probe):
    """Count the spikes of all neurons together."""
    total = probe.integer("total", saved=True)
    with lines.block("if thread == 0:"), probe.write_spike_loop(lines, delayed=True):
        lines.add(f"{total} += 1")


def write_counts(lines, probe):
    """Count the spikes of each neuron."""
    counts = probe.array("i64", "n_spikes")
    with lines.block("if thread == 0:"), probe.write_spike_loop(lines):
        lines.add(f"{counts}[i] += 1")


def write_rate(lines, probe):
    """Write the number of spikes of this step into a buffer."""
    rates = probe.array("i64", "spikes_in_step")
    with lines.block("if thread == 0:"):
        lines.add("n_found = 0")
        with probe.write_spike_loop(lines):
            lines.add("n_found += 1")
        lines.add(f"{rates}[{probe.count}] = n_found")
    lines.add(f"{probe.count} += 1")


def write_intervals(lines, probe):
    """Put the interval since the last spike of a neuron into its bin, found by bisection."""
    last = probe.array("i64", "last_spike")
    edges = probe.array("i64", "edges")
    counts = probe.array("i64", "n_intervals")
    n_bins = probe.integer("n_bins")
    with lines.block("if thread == 0:"), probe.write_spike_loop(lines, delayed=True):
        with lines.block(f"if {last}[i] != {NEVER}:"):
            lines.add("left = 0", f"right = {n_bins}")
            with lines.block("while left < right:"):
                lines.add("middle = (left + right)//2")
                with lines.block(f"if {edges}[middle] <= step - {last}[i]:"):
                    lines.add("left = middle + 1")
                with lines.block("else:"):
                    lines.add("right = middle")
            with lines.block("if left > 0:"):
                lines.add(f"{counts}[left - 1] += 1")
        lines.add(f"{last}[i] = step")


def write_coincidences(lines, probe):
    """Count the target spikes that a spike meets, in the order of the target train.

    Target spikes before ``next_target`` have been met, or are too long ago for any later spike. So
    the first one that is not too long ago is the best one to meet: it goes out of reach first.
    """
    limits = probe.array("f64", "limits")
    targets, shift = (probe.array("f64", name) for name in ("targets", "shift"))
    upcoming = probe.array("i64", "next_target")
    last = probe.array("i64", "last_target")
    n_met = probe.array("i64", "n_met")
    n_spikes = probe.array("i64", "n_spikes")
    steps = probe.integer("counted_steps", saved=True)
    first_of = "if" if probe.probe.exclusive else "while"
    when = f"{targets}[target] + {shift}[i]"
    with lines.block(f"if t >= {limits}[1]:"):
        lines.add(f"{steps} += 1")
        with probe.write_spike_loop(lines), probe.write_own(lines, f"i + {probe.first}"):
            lines.add(f"{n_spikes}[i] += 1", f"target = {upcoming}[i]")
            with lines.block(f"while target < {last}[i] and {when} < t - {limits}[0]:"):
                lines.add("target += 1")
            with lines.block(f"{first_of} target < {last}[i] and {when} <= t + {limits}[0]:"):
                lines.add(f"{n_met}[i] += 1", "target += 1")
            lines.add(f"{upcoming}[i] = target")


def _write_spike(lines, probe):
    neurons, steps = probe.array("i32", "neurons"), probe.array("i64", "steps")
    lines.add(f"{neurons}[{probe.count}] = i", f"{steps}[{probe.count}] = step")
