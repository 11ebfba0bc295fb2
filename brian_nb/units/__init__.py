"""Physical quantities: numbers with units that check themselves.

Takes: the SI's table of names, and numbers. Gives: `Quantity` and `Unit` scalars, `QuantityArray`,
all unit names in `ALL_UNITS` (also importable by name: ``from brian_nb.units import mV``), and the
words and prefixes in which people state a value. Must not know: equations, models, or that there
are neurons; no library but NumPy.

Scalars carry units; plain arrays do not: an array with a scalar gives SI floats (manual, 4.1.3).
"""

from typing import Any

from brian_nb.units.arrays import QuantityArray, qarray
from brian_nb.units.checking import check_units, get_unit, have_same_dimensions, is_dimensionless
from brian_nb.units.dimension import DIMENSIONLESS, Dimension, get_dimension
from brian_nb.units.formatting import format_quantity
from brian_nb.units.naming import name_dimension
from brian_nb.units.quantity import Quantity, Unit, choose_unit
from brian_nb.units.registry import ALL_UNITS, UNITS_ARE_ON, find_unit

__all__ = [
    "ALL_UNITS",
    "DIMENSIONLESS",
    "UNITS_ARE_ON",
    "Dimension",
    "Quantity",
    "QuantityArray",
    "Unit",
    "check_units",
    "choose_unit",
    "find_unit",
    "format_quantity",
    "get_dimension",
    "get_unit",
    "have_same_dimensions",
    "is_dimensionless",
    "name_dimension",
    "qarray",
]


def __getattr__(name: str) -> Any:
    if name in ALL_UNITS:
        return find_unit(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
