"""Names and values of one population in the source of the time loop."""

from dataclasses import dataclass
from functools import cached_property

from brian_nb.codegen.externals import ExternalSource
from brian_nb.codegen.formulas import Formulas
from brian_nb.codegen.tables import Tables
from brian_nb.equations.expressions import Call, Name
from brian_nb.model import Population
from brian_nb.numerics import StepUpdate
from brian_nb.numerics.drift import needed_statics

BLOCK = 256
"""Neurons that are integrated one after the other, before the spikes among them are found."""


@dataclass(frozen=True)
class PopulationValues:
    """Says how source refers to what belongs to one population.

    Parameters
    ----------
    index : int
        Position in the network.
    population : Population
    update : StepUpdate
    tables : Tables
    """

    index: int
    population: Population
    update: StepUpdate
    tables: Tables

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

    # -- arrays of the engine --------------------------------------------------------------

    @property
    def until(self):
        """The last step in which each neuron is refractory."""
        return self.array("until", "i64", "until")

    @property
    def silent_until(self):
        """The last step in which each neuron cannot fire."""
        return self.array("silent_until", "i64", "silent_until")

    @property
    def kept(self):
        """What the held variable of each neuron is put back to."""
        return self.array("held", "f64", "held")

    @property
    def spikes(self):
        """Neurons that fired, slot by slot."""
        return self.array("spikes", "i32", "spikes")

    @property
    def shift(self):
        """Local name of what is added to a step's number to count the population's own steps."""
        return self.integer("shift", "shift")

    def buffer(self, draw):
        """Local name of the random numbers that one draw makes for a block of neurons."""
        name = f"b{self.index}_{draw}"
        return self.tables.array(name, "f64", "population", self.index, "scratch", str(draw), BLOCK)

    # -- values of a neuron ----------------------------------------------------------------

    def read_at(self, lines, variable, index):
        """Source text of any variable of the neuron `index`; may add lines that prepare it."""
        prepared = self.prepare(lines, [Name(variable)], index, {})
        return self.formulas.write(Name(variable), self.reader(index, prepared))

    def prepare(self, lines, expressions, index, known):
        """Compute the static equations that expressions need, at one neuron.

        Parameters
        ----------
        lines : Lines
        expressions : sequence of Expression
        index : str
        known : mapping of str to str
            Source texts of names that are computed already.

        Returns
        -------
        dict of str to str
            `known`, and what was added to it.
        """
        known = dict(known)
        for name, value in needed_statics(self.population.system, expressions):
            text = self.formulas.write(value, self.reader(index, known))
            lines.add(f"w_{name} = {text}")
            known[name] = f"w_{name}"
        return known

    def load(self, lines, names, index):
        """Read the state variables among names into locals, once."""
        known = {}
        for variable in self.population.system.variables:
            if variable in names:
                lines.add(f"x_{variable} = {self.at(variable, index)}")
                known[variable] = f"x_{variable}"
        return known

    def at(self, variable, index):
        """Source text of a state variable of one neuron."""
        return f"{self.state(variable)}[{index}]"

    def reader(self, index, known, draws=None):
        """What gives the source text of a name or a call, at one neuron.

        Parameters
        ----------
        index : str
        known : mapping of str to str
            Source texts of names that are computed already.
        draws : mapping of int to str, optional
            Source texts of random draws, by the identity of their calls.
        """

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
                return self.at(name, index)
            return f"{self.coefficient(name)}[{index}]"

        return read
