"""Setters: variables that take given values at a place of every step."""

from dataclasses import dataclass

from brian_nb.equations.expressions import Expression


@dataclass(frozen=True)
class Setter:
    """A variable of a range of neurons takes the value of an expression in every step.

    Parameters
    ----------
    population : int
    variable : str
    expression : Expression or None
        Its names are `t`, constants, and variables of the source; it may look up tables. None
        where the values of many steps are computed ahead, by Python.
    constants : tuple of str
    source : int or None
        Population whose variables are read, neuron by neuron.
    tables : tuple of (str, int)
        Positions in the network of the tables and compiled functions that the expression uses,
        by their names.
    when : str
        One of `SLOTS`.
    clock : int
    """

    population: int
    variable: str
    expression: Expression | None
    constants: tuple[str, ...] = ()
    source: int | None = None
    tables: tuple[tuple[str, int], ...] = ()
    when: str = "start"
    clock: int = 0

    @property
    def is_forecast(self):
        """Whether its values are computed ahead, by Python."""
        return self.expression is None


@dataclass(frozen=True)
class Mixer:
    """A variable of a range of neurons takes a weighted sum over the neurons of a source.

    Parameters
    ----------
    population : int
    variable : str
    source : int
    source_variable : str
    when : str
        One of `SLOTS`.
    clock : int
    """

    population: int
    variable: str
    source: int
    source_variable: str
    when: str = "start"
    clock: int = 0

    is_forecast = False
