"""What a function of the user is that equations call: a table, a routine, or Python code."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from brian_nb.equations.tables import Tabulate
from brian_nb.units import Dimension

GRID_TOLERANCE = 1e-6
"""Share of an interval by which a time may miss the start of its interval, for rounding errors."""


class External(ABC):
    """A function of the user, as equations call it.

    Two externals are equal where the same compiled code serves both; the values that they stand
    for take no part in this.

    Attributes
    ----------
    n_args : int
        How many arguments a call has.
    argument, result : Dimension or None
        Of each argument and of the value; None where any will do, or it is not known.
    expressions : tuple of Expression
        Those that it is made of.
    varies : bool
        Whether it may give another value for the same arguments, later or for another neuron.
    """

    n_args: int
    argument: Dimension | None
    result: Dimension | None
    expressions: tuple = ()
    varies = True

    @abstractmethod
    def compute(self, *args):
        """Values at arguments in SI units, float64[...]; arrays hold one element a neuron."""

    @property
    def arguments(self):
        """Dimensions of the arguments, a tuple of Dimension or None."""
        return (self.argument,) * self.n_args


def _aside():
    """A field that takes no part in comparisons."""
    return field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Table(External):
    """Values of the user's that a call looks up.

    Parameters
    ----------
    form : str
        "steps": row k holds from ``start + k*width`` on, and the first and the last one hold on
        before and after. "times": the same with times of their own. "cells": row k holds from
        ``start + k*width`` on, and there is nothing outside. "lines": straight lines between the
        rows, which lie `width` apart, and nothing outside. "neurons": one row, no argument.
    has_columns : bool
        Whether each neuron has a column of its own.
    values : float64[n_rows] or float64[n_rows, n_columns]
        In SI units; the user's own array, which may change.
    start, width : float
        Of the grid of rows.
    times : float64[n_rows] or None
        Where rows have times of their own.
    owner : object
        The user's object: calls of the same one share their values.
    """

    form: str
    has_columns: bool = False
    values: np.ndarray | None = _aside()
    start: float = field(default=0.0, compare=False)
    width: float = field(default=1.0, compare=False)
    times: np.ndarray | None = _aside()
    argument: Dimension | None = _aside()
    result: Dimension | None = _aside()
    owner: object = _aside()

    @property
    def n_args(self):
        return 0 if self.form == "neurons" else 1

    @property
    def n_columns(self):
        """Neurons that have a column; None where all share one."""
        return self.values.shape[-1] if self.has_columns else None

    @property
    def holds(self):
        """Whether the first and the last value go on outside the table."""
        return self.form in ("steps", "times")

    def compute(self, *args):
        if self.form == "neurons":
            return self.values
        place = self.find_place(np.asarray(args[0], dtype=np.float64))
        return self._interpolate(place) if self.form == "lines" else self._pick(place)

    def find_place(self, x):
        """Where along the rows arguments lie, float64[...]; NaN outside a table that ends there."""
        last = len(self.values) - 1
        if self.form == "times":
            return np.maximum(np.searchsorted(self.times, x + self.slack, side="right") - 1.0, 0.0)
        place = (x - self.start) / self.width
        if self.form == "steps":
            place = np.floor(place + GRID_TOLERANCE)
            return np.where(place > 0, np.minimum(place, last), 0.0)
        n_places = last if self.form == "lines" else last + 1
        return np.where((place >= 0) & (place < n_places), place, np.nan)

    @property
    def slack(self):
        """How far a time may lie before the row that it belongs to, for rounding errors."""
        steps = np.diff(self.times) if self.times is not None and len(self.times) > 1 else [1.0]
        return GRID_TOLERANCE * float(np.min(steps))

    def _pick(self, place):
        row = np.nan_to_num(place).astype(np.int64)
        if self.has_columns:
            found = self.values[row, np.arange(self.n_columns)] if row.ndim else self.values[row]
        else:
            found = self.values[row]
        return found if self.holds else np.where(np.isnan(place), np.nan, found)

    def _interpolate(self, place):
        left = np.nan_to_num(place).astype(np.int64)
        return self.values[left] + (place - left) * (self.values[left + 1] - self.values[left])


@dataclass(frozen=True)
class PythonFunction(External):
    """A function of the user that only Python can compute.

    Parameters
    ----------
    n_args : int
    function : callable
    reason : str
        Why it cannot be compiled.
    """

    n_args: int
    function: Callable | None = _aside()
    reason: str = field(default="", compare=False)
    argument: Dimension | None = _aside()
    result: Dimension | None = _aside()

    def compute(self, *args):
        return np.asarray(self.function(*args), dtype=np.float64)


def read_table(value):
    """A value as the table that equations look up; None where it is no such thing.

    Parameters
    ----------
    value : object
        A `Tabulate`, or something else with a method ``describe_table()``.

    Returns
    -------
    Table or None
    """
    if isinstance(value, Tabulate):
        return _read_tabulate(value)
    describe = getattr(value, "describe_table", None)
    return describe() if describe is not None and not isinstance(value, type) else None


def _read_tabulate(tabulate):
    form = "lines" if tabulate.interpolates else "cells"
    n_steps = tabulate.n - 1 if tabulate.interpolates else tabulate.n
    return Table(
        form,
        values=tabulate.table,
        start=tabulate.xmin,
        width=(tabulate.xmax - tabulate.xmin) / n_steps,
        argument=tabulate.dimension,
        result=tabulate.result_dimension,
        owner=tabulate,
    )
