"""Quantities as people write them: ``-49. mV``, ``1.62 nS``, ``3. mV/ms``."""

from functools import cache
from math import isfinite, log10
from operator import mul, truediv

from brian_nb.units.quantity import Unit
from brian_nb.units.registry import ALL_UNITS

_COMMON_PREFIXES = ("f", "p", "n", "u", "m", "", "k", "M", "G")
_AREA_PREFIXES = ("u", "m", "c")
_STEMS = (
    "second metre gram amp kelvin mole candle hertz newton pascal joule watt coulomb volt farad "
    "ohm siemens weber tesla henry"
).split()
_WORDS = (
    "second volt amp siemens farad ohm metre hertz coulomb kilogram kelvin mole candle newton "
    "pascal joule watt weber tesla henry"
).split()


def format_quantity(value, dimension):
    """Value with a unit chosen so that the number is easy to read.

    Parameters
    ----------
    value : float
        In SI units.
    dimension : Dimension

    Returns
    -------
    str
    """
    if dimension.is_dimensionless:
        return format_number(value)
    unit = choose_unit(dimension, value)
    return f"{format_number(value / float(unit))} {unit.display}"


def format_latex(value, dimension):
    """The same, for typesetting."""
    number, _, unit = format_quantity(value, dimension).partition(" ")
    unit = unit.replace("^", "").replace("ohm", r"\Omega").replace("u", r"\mu ")
    return rf"${number}\,\mathrm{{{unit}}}$"


def format_number(value):
    """At most six digits, with a point so that it is seen to be no integer."""
    text = f"{value:.6g}"
    return text if not text.lstrip("-").isdigit() else text + "."


def choose_unit(dimension, magnitude=None):
    """The unit to show a dimension in.

    Parameters
    ----------
    dimension : Dimension
    magnitude : float, optional
        An SI value that should read as a number from 1 to 1000; without one, the plain SI unit.

    Returns
    -------
    Unit
    """
    family = _family(dimension)
    if magnitude is None or magnitude == 0 or not isfinite(magnitude):
        return family[0]
    size = log10(abs(magnitude) * (1 + 1e-9))
    fitting = [unit for unit in family if log10(float(unit)) <= size]
    return max(fitting, key=float) if fitting else min(family, key=float)


def name_dimension(dimension):
    """A dimension in the words that people use: 'volt', 'volt/second', 'siemens'; '1' for none."""
    if dimension.is_dimensionless:
        return "1"
    return _name(dimension)


@cache
def _name(dimension):
    for word in ("hertz", *_WORDS):
        if ALL_UNITS[word].dimension == dimension:
            return word
    for power in (2, 3, -1, -0.5, 0.5):
        for word in _WORDS:
            if ALL_UNITS[word].dimension ** power == dimension:
                return f"{word}**{power:g}"
    quotient = _find_pair(dimension)
    if quotient:
        left, sign, right = quotient
        return f"{left}{sign}{right}"
    return str(dimension)


@cache
def _family(dimension):
    """Units of a dimension, plain SI unit first."""
    for stem in _STEMS:
        for power in ("", "2", "3"):
            if ALL_UNITS[_base_name(stem) + power].dimension == dimension:
                prefixes = _AREA_PREFIXES if power else _COMMON_PREFIXES
                scaled = [ALL_UNITS[f"{prefix}{stem}{power}"] for prefix in prefixes]
                return [ALL_UNITS[_base_name(stem) + power], *scaled]
    pair = _find_pair(dimension)
    if pair:
        left, sign, right = pair
        return [_combine(left, sign, right, prefix) for prefix in ("", "m", "u", "n", "p")]
    text = str(dimension).replace(" ", "*")
    return [Unit(1.0, dimension, text, text)]


def _base_name(stem):
    return "kilogram" if stem == "gram" else stem


def _combine(left, sign, right, prefix):
    scaled = ALL_UNITS.get(prefix + left, ALL_UNITS[left])
    return scaled * ALL_UNITS[right] if sign == "*" else scaled / ALL_UNITS[right]


@cache
def _find_pair(dimension):
    """A dimension as a quotient or a product of two units, simple ones first."""
    for power in ("", "2", "3"):
        for left in _WORDS:
            for right in _WORDS:
                for sign, combine in (("/", truediv), ("*", mul)):
                    other = ALL_UNITS[right + power].dimension
                    if combine(ALL_UNITS[left].dimension, other) == dimension:
                        return left, sign, right + power
    return None
