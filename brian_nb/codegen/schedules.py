"""Source for populations that fire at given times, which the engine lays out ahead."""


def write_schedule(lines, source):
    """Write the spikes of this step among those of this thread's neurons.

    Parameters
    ----------
    lines : Lines
    source : PopulationSource
    """
    index, tables = source.index, source.tables
    steps = tables.array(f"due{index}", "i64", "schedule", index, "steps")
    neurons = tables.array(f"firing{index}", "i32", "schedule", index, "neurons")
    filled = tables.integer(f"filled{index}", "schedule", index, "filled", saved=True)
    cursor = tables.integer(f"cursor{index}", "schedule", index, "cursor", saved=True)
    slot, low, high = source.name("slot"), source.name("low"), source.name("high")
    spikes = source.array("spikes", "i32", "spikes")
    counts = source.array("counts", "i64", "counts")
    lines.add(f"# population {index}: fires at given times")
    lines.add(f"fired = {slot}*{source.integer('n', 'size')} + {low}", "n_fired = 0")
    with lines.block(f"while {cursor} < {filled} and {steps}[{cursor}] < step:"):
        lines.add(f"{cursor} += 1")
    with lines.block(f"while {cursor} < {filled} and {steps}[{cursor}] == step:"):
        lines.add(f"i = {neurons}[{cursor}]")
        with lines.block(f"if i >= {low} and i < {high}:"):
            lines.add(f"{spikes}[fired + n_fired] = i", "n_fired += 1")
        lines.add(f"{cursor} += 1")
    lines.add(f"{counts}[{slot}*n_threads + thread] = n_fired")


def write_schedule_check(lines, index, tables, fresh=""):
    """Leave the loop before a step whose spikes are not laid out yet.

    `fresh` is a further condition, as of `write_capacity_check`.
    """
    known = tables.integer(f"scheduled{index}", "schedule", index, "known", saved=True)
    with lines.block(f"if step >= {known}{fresh}:"):
        lines.add("break")
