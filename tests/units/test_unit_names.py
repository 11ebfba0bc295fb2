"""The names of units: complete, right, and not in the way of Python or NumPy."""

import builtins
import keyword

import numpy as np
import pytest

import brian_nb.units as package
from brian_nb.units import ALL_UNITS

PREFIXES = {
    "Y": 1e24, "Z": 1e21, "E": 1e18, "P": 1e15, "T": 1e12, "G": 1e9, "M": 1e6, "k": 1e3, "h": 1e2,
    "da": 1e1, "d": 1e-1, "c": 1e-2, "m": 1e-3, "u": 1e-6, "n": 1e-9, "p": 1e-12, "f": 1e-15,
    "a": 1e-18, "z": 1e-21, "y": 1e-24,
}  # fmt: skip

# Each derived unit by what it measures, in units already defined: a product that must be 1.
DEFINITIONS = {
    "hertz": "hertz*second",
    "newton": "newton/(kilogram*metre/second**2)",
    "pascal": "pascal/(newton/metre**2)",
    "joule": "joule/(newton*metre)",
    "watt": "watt/(joule/second)",
    "coulomb": "coulomb/(amp*second)",
    "volt": "volt/(watt/amp)",
    "farad": "farad/(coulomb/volt)",
    "ohm": "ohm/(volt/amp)",
    "siemens": "siemens*ohm",
    "weber": "weber/(volt*second)",
    "tesla": "tesla/(weber/metre**2)",
    "henry": "henry/(weber/amp)",
    "celsius": "celsius/kelvin",
    "lumen": "lumen/candle",
    "lux": "lux/(lumen/metre**2)",
    "becquerel": "becquerel*second",
    "gray": "gray/(joule/kilogram)",
    "sievert": "sievert/(joule/kilogram)",
    "katal": "katal/(mole/second)",
    "radian": "radian",
    "steradian": "steradian",
    "gram": "1000*gram/kilogram",
    "meter": "meter/metre",
}
BASES = ["metre", "second", "amp", "kelvin", "mole", "candle", *DEFINITIONS]

SHORT = {
    "mV": "mvolt", "mA": "mamp", "uA": "uamp", "nA": "namp", "pA": "pamp", "mF": "mfarad",
    "uF": "ufarad", "nF": "nfarad", "pF": "pfarad", "mS": "msiemens", "uS": "usiemens",
    "nS": "nsiemens", "ms": "msecond", "us": "usecond", "Hz": "hertz", "kHz": "khertz",
    "MHz": "Mhertz", "cm": "cmetre", "cm2": "cmetre2", "cm3": "cmetre3", "mm": "mmetre",
    "mm2": "mmetre2", "mm3": "mmetre3", "um": "umetre", "um2": "umetre2", "um3": "umetre3",
    "MOhm": "Mohm", "GOhm": "Gohm",
}  # fmt: skip


@pytest.mark.parametrize("name", DEFINITIONS)
def test_derived_units_follow_from_their_definitions(name):
    value = eval(DEFINITIONS[name], dict(ALL_UNITS))
    assert float(value) == 1.0
    assert package.is_dimensionless(value)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_unit_takes_every_prefix_and_power(prefix):
    for base in BASES:
        for suffix, power in (("", 1), ("2", 2), ("3", 3)):
            unit = ALL_UNITS[prefix + base + suffix]
            expected = PREFIXES[prefix] * float(ALL_UNITS[base])
            assert float(unit) == pytest.approx(expected**power, rel=1e-14)
            assert unit.dimension == ALL_UNITS[base].dimension ** power


@pytest.mark.parametrize("short", SHORT)
def test_short_names_are_the_units_themselves(short):
    assert ALL_UNITS[short] is ALL_UNITS[SHORT[short]]


def test_values_of_units_are_correctly_rounded():
    assert float(ALL_UNITS["um3"]) == 1e-18
    assert float(ALL_UNITS["cm3"]) == 1e-6
    assert float(ALL_UNITS["mV"]) == 0.001


def test_no_name_hides_one_of_python_or_numpy():
    taken = {*dir(builtins), *keyword.kwlist, *np.__all__}
    assert not taken & set(ALL_UNITS)
    assert all(name.isidentifier() for name in ALL_UNITS)


def test_names_and_symbols_are_told_apart():
    assert ALL_UNITS["mV"].name == "mvolt"
    assert ALL_UNITS["mV"].display == "mV"
    assert ALL_UNITS["cm2"].display == "cm^2"
    assert ALL_UNITS["Mohm"].latex == r"\mathrm{M\Omega }"


def test_names_import_from_the_package():
    assert package.mV is ALL_UNITS["mV"]
    with pytest.raises(AttributeError, match="mVV"):
        package.mVV  # noqa: B018
