"""The whole time loop of a network."""

from brian_nb.codegen.arrivals import DelayedSource
from brian_nb.codegen.clocks import ClockSource, write_choice
from brian_nb.codegen.lines import Lines
from brian_nb.codegen.population import PopulationSource
from brian_nb.codegen.rules import RuleSources, find_factors, find_masters
from brian_nb.codegen.step import StepSource
from brian_nb.codegen.synapses import SynapseSource
from brian_nb.codegen.tables import Program, Tables
from brian_nb.codegen.traces import TraceSource


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
    clocks = [ClockSource(index, tables) for index in range(model.n_clocks)]
    sources = _population_sources(model, updates, tables, clocks)
    synapses = _synapse_sources(model, sources, tables)
    rules = RuleSources(model, sources, synapses, tables)
    step = StepSource(model, sources, synapses, rules, tables)
    loop = _write_loop(step, clocks, tables)
    checked = [item for source in sources for item in source.list_checked(model)]
    check = _write_check(sources, checked, rules)
    ranges, steady = _write_ranges(sources), _write_steady(sources)
    savings = tables.savings()
    barrier = tables.array("barrier", "i64", "network", 0, "barrier")
    lines = Lines()
    with lines.block("def advance(A, thread, n_threads):"):
        lines.add(*tables.bindings(), *ranges, *tables.definitions())
        with lines.block("if n_threads > 1:"):  # all have read the tables before one writes
            lines.add(f"wait_barrier({barrier}, n_threads)")
        lines.add(*steady, *loop)
        with lines.block("if thread == 0:"):
            lines.add(*savings)
        lines.add(*check, "return n_bad")
    return Program(
        lines.text(),
        tuple(tables.arrays),
        tuple(tables.numbers),
        tuple(tables.integers),
        tuple(checked),
        step.probe_stages,
    )


def _population_sources(model, updates, tables, clocks):
    sources, masters = [], find_masters(model, tables)
    for index, (population, update) in enumerate(zip(model.populations, updates, strict=True)):
        integrated = {variable for variable, _ in update.assignments}
        clamped = (
            population.held not in integrated
            or population.held in model.inputs_of(index)
            or bool(population.called)
        )
        changing = integrated | model.written_variables(index)
        clock = clocks[population.clock]
        parts = (index, population, update, tables, clamped, frozenset(changing), clock)
        is_trace = index in masters
        sources.append(
            TraceSource(*parts, *masters[index]) if is_trace else PopulationSource(*parts)
        )
    return sources


def _synapse_sources(model, sources, tables):
    synapses = []
    for index, item in enumerate(model.synapses):
        kind = DelayedSource if item.delayed else SynapseSource
        ends = sources[item.source], sources[item.target]
        factors = find_factors(model, index, tables)
        synapses.append(kind(index, item, *ends, tables, factors))
    return synapses


def _write_ranges(sources):
    lines = Lines()
    for source in sorted(sources, key=lambda source: isinstance(source, TraceSource)):
        source.write_ranges(lines)
    return lines.text().splitlines()


def _write_steady(sources):
    lines = Lines()
    for source in sources:
        source.write_steady(lines)
    return lines.text().splitlines()


def _write_check(sources, checked, rules):
    lines = Lines()
    lines.add("n_bad = 0")
    for source in sources:
        source.write_check(lines, [name for index, name in checked if index == source.index])
    rules.write_check(lines)
    return lines.text().splitlines()


def _write_loop(step, clocks, tables):
    """Steps in rounds of as many as there is room for; what leaves a round leaves the loop."""
    tables.integer("seed", "network", 0, "seed")
    lines = Lines()
    with lines.block("while True:"):
        step.write_room(lines, clocks)
        with lines.block("for turn in range(room):"):
            _write_turn(lines, step, clocks)
        with lines.block("else:"):
            lines.add("continue")
        lines.add("break")
    return lines.text().splitlines()


def _write_turn(lines, step, clocks):
    if len(clocks) == 1:
        step.write(lines, clocks[0])
        return
    write_choice(lines, clocks)
    for clock in clocks:
        with lines.block(f"if due == {clock.index}:"):
            step.write(lines, clock)
