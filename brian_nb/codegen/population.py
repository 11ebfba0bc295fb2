"""Source for one population: update, threshold, reset and refractoriness."""

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from brian_nb.codegen.chances import ChanceSource, calls_outside, find_chance
from brian_nb.codegen.clocks import ClockSource
from brian_nb.codegen.draws import KINDS, find_stream, list_draws, number_of_draw
from brian_nb.codegen.population_values import BLOCK, PopulationValues
from brian_nb.codegen.product import write_product
from brian_nb.codegen.resets import write_reset
from brian_nb.codegen.schedules import write_schedule
from brian_nb.equations.expressions import names_in
from brian_nb.numerics.drift import needed_statics


@dataclass(frozen=True)
class PopulationSource(PopulationValues):
    """Writes the code of one population.

    Parameters
    ----------
    index, population, update, tables
        See `PopulationValues`.
    clamped : bool
        Whether something else than its update may change the held variable within a step, so that
        it has to be put back.
    changing : frozenset of str
        Variables that change in the time loop.
    clock : ClockSource
    """

    clamped: bool
    changing: frozenset
    clock: ClockSource

    # -- sections of the time loop ---------------------------------------------------------

    def write_ranges(self, lines):
        """The share of the neurons that this thread works on."""
        n = self.integer("n", "size")
        blocks, low, high = self.name("blocks"), self.name("low"), self.name("high")
        lines.add(
            f"{blocks} = ({n} + {BLOCK - 1})//{BLOCK}",
            f"{low} = {blocks}*thread//n_threads*{BLOCK}",
            f"{high} = {blocks}*(thread + 1)//n_threads*{BLOCK}",
            f"{high} = {high} if {high} < {n} else {n}",
        )
        if self.fires:
            ring = self.integer("ring", "ring")
            lines.add(f"{self.name('slot')} = ({self.clock.step} + {self.shift})%{ring}")

    @property
    def fires(self):
        return self.population.fires

    @property
    def tests(self):
        """Whether compiled code finds the neurons that fire."""
        return self.population.threshold is not None

    @property
    def integrated(self):
        """Variables that the step update changes."""
        return {variable for variable, _ in self.update.assignments}

    def write_update(self, lines):
        """Integrate one step and find the neurons that fire, but for what Python code does."""
        if self.population.is_scheduled:
            write_schedule(lines, self)
            return
        if "update" in self.population.called:
            self.write_clamp(lines)
        if not self.update.assignments and not self.tests:
            return
        lines.add(f"# population {self.index}: {self.update.method or 'no equations to step'}")
        if self.tests:
            lines.add(f"fired = {self.name('slot')}*{self.name('n')} + {self.name('low')}")
            lines.add("n_fired = 0")
        with self.write_blocks(lines):
            self._write_draws(lines)
            is_steady = self._chance and self._chance.is_steady
            if self.tests and not is_steady:
                lines.add("chance = 0.0" if self._chance else "any_fires = False")
            if self.update.assignments or not is_steady:
                numbers = "lane_range" if self.fills_lanes else "range"
                with lines.block(f"for i in {numbers}(first, last):"):
                    self._write_step(lines)
            if self.tests:
                self._write_scan(lines)
        if self.tests:
            counts = self.array("counts", "i64", "counts")
            lines.add(f"{counts}[{self.name('slot')}*n_threads + thread] = n_fired")

    @contextmanager
    def write_blocks(self, lines):
        """Do what is written inside for each block of this thread's neurons."""
        low, high = self.name("low"), self.name("high")
        with lines.block(f"for first in range({low}, {high}, {BLOCK}):"):
            lines.add(f"last = first + {BLOCK}")
            with lines.block(f"if last > {high}:"):
                lines.add(f"last = {high}")
            yield

    def write_steady(self, lines):
        """Compute what stays the same as long as the time loop is not left."""
        if self._chance:
            self._chance.write_steady(lines)

    def write_clamp(self, lines):
        """Put the held variable of refractory neurons back after something has changed it."""
        held = self.population.held
        if not (held and self.clamped):
            return
        state, until, kept = self.state(held), self.until, self.kept
        with lines.block(f"for i in range({self.name('low')}, {self.name('high')}):"):
            lines.add(f"{state}[i] = {kept}[i] if step <= {until}[i] else {state}[i]")

    def write_reset(self, lines):
        """Reset the neurons of this thread that fired."""
        write_reset(lines, self)

    def write_advance(self, lines):
        """Move on to the next slot of the spike ring."""
        if self.fires:
            slot = self.name("slot")
            ring = self.name("ring")
            lines.add(f"{slot} = {slot} + 1 if {slot} + 1 < {ring} else 0")

    def write_retreat(self, lines):
        """Move back to the slot of the spike ring before."""
        if self.fires:
            slot = self.name("slot")
            lines.add(f"{slot} = ({slot} if {slot} > 0 else {self.name('ring')}) - 1")

    def list_checked(self, model):
        """Variables that may become infinite or undefined, as (population, variable)."""
        system = self.population.system
        written = model.written_variables(self.index) | self.integrated
        if self.population.called:
            written |= set(system.variables) - {item.name for item in system.parameters}
        return [(self.index, name) for name in system.variables if name in written]

    def write_check(self, lines, variables):
        """Count the values of variables that are not finite."""
        arrays = [self.state(name) for name in variables]
        if arrays:
            with lines.block(f"for i in range({self.name('low')}, {self.name('high')}):"):
                # The difference is 0 for finite values, and NaN for infinities and NaN.
                lines.add(*(f"n_bad += {array}[i] - {array}[i] != 0.0" for array in arrays))

    # -- details ---------------------------------------------------------------------------

    @property
    def _noises(self):
        return self.update.list_noises(self.population.system)

    @cached_property
    def _chance(self):
        """How neurons that fire by chance are found; None for others."""
        chance = find_chance(self.population.threshold) if self.tests else None
        return chance and ChanceSource(self, chance, len(self._noises))

    @cached_property
    def _threshold_draws(self):
        return list_draws(self.population.threshold) if self.tests else []

    @property
    def n_block_draws(self):
        """Draws that are made for a block of neurons at once."""
        return len(self._noises) + len(self._threshold_draws)

    def _write_draws(self, lines):
        """Draw a block of random numbers for each noise term and each draw of the threshold."""
        n_noises = len(self._noises)
        kinds = ["normal"] * n_noises
        kinds += [KINDS[call.function] for call in self._threshold_draws]
        for draw, kind in enumerate(kinds):
            is_noise = draw < n_noises
            if not self.update.assignments if is_noise else self._chance:
                continue
            buffer, stream = self.buffer(draw), find_stream(self, draw)
            lines.add(f"{kind}_block({buffer}, seed, {stream}, {number_of_draw(self)}, first)")

    @property
    def fills_lanes(self):
        """Whether the update may go on behind the last neuron, to the end of a line of memory.

        Otherwise some neurons at the end, or a small group, would be computed one by one: four
        Hodgkin-Huxley neurons would take four times as long as eight.
        """
        tested = [self.population.threshold] if self.tests else []
        statics = needed_statics(self.population.system, tested)
        named = (*self.update.temporaries, *self.update.assignments, *statics)
        expressions = [*tested, *(value for _, value in named)]
        coefficients = self.update.coefficients
        return not (
            self._chance
            or self.update.product
            or (coefficients and coefficients.shape)
            or any(map(calls_outside, expressions))
        )

    def _write_step(self, lines):
        noise = {name: f"{self.buffer(k)}[i - first]" for k, name in enumerate(self._noises)}
        used = _names_of(
            [value for _, value in (*self.update.temporaries, *self.update.assignments)]
            + list(self.update.product.inputs if self.update.product else ())
        )
        known = self.load(lines, used, "i") | noise
        for name, value in self.update.temporaries:
            lines.add(f"y_{name} = {self.formulas.write(value, self.reader('i', known))}")
            known[name] = f"y_{name}"
        if self.update.product:
            known |= write_product(
                lines,
                self,
                self.update.product,
                lambda item: self.formulas.write(item, self.reader("i", known)),
            )
        new = {}
        for variable, value in self.update.assignments:
            text = self.formulas.write(value, self.reader("i", known))
            if variable == self.population.held:
                text = f"{self.kept}[i] if step <= {self.until}[i] else {text}"
            lines.add(f"z_{variable} = {text}")
            new[variable] = f"z_{variable}"
        lines.add(*(f"{self.state(variable)}[i] = {text}" for variable, text in new.items()))
        if self._chance:
            self._chance.write_largest(lines, new)
        elif self.tests:
            lines.add(f"any_fires |= {self._condition(lines, new)}")

    def _write_scan(self, lines):
        if self._chance:
            self._chance.write_scan(lines)
            return
        with lines.block("if any_fires:"), lines.block("for i in range(first, last):"):
            self._write_found(lines, self._condition(lines, {}))

    def write_spike(self, lines, condition):
        """Let neuron ``i`` fire if a condition holds and it may."""
        self._write_found(lines, self._gate(condition))

    def _write_found(self, lines, condition):
        with lines.block(f"if {condition}:"):
            lines.add(f"{self.spikes}[fired + n_fired] = i", "n_fired += 1")

    def _condition(self, lines, known):
        """Source text of the threshold for neuron ``i``."""
        return self._gate(self.write_tested(lines, self.population.threshold, known))

    def write_tested(self, lines, expression, known):
        """Source text of what the threshold tests, or of a part of it, for neuron ``i``."""
        offset = len(self._noises)
        draws = {
            id(call): f"{self.buffer(offset + k)}[i - first]"
            for k, call in enumerate(self._threshold_draws)
        }
        known = self.prepare(lines, [expression], "i", known)
        return self.formulas.write(expression, self.reader("i", known, draws))

    def _gate(self, condition):
        """A condition that also needs that neuron ``i`` may fire."""
        if not self.population.gated:
            return condition
        return f"({condition}) & (step > {self.silent_until}[i])"


def _names_of(expressions):
    return set().union(*(names_in(item) for item in expressions)) if expressions else set()
