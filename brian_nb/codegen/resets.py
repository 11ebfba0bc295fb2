"""Source for the neurons that fired: their reset, and how long they are refractory."""

from brian_nb.codegen.draws import Draws
from brian_nb.equations.expressions import Binary, Name


def write_reset(lines, source):
    """Reset the neurons of this thread that fired."""
    population = source.population
    if not (source.fires and (population.reset or population.held or population.gated)):
        return
    slot, counts = source.name("slot"), source.array("counts", "i64", "counts")
    lines.add(f"fired = {slot}*{source.name('n')} + {source.name('low')}")
    with lines.block(f"for s in range({counts}[{slot}*n_threads + thread]):"):
        lines.add(f"i = {source.spikes}[fired + s]")
        draw = Draws(source, source.n_block_draws)
        for item in population.reset:
            _write_assignment(lines, source, item, draw)
        _write_hold(lines, source, draw)


def _write_assignment(lines, source, item, draw):
    value = item.expression
    if item.op != "=":
        value = Binary(item.op[0], Name(item.name), value)
    known = source.prepare(lines, [value], "i", {})
    text = source.formulas.write(value, source.reader("i", known, draw.texts(value)))
    lines.add(f"{source.state(item.name)}[i] = {text}")


def _write_hold(lines, source, draw):
    """Note how long a neuron that fired is refractory, and what it keeps meanwhile."""
    population = source.population
    if population.held:
        lines.add(
            f"{source.until}[i] = step + {_write_period(lines, source, draw)}",
            f"{source.kept}[i] = {source.state(population.held)}[i]",
        )
    if population.gated:
        silence = source.integer("silence", "silence_steps")
        lines.add(f"{source.silent_until}[i] = step + {silence} - 1")


def _write_period(lines, source, draw):
    """Source text of the steps for which neuron ``i`` is refractory."""
    period = source.population.period
    if period is None:
        return source.integer("refractory", "refractory_steps")
    known = source.prepare(lines, [period], "i", {})
    local = source.reader("i", known, draw.texts(period))
    steps = source.formulas.write(Binary("/", period, Name("dt")), local)
    return f"int(floor({steps} + 0.5))"
