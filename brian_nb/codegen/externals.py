"""Source for calls of the user's functions: tables are looked up, routines become functions.

What Numba has compiled is called by its address, so that the source does not depend on it.
"""

import re
from dataclasses import dataclass

from brian_nb.codegen.formulas import Formulas
from brian_nb.codegen.lines import Lines
from brian_nb.codegen.lookups import write_lookup
from brian_nb.codegen.tables import Tables
from brian_nb.equations.expressions import Call
from brian_nb.equations.externals import Table
from brian_nb.equations.natives import Native
from brian_nb.equations.routines import Branch, Count, Give, Jump, Let, Loop


@dataclass(frozen=True)
class ExternalSource:
    """Writes calls of the user's functions in one part of a network.

    Parameters
    ----------
    tables : Tables
    formulas : Formulas
        Those of the part.
    suffix : str
        What names of its routines end with.
    places : dict of str to int
        Positions in the network of the tables and compiled functions that it calls, by names.
    """

    tables: Tables
    formulas: Formulas
    suffix: str
    places: dict

    def write(self, call, local, column):
        """Source text of a call.

        Parameters
        ----------
        call : Call
        local : callable
            See `Formulas.write`.
        column : str
            Source text of the column of tables that the neuron at hand has.
        """
        arguments = [self.formulas.write(item, local) for item in call.args]
        if isinstance(call.external, Table):
            place = self.places[call.function]
            return write_lookup(self.tables, place, call.external, arguments, column)
        if isinstance(call.external, Native):
            return self._write_native(self.places[call.function], arguments)
        name = f"{call.function}_{self.suffix}"
        self.tables.routine(name, self._write_routine(name, call.external))
        return f"{name}({', '.join(arguments)})"

    def _write_native(self, place, arguments):
        address = self.tables.array(f"native{place}", "i64", "table", place, "address")
        return f"call_native({', '.join([f'{address}[0]', *arguments])})"

    def _write_routine(self, name, routine):
        lines = Lines()
        parameters = ", ".join(map(_local_name, routine.parameters))
        with lines.block(f"def {name}({parameters}):"):
            self._write_body(lines, routine.body)
        return lines.text().rstrip()

    def _write_body(self, lines, body):
        for item in body:
            writer = getattr(self, f"_write_{type(item).__name__.lower()}")
            writer(lines, item)
        if not body:
            lines.add("pass")

    def _write_let(self, lines, item: Let):
        lines.add(f"{_local_name(item.name)} = {self._text(item.value)}")

    def _write_give(self, lines, item: Give):
        lines.add(f"return {self._text(item.value)}")

    def _write_jump(self, lines, item: Jump):
        lines.add(item.word)

    def _write_branch(self, lines, item: Branch):
        with lines.block(f"if {self._text(item.condition)}:"):
            self._write_body(lines, item.yes)
        if item.no:
            with lines.block("else:"):
                self._write_body(lines, item.no)

    def _write_loop(self, lines, item: Loop):
        with lines.block(f"while {self._text(item.condition)}:"):
            self._write_body(lines, item.body)

    def _write_count(self, lines, item: Count):
        limits = ", ".join(
            f"int({self._text(part)})" for part in (item.start, item.stop, item.step)
        )
        with lines.block(f"for {_local_name(item.name)} in range({limits}):"):
            self._write_body(lines, item.body)

    def _text(self, expression):
        return self.formulas.write(expression, self._read_local)

    def _read_local(self, item):
        if isinstance(item, Call):
            return self.write(item, self._read_local, "0")
        return _local_name(item.name)


def _local_name(name):
    return "u_" + re.sub(r"\W", "_", name.partition(" ")[2])
