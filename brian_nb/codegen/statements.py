"""Assignments that run at spikes, as source text."""

from dataclasses import dataclass

from brian_nb.codegen.externals import ExternalSource
from brian_nb.codegen.formulas import RANDOM, Formulas
from brian_nb.equations.expressions import Binary, Call, Name, walk

_KIND = {"rand": "uniform", "randn": "normal"}


@dataclass
class StatementWriter:
    """Writes assignments one after the other; each random draw gets a stream of its own.

    Parameters
    ----------
    formulas : Formulas
    stream : int
        Number of the stream of the next draw.
    externals : ExternalSource, optional
        Writes calls of functions of the user, where statements may have some.
    """

    formulas: Formulas
    stream: int
    externals: ExternalSource | None = None

    def write(self, lines, item, place, read, index):
        """Write one assignment.

        Parameters
        ----------
        lines : Lines
        item : Assignment
        place : str
            Source text of what is assigned to.
        read : callable
            Maps the name of a variable to the source text that reads it.
        index : str
            Local name of the number by which draws differ from each other.
        """
        value = item.expression
        if item.op != "=":
            value = Binary(item.op[0], Name(item.name), value)
        draws = self._draws_of(value, index)

        def read_local(expression):
            if isinstance(expression, Call) and expression.external:
                return self.externals.write(expression, read_local, index)
            if isinstance(expression, Call):
                return draws[id(expression)]
            return "t" if expression.name == "t" else read(expression.name)

        lines.add(f"{place} = {self.formulas.write(value, read_local)}")

    def _draws_of(self, expression, index):
        draws = {}
        for item in walk(expression):
            if isinstance(item, Call) and item.function in RANDOM and not item.external:
                kind = _KIND[item.function]
                draws[id(item)] = f"{kind}_at(seed, {self.stream}, step, {index})"
                self.stream += 1
        return draws
