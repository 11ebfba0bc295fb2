"""Dimension -> the unit in which people state it: volt/second, siemens/metre**2, mV, uF/cm^2."""

from functools import cache
from itertools import product
from math import isfinite
from typing import Any

from brian_nb.units.dimension import Dimension
from brian_nb.units.symbols import (
    PREFIXES,
    SI_UNITS,
    Symbol,
    Terms,
    multiply_terms,
    render_name,
)

# Names by which a dimension may be called, the likelier ones in neuroscience first.
_LEADS = (
    "volt amp siemens farad coulomb ohm mole joule watt newton metre second kilogram kelvin candle "
    "hertz pascal weber tesla henry lux katal"
)
# Names of which a power may stand behind another unit; V/s is never written V Hz.
_FACTORS = (
    "second metre kilogram kelvin mole candle amp volt siemens farad ohm coulomb joule newton"
)
_BASES = tuple(SI_UNITS)[:7]
_ELECTRICAL = {"volt", "amp", "siemens", "farad", "coulomb"}
_LARGEST_PREFIX = {"second": 0, "kelvin": 0, "candle": 0}
_THOUSANDS = range(24, -27, -3)
_PREFIX_OF = {exponent: prefix for prefix, exponent in PREFIXES.items()}
_ROUNDING = 1e-10  # a value that prints as 1000. belongs to the next prefix


def name_dimension(dimension: Dimension) -> str:
    """Say a dimension with the names of units.

    Parameters
    ----------
    dimension : Dimension

    Returns
    -------
    str
        Such as ``volt``, ``volt/second``, ``siemens/metre**2``, or ``1``; it can be typed.
    """
    return render_name(_to_terms(_decompose(dimension))) or "1"


def choose_terms(dimension: Dimension, magnitude: float | None = None) -> tuple[float, Terms]:
    """Choose the unit in which a value is shown.

    Parameters
    ----------
    dimension : Dimension
    magnitude : float, SI, optional
        Size of the value; the prefix brings it between 1 and 1000.

    Returns
    -------
    scale : float
        SI value of the unit.
    terms : Terms
        The unit; without a magnitude, or for zero and what is not finite, it has no prefix.
    """
    parts = _decompose(dimension)
    if not parts or not magnitude or not isfinite(magnitude):
        return 1.0, _to_terms(parts)
    (lead, power), *rest = parts
    scale, tail = _scale_tail(lead, rest)
    if power < 0:
        return scale, multiply_terms(_to_terms([(lead, power)]), tail)
    prefix_scale, symbol = _choose_prefix(lead, power, abs(magnitude) / scale)
    return prefix_scale * scale, multiply_terms(((symbol, power),), tail)


def _choose_prefix(lead, power, magnitude):
    """Scale and symbol of the largest prefixed unit that is not above the magnitude."""
    offset = 0 if lead != "kilogram" else -3
    name, display = ("gram", "g") if offset else (lead, SI_UNITS[lead][0])
    for exponent in _THOUSANDS:
        scale = _power_of_ten((exponent + offset) * power)
        fits = magnitude >= scale * (1 - _ROUNDING) and exponent <= _LARGEST_PREFIX.get(lead, 24)
        if fits or exponent == _THOUSANDS[-1]:
            prefix = _PREFIX_OF[exponent]
            return scale, Symbol(prefix + name, prefix + display)
    raise AssertionError("the smallest prefix always ends the search")


def _scale_tail(lead, rest):
    """Electrophysiologists divide by milliseconds and by square centimetres."""
    scale = 1.0
    terms: Terms = ()
    for name, power in rest:
        prefix = ""
        if lead in _ELECTRICAL and (name, power < 0) == ("second", True):
            prefix = "m"
        if lead in _ELECTRICAL and (name, power) == ("metre", -2):
            prefix = "c"
        symbol = Symbol(prefix + name, prefix + SI_UNITS[name][0])
        scale *= _power_of_ten(PREFIXES[prefix] * power)
        terms = multiply_terms(terms, ((symbol, power),))
    return scale, terms


def _power_of_ten(exponent):
    """Ten to a power, correctly rounded where it is whole: 10.0**-9 is not 1e-9 everywhere."""
    return float(f"1e{exponent}") if exponent == int(exponent) else 10.0 ** float(exponent)


def _to_terms(parts) -> Terms:
    return tuple((Symbol(name, SI_UNITS[name][0]), power) for name, power in parts)


@cache
def _decompose(dimension: Dimension) -> tuple[tuple[str, Any], ...]:
    """Shortest product of named units that has a dimension, as (name, exponent) pairs."""
    if dimension.is_dimensionless:
        return ()
    for name in _LEADS.split():
        if SI_UNITS[name][1] == dimension:
            return ((name, 1),)
    options = [_find_power(dimension) or _to_base(dimension)]
    for power, name in product((1, 2), _LEADS.split()):
        rest = dimension / SI_UNITS[name][1] ** power
        options.append(_join((name, power), _find_power(rest) or _to_base(rest)))
    return min(options, key=_find_length)


def _find_length(parts):
    """Number of factors; among equals S/s, with a base unit behind the lead, before A^2/J."""
    return len(parts), sum(name not in _BASES or name == "amp" for name, _ in parts[1:])


def _find_power(dimension):
    """One unit with the power of it that has a dimension, a positive power if there is one."""
    found = []
    for name in _FACTORS.split():
        power = _find_exponent(dimension, SI_UNITS[name][1])
        if power is not None:
            found.append(((name, power),))
    return max(found, key=lambda parts: parts[0][1] > 0, default=None)


def _find_exponent(dimension, base):
    """The exponent with ``base**exponent == dimension``, or None."""
    ratios = [
        (whole, part)
        for whole, part in zip(dimension.exponents, base.exponents, strict=True)
        if whole or part
    ]
    whole, part = ratios[0]
    if not part or any(a * part != b * whole for a, b in ratios):
        return None
    exponent = _divide_exactly(whole, part)
    return exponent or None


def _divide_exactly(whole, part):
    """Quotient of two exponents as an int where it is whole, else a Fraction."""
    if whole % part == 0:
        return int(whole // part)
    from fractions import Fraction

    return Fraction(whole) / Fraction(part)


def _join(lead, rest):
    exponents = dict([lead])
    for name, power in rest:
        exponents[name] = exponents.get(name, 0) + power
    return tuple((name, power) for name, power in exponents.items() if power)


def _to_base(dimension):
    pairs = zip(_BASES, dimension.exponents, strict=True)
    return tuple((name, power) for name, power in pairs if power)
