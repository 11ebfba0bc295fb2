"""Source for setters: variables take given values, those of a source, or sums over a source."""

from dataclasses import dataclass
from functools import cached_property

from brian_nb.codegen.externals import ExternalSource
from brian_nb.codegen.formulas import Formulas
from brian_nb.codegen.meetings import write_barrier
from brian_nb.codegen.tables import Tables
from brian_nb.equations.expressions import Call, names_in
from brian_nb.model import Mixer, Setter


def write_forecast_check(lines, index, tables, fresh=""):
    """Leave the loop before a step whose values are not laid out yet.

    `fresh` is a further condition, as of `write_capacity_check`.
    """
    known = tables.integer(f"forecast_end{index}", "forecast", index, "known", saved=True)
    with lines.block(f"if step >= {known}{fresh}:"):
        lines.add("break")


@dataclass(frozen=True)
class SetterSource:
    """Writes one setter.

    Parameters
    ----------
    index : int
        Position in the network.
    setter : Setter or Mixer
    sources : list of PopulationSource
    tables : Tables
    """

    index: int
    setter: Setter | Mixer
    sources: list
    tables: Tables

    def write(self, lines):
        """Set the neurons of this thread.

        Threads meet before and after a source is read, whose neurons may be another thread's.
        """
        setter = self.setter
        lines.add(f"# setter {self.index}: {setter.variable} of population {setter.population}")
        if setter.source is not None:
            write_barrier(lines, self.tables)
        self._write_range(lines)
        if isinstance(setter, Mixer):
            self._write_sum(lines)
        else:
            with lines.block("for i in range(begin, end):"):
                lines.add(f"{self._state}[i] = {self._write_value(lines)}")
        if setter.source is not None:
            write_barrier(lines, self.tables)

    @property
    def _target(self):
        return self.sources[self.setter.population]

    @property
    def _state(self):
        return self._target.state(self.setter.variable)

    @property
    def _column(self):
        return f"(i - {self._integer('first')})"

    def _integer(self, role):
        return self.tables.integer(f"set_{role}{self.index}", "setter", self.index, role)

    def _array(self, role):
        return self.tables.array(f"set_{role}{self.index}", "f64", "setter", self.index, role)

    def _write_range(self, lines):
        first, size = self._integer("first"), self._integer("size")
        low, high = self._target.name("low"), self._target.name("high")
        lines.add(
            f"begin = {first} if {first} > {low} else {low}",
            f"end = {first} + {size}",
            f"end = end if end < {high} else {high}",
        )

    # -- values ----------------------------------------------------------------------------

    def _write_value(self, lines):
        """Source text of the value of neuron ``i``."""
        expression = self.setter.expression
        if expression is None:
            return self._write_forecast()
        read = self._make_reader(lines)
        return self._formulas.write(expression, read)

    def _make_reader(self, lines):
        known = {"t": "t"}
        used = [name for name in names_in(self.setter.expression) if name not in known]
        if self.setter.source is not None:
            source = self.sources[self.setter.source]
            lines.add(f"j = i + {self._integer('shift')}")
            known |= {
                name: source.read_at(lines, name, "j")
                for name in used
                if name not in self.setter.constants
            }

        def read(item):
            if isinstance(item, Call):
                return self._externals.write(item, read, self._column)
            return known[item.name]

        return read

    @cached_property
    def _formulas(self):
        constants = frozenset(self.setter.constants)
        return Formulas(self.tables, "setter", self.index, constants)

    @cached_property
    def _externals(self):
        places = dict(self.setter.tables)
        return ExternalSource(self.tables, self._formulas, f"set{self.index}", places)

    def _write_forecast(self):
        values = self.tables.array(f"forecast{self.index}", "f64", "forecast", self.index, "values")
        first, width, stride = (
            self.tables.integer(
                f"forecast_{role}{self.index}", "forecast", self.index, role, saved=True
            )
            for role in ("first", "width", "stride")
        )
        return f"{values}[(step - {first})*{width} + {self._column}*{stride}]"

    # -- sums ------------------------------------------------------------------------------

    def _write_sum(self, lines):
        setter = self.setter
        source = self.sources[setter.source]
        offsets, weights = self._array("offsets"), self._array("weights")
        column, size = self._column, self._integer("size")
        with lines.block("for i in range(begin, end):"):
            lines.add(f"{self._state}[i] = {offsets}[{column}]")
        with lines.block(f"for k in range({self._integer('source_size')}):"):
            value = source.read_at(
                lines, setter.source_variable, f"k + {self._integer('source_first')}"
            )
            lines.add(f"amount = {value}")
            with lines.block("for i in range(begin, end):"):
                lines.add(f"{self._state}[i] += {weights}[k*{size} + {column}]*amount")
