"""All unit names: every SI name with every prefix, squares and cubes, and usual short names.

With units switched off (`brian_nb.no_units`) all of them have no dimension, so that every check of
the package is satisfied by plain numbers, and `find_unit` gives users plain SI values.
"""

import sys
from collections.abc import Iterator

from brian_nb.units.dimension import DIMENSIONLESS, Dimension
from brian_nb.units.quantity import Unit
from brian_nb.units.symbols import PREFIXES, SI_UNITS, Symbol

UNITS_ARE_ON = "brian_nb.no_units" not in sys.modules
"""Fixed when the units are first needed: values made before a change would not fit those after."""

_POWERS = {"": 1, "2": 2, "3": 3}
_ALIASES = {"meter": "metre"}

# Short names: letters, prefixes and powers. Those of one letter would hide too many variables.
_SHORT = {
    "volt": ("V", "m u n", [""]),
    "amp": ("A", "m u n p", [""]),
    "farad": ("F", "m u n p", [""]),
    "siemens": ("S", "m u n p", [""]),
    "ohm": ("Ohm", "k M G", [""]),
    "second": ("s", "m u n", [""]),
    "metre": ("m", "c m u n", _POWERS),
}


def _list_bases() -> Iterator[tuple]:
    """Name, symbol, dimension and power of ten of each unit that takes prefixes."""
    for name, (symbol, dimension) in SI_UNITS.items():
        if name != "kilogram":
            yield name, symbol, _choose_dimension(dimension), 0
    yield "gram", "g", _choose_dimension(SI_UNITS["kilogram"][1]), -3


def _choose_dimension(dimension: Dimension) -> Dimension:
    return dimension if UNITS_ARE_ON else DIMENSIONLESS


def _make_prefixed() -> dict[str, Unit]:
    units = {}
    for name, symbol, dimension, offset in _list_bases():
        powers = [(suffix, power, dimension**power) for suffix, power in _POWERS.items()]
        for prefix, exponent in PREFIXES.items():
            written = Symbol(prefix + name, prefix + symbol)
            for suffix, power, raised in powers:
                scale = float(f"1e{(exponent + offset) * power}")  # 1e-6**3 is not 1e-18
                units[prefix + name + suffix] = Unit(scale, raised, ((written, power),))
    return units


def _make_kilograms() -> dict[str, Unit]:
    """The base unit of mass, whose name has a prefix already."""
    symbol, dimension = SI_UNITS["kilogram"]
    base = _choose_dimension(dimension)
    return {
        "kilogram" + suffix: Unit(1.0, base**power, ((Symbol("kilogram", symbol), power),))
        for suffix, power in _POWERS.items()
    }


def _list_other_names(units: dict[str, Unit]) -> dict[str, Unit]:
    """Other spellings and short names, each the same object as the full name."""
    aliases = {
        prefix + alias + suffix: units[prefix + name + suffix]
        for alias, name in _ALIASES.items()
        for prefix in PREFIXES
        for suffix in _POWERS
    }
    short = {
        prefix + letters + suffix: units[prefix + name + suffix]
        for name, (letters, prefixes, suffixes) in _SHORT.items()
        for prefix in prefixes.split()
        for suffix in suffixes
    }
    hertz = {prefix + "Hz": units[prefix + "hertz"] for prefix in ("", "k", "M", "G")}
    return aliases | short | hertz


_FULL_NAMES = _make_prefixed() | _make_kilograms()

ALL_UNITS: dict[str, Unit] = _FULL_NAMES | _list_other_names(_FULL_NAMES)


def find_unit(name: str) -> float:
    """What a user gets under the name of a unit: the `Unit`, or its SI value with units off.

    Raises
    ------
    KeyError
        There is no such unit.
    """
    unit = ALL_UNITS[name]
    return unit if UNITS_ARE_ON else float(unit)
