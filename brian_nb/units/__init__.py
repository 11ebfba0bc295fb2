"""Physical quantities: numbers with dimensions, and the names of their units.

Takes: numbers, and the names of units.
Gives: `Dimension`, `Quantity`, `Unit`, all named units, checks and formatting.
Must not know: equations, groups, or anything that has units.
"""

from brian_nb.units.checking import check_units, have_same_dimensions, is_dimensionless
from brian_nb.units.dimension import DIMENSIONLESS, Dimension
from brian_nb.units.formatting import choose_unit, format_quantity, name_dimension
from brian_nb.units.quantity import Quantity, Unit, get_dimension
from brian_nb.units.registry import ALL_UNITS

__all__ = [
    "ALL_UNITS",
    "DIMENSIONLESS",
    "Dimension",
    "Quantity",
    "Unit",
    "check_units",
    "choose_unit",
    "format_quantity",
    "get_dimension",
    "have_same_dimensions",
    "is_dimensionless",
    "name_dimension",
]
