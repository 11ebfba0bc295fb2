"""Source for one population: update, threshold, reset and refractoriness."""

from dataclasses import dataclass
from functools import cached_property

from brian_nb.codegen.clocks import ClockSource
from brian_nb.codegen.externals import ExternalSource
from brian_nb.codegen.formulas import RANDOM, Formulas
from brian_nb.codegen.product import write_product
from brian_nb.codegen.schedules import write_schedule
from brian_nb.codegen.tables import Tables
from brian_nb.equations.expressions import Binary, Call, Name, names_in, walk
from brian_nb.errors import ModelError
from brian_nb.model import Population
from brian_nb.numerics import StepUpdate
from brian_nb.numerics.drift import needed_statics

BLOCK = 256
STREAMS_PER_POPULATION = 64


@dataclass(frozen=True)
class PopulationSource:
    """Writes the code of one population.

    Parameters
    ----------
    index : int
        Position in the network.
    population : Population
    update : StepUpdate
    tables : Tables
    clamped : bool
        Whether something else than its update may change the held variable within a step, so that
        it has to be put back.
    clock : ClockSource
    """

    index: int
    population: Population
    update: StepUpdate
    tables: Tables
    clamped: bool
    clock: ClockSource

    # -- names -----------------------------------------------------------------------------

    @cached_property
    def formulas(self):
        constants = {*self.population.system.constants, "dt"}
        coefficients = self.update.coefficients
        if coefficients and not (coefficients.per_neuron or coefficients.shape):
            constants.update(coefficients.names)
        return Formulas(self.tables, "population", self.index, frozenset(constants))

    @cached_property
    def externals(self):
        places = dict(self.population.tables)
        return ExternalSource(self.tables, self.formulas, str(self.index), places)

    def name(self, stem):
        """Local name of something of this population."""
        return f"{stem}{self.index}"

    def integer(self, stem, role):
        return self.tables.integer(self.name(stem), "population", self.index, role)

    def array(self, stem, code, role):
        return self.tables.array(self.name(stem), code, "population", self.index, role)

    def state(self, variable):
        """Local name of the array of a state variable."""
        name = f"a{self.index}_{variable}"
        return self.tables.array(name, "f64", "population", self.index, "state", variable)

    def coefficient(self, coefficient):
        name = f"c{self.index}_{coefficient}"
        return self.tables.array(name, "f64", "population", self.index, "coefficient", coefficient)

    def scratch(self, which, length):
        """Local name of an array that each thread has for itself, for the work on one neuron."""
        name = f"{which}{self.index}"
        return self.tables.array(name, "f64", "population", self.index, "scratch", which, length)

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
            lines.add(f"{self.name('slot')} = ({self.clock.step} + {self._shift})%{ring}")

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
        low, high = self.name("low"), self.name("high")
        lines.add(f"# population {self.index}: {self.update.method or 'no equations to step'}")
        if self.tests:
            lines.add(f"fired = {self.name('slot')}*{self.name('n')} + {low}", "n_fired = 0")
        with lines.block(f"for first in range({low}, {high}, {BLOCK}):"):
            lines.add(f"last = first + {BLOCK}")
            with lines.block(f"if last > {high}:"):
                lines.add(f"last = {high}")
            self._write_draws(lines)
            if self.tests:
                lines.add("crossings = 0")
            with lines.block("for i in index_range(first, last):"):
                self._write_step(lines)
            if self.tests:
                self._write_scan(lines)
        if self.tests:
            counts = self.array("counts", "i64", "counts")
            lines.add(f"{counts}[{self.name('slot')}*n_threads + thread] = n_fired")

    def write_clamp(self, lines):
        """Put the held variable of refractory neurons back after something has changed it."""
        held = self.population.held
        if not (held and self.clamped):
            return
        state, until, kept = self.state(held), self._until, self._kept
        with lines.block(f"for i in index_range({self.name('low')}, {self.name('high')}):"):
            lines.add(f"{state}[i] = {kept}[i] if step <= {until}[i] else {state}[i]")

    def write_reset(self, lines):
        """Reset the neurons of this thread that fired."""
        population = self.population
        if not (self.fires and (population.reset or population.held or population.gated)):
            return
        slot, counts = self.name("slot"), self.array("counts", "i64", "counts")
        lines.add(f"fired = {slot}*{self.name('n')} + {self.name('low')}")
        with lines.block(f"for s in range({counts}[{slot}*n_threads + thread]):"):
            lines.add(f"i = {self._spikes}[fired + s]")
            draw = _Draws(self, self._n_block_draws)
            for item in population.reset:
                self._write_assignment(lines, item, draw)
            self._write_hold(lines, draw)

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
            with lines.block(f"for i in index_range({self.name('low')}, {self.name('high')}):"):
                # The difference is 0 for finite values, and NaN for infinities and NaN.
                lines.add(*(f"n_bad += {array}[i] - {array}[i] != 0.0" for array in arrays))

    def read_at(self, lines, variable, index):
        """Source text of any variable of the neuron `index`; may add lines that prepare it."""
        local = self._reader(index, {})
        prepared = self._prepare(lines, [Name(variable)], local, index, {})
        return self.formulas.write(Name(variable), self._reader(index, prepared))

    # -- details ---------------------------------------------------------------------------

    @property
    def _until(self):
        return self.array("until", "i64", "until")

    @property
    def _silent_until(self):
        return self.array("silent_until", "i64", "silent_until")

    @property
    def _kept(self):
        return self.array("held", "f64", "held")

    @property
    def _spikes(self):
        return self.array("spikes", "i32", "spikes")

    @cached_property
    def _threshold_draws(self):
        return _draws_of(self.population.threshold) if self.tests else []

    @property
    def _n_block_draws(self):
        return len(self.population.system.noises) + len(self._threshold_draws)

    @property
    def _shift(self):
        """Local name of what is added to a step's number to count the population's own steps."""
        return self.integer("shift", "shift")

    @property
    def _number_of_draw(self):
        return f"step + {self._shift}"

    def _stream(self, draw):
        if draw >= STREAMS_PER_POPULATION:
            raise ModelError(
                f"`{self.population.name}` draws more than {STREAMS_PER_POPULATION} random "
                "numbers for each neuron in a step"
            )
        return self.index * STREAMS_PER_POPULATION + draw

    def _write_draws(self, lines):
        """Draw a block of random numbers for each noise term and each draw of the threshold."""
        n_noises = len(self.population.system.noises)
        kinds = ["normal"] * n_noises
        kinds += [_KIND[call.function] for call in self._threshold_draws]
        for draw, kind in enumerate(kinds):
            if draw < n_noises and not self.update.assignments:
                continue
            buffer = self._buffer(draw)
            number = self._number_of_draw
            lines.add(f"{kind}_block({buffer}, seed, {self._stream(draw)}, {number}, first)")

    def _buffer(self, draw):
        name = f"b{self.index}_{draw}"
        return self.tables.array(name, "f64", "population", self.index, "scratch", str(draw), BLOCK)

    def _write_step(self, lines):
        system = self.population.system
        noise = {name: f"{self._buffer(k)}[i - first]" for k, name in enumerate(system.noises)}
        used = _names_of(
            [value for _, value in (*self.update.temporaries, *self.update.assignments)]
            + list(self.update.product.inputs if self.update.product else ())
        )
        known = self._load(lines, used, "i") | noise
        for name, value in self.update.temporaries:
            lines.add(f"y_{name} = {self.formulas.write(value, self._reader('i', known))}")
            known[name] = f"y_{name}"
        if self.update.product:
            known |= write_product(
                lines,
                self,
                self.update.product,
                lambda item: self.formulas.write(item, self._reader("i", known)),
            )
        new = {}
        for variable, value in self.update.assignments:
            text = self.formulas.write(value, self._reader("i", known))
            if variable == self.population.held:
                text = f"{self._kept}[i] if step <= {self._until}[i] else {text}"
            lines.add(f"z_{variable} = {text}")
            new[variable] = f"z_{variable}"
        lines.add(*(f"{self.state(variable)}[i] = {text}" for variable, text in new.items()))
        if self.tests:
            lines.add(f"crossings += {self._condition(lines, new)}")

    def _write_scan(self, lines):
        with lines.block("if crossings > 0:"), lines.block("for i in index_range(first, last):"):
            condition = self._condition(lines, {})
            with lines.block(f"if {condition}:"):
                lines.add(f"{self._spikes}[fired + n_fired] = i", "n_fired += 1")

    def _condition(self, lines, known):
        """Source text of the threshold for neuron ``i``."""
        threshold = self.population.threshold
        offset = len(self.population.system.noises)
        draws = {
            id(call): f"{self._buffer(offset + k)}[i - first]"
            for k, call in enumerate(self._threshold_draws)
        }
        known = self._prepare(lines, [threshold], self._reader("i", known), "i", known)
        condition = self.formulas.write(threshold, self._reader("i", known, draws))
        if not self.population.gated:
            return condition
        return f"({condition} & (step > {self._silent_until}[i]))"

    def _write_assignment(self, lines, item, draw):
        local = self._reader("i", {})
        value = item.expression
        if item.op != "=":
            value = Binary(item.op[0], Name(item.name), value)
        known = self._prepare(lines, [value], local, "i", {})
        text = self.formulas.write(value, self._reader("i", known, draw.texts(value)))
        lines.add(f"{self.state(item.name)}[i] = {text}")

    def _write_hold(self, lines, draw):
        """Note how long a neuron that fired is refractory, and what it keeps meanwhile."""
        population = self.population
        if population.held:
            lines.add(
                f"{self._until}[i] = step + {self._write_period(lines, draw)}",
                f"{self._kept}[i] = {self.state(population.held)}[i]",
            )
        if population.gated:
            silence = self.integer("silence", "silence_steps")
            lines.add(f"{self._silent_until}[i] = step + {silence} - 1")

    def _write_period(self, lines, draw):
        """Source text of the steps for which neuron ``i`` is refractory."""
        period = self.population.period
        if period is None:
            return self.integer("refractory", "refractory_steps")
        known = self._prepare(lines, [period], self._reader("i", {}), "i", {})
        local = self._reader("i", known, draw.texts(period))
        steps = self.formulas.write(Binary("/", period, Name("dt")), local)
        return f"int(floor({steps} + 0.5))"

    def _prepare(self, lines, expressions, local, index, known):
        """Compute the static equations that expressions need, at one neuron."""
        known = dict(known)
        for name, value in needed_statics(self.population.system, expressions):
            text = self.formulas.write(value, self._reader(index, known))
            lines.add(f"w_{name} = {text}")
            known[name] = f"w_{name}"
        return known

    def _load(self, lines, names, index):
        """Read the state variables among names into locals, once."""
        known = {}
        for variable in self.population.system.variables:
            if variable in names:
                lines.add(f"x_{variable} = {self._at(variable, index)}")
                known[variable] = f"x_{variable}"
        return known

    def _at(self, variable, index):
        return f"{self.state(variable)}[{index}]"

    def _reader(self, index, known, draws=None):
        def read(expression):
            if isinstance(expression, Call) and expression.external:
                return self.externals.write(expression, read, index)
            if isinstance(expression, Call):
                return draws[id(expression)]
            name = expression.name
            if name in known:
                return known[name]
            if name == "t":
                return "t"
            if name in self.population.system.variables:
                return self._at(name, index)
            return f"{self.coefficient(name)}[{index}]"

        return read


_KIND = {"rand": "uniform", "randn": "normal"}


@dataclass
class _Draws:
    """Numbers the random draws of a reset, each with a stream of its own."""

    owner: PopulationSource
    next_draw: int

    def texts(self, expression):
        texts = {}
        for call in _draws_of(expression):
            stream, number = self.owner._stream(self.next_draw), self.owner._number_of_draw
            texts[id(call)] = f"{_KIND[call.function]}_at(seed, {stream}, {number}, i)"
            self.next_draw += 1
        return texts


def _draws_of(expression):
    return [item for item in walk(expression) if isinstance(item, Call) and item.function in RANDOM]


def _names_of(expressions):
    return set().union(*(names_in(item) for item in expressions)) if expressions else set()
