"""The whole time loop of a network."""

from brian_nb.codegen.lines import Lines
from brian_nb.codegen.population import PopulationSource
from brian_nb.codegen.probes import write_capacity_check, write_probe
from brian_nb.codegen.synapses import write_propagation
from brian_nb.codegen.tables import Program, Tables
from brian_nb.model import StateProbe


def emit_program(model, updates):
    """Write the source of ``advance`` for a network.

    Parameters
    ----------
    model : NetworkModel
    updates : sequence of StepUpdate
        One for each population.

    Returns
    -------
    Program
        Its function returns how many values of state variables are not finite at the end.
    """
    tables = Tables()
    sources = _population_sources(model, updates, tables)
    loop = _write_loop(model, sources, tables)
    check = _write_check(model, sources)
    ranges = _write_ranges(sources)
    savings = tables.savings()
    lines = Lines()
    with lines.block("def advance(A, thread, n_threads):"):
        lines.add(*tables.bindings(), *ranges, *loop)
        with lines.block("if thread == 0:"):
            lines.add(*savings)
        lines.add(*check, "return n_bad")
    return Program(
        lines.text(), tuple(tables.arrays), tuple(tables.numbers), tuple(tables.integers)
    )


def _population_sources(model, updates, tables):
    sources = []
    for index, (population, update) in enumerate(zip(model.populations, updates, strict=True)):
        clamped = population.held in model.inputs_of(index)
        sources.append(PopulationSource(index, population, update, tables, clamped))
    return sources


def _write_ranges(sources):
    lines = Lines()
    for source in sources:
        source.write_ranges(lines)
    return lines.text().splitlines()


def _write_check(model, sources):
    lines = Lines()
    lines.add("n_bad = 0")
    for source in sources:
        source.write_check(lines, model.written_variables(source.index) | source.integrated)
    return lines.text().splitlines()


def _write_loop(model, sources, tables):
    for name in ("step", "stop", "seed"):
        tables.integer(name, "network", 0, name, saved=name == "step")
    barrier = tables.array("barrier", "i64", "network", 0, "barrier")
    clock = tables.array("clock", "f64", "network", 0, "clock")
    lines = Lines()
    with lines.block("while step < stop:"):
        for index, probe in enumerate(model.probes):
            write_capacity_check(lines, index, probe, tables)
        lines.add(f"t = {clock}[0] + step*{clock}[1]")
        _write_states(lines, model, sources, tables, "start", "before_groups")
        for source in sources:
            source.write_update(lines)
        with lines.block("if n_threads > 1:"):
            lines.add(f"wait_barrier({barrier}, n_threads)")
        _write_states(lines, model, sources, tables, "after_groups", "middle", "before_connections")
        for index, item in enumerate(model.synapses):
            source, target = sources[item.source], sources[item.target]
            write_propagation(lines, index, item, source, target, tables)
        _write_states(lines, model, sources, tables, "after_connections", "before_resets")
        for source in sources:
            source.write_clamp(lines)
            source.write_reset(lines)
        _write_states(lines, model, sources, tables, "after_resets")
        _write_spikes(lines, model, sources, tables)
        _write_states(lines, model, sources, tables, "end")
        for source in sources:
            source.write_advance(lines)
        lines.add("step += 1")
    return lines.text().splitlines()


def _write_states(lines, model, sources, tables, *slots):
    for slot in slots:
        for index, probe in enumerate(model.probes):
            if isinstance(probe, StateProbe) and probe.when == slot:
                write_probe(lines, index, probe, sources, tables)


def _write_spikes(lines, model, sources, tables):
    for index, probe in enumerate(model.probes):
        if not isinstance(probe, StateProbe):
            write_probe(lines, index, probe, sources, tables)
