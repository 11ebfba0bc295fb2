"""The SI as data: names, symbols, prefixes; and units written as names, text, HTML and LaTeX.

A unit is a tuple of terms, each a `Symbol` with its exponent: ``mV/ms`` is
``((Symbol("mvolt", "mV"), 1), (Symbol("msecond", "ms"), -1))``.
"""

from typing import Any, NamedTuple

from brian_nb.units.dimension import Dimension

PREFIXES = (
    {"": 0, "da": 1, "h": 2, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18, "Z": 21, "Y": 24}
    | {"d": -1, "c": -2, "m": -3, "u": -6, "n": -9, "p": -12, "f": -15, "a": -18}
    | {"z": -21, "y": -24}
)

# Name: symbol and dimension (m, kg, s, A, K, mol, cd). Source: SI Brochure, tables 2 and 4.
SI_UNITS = {
    "metre": ("m", Dimension(1)),
    "kilogram": ("kg", Dimension(0, 1)),
    "second": ("s", Dimension(0, 0, 1)),
    "amp": ("A", Dimension(0, 0, 0, 1)),
    "kelvin": ("K", Dimension(0, 0, 0, 0, 1)),
    "mole": ("mol", Dimension(0, 0, 0, 0, 0, 1)),
    "candle": ("cd", Dimension(0, 0, 0, 0, 0, 0, 1)),
    "radian": ("rad", Dimension()),
    "steradian": ("sr", Dimension()),
    "hertz": ("Hz", Dimension(0, 0, -1)),
    "newton": ("N", Dimension(1, 1, -2)),
    "pascal": ("Pa", Dimension(-1, 1, -2)),
    "joule": ("J", Dimension(2, 1, -2)),
    "watt": ("W", Dimension(2, 1, -3)),
    "coulomb": ("C", Dimension(0, 0, 1, 1)),
    "volt": ("V", Dimension(2, 1, -3, -1)),
    "farad": ("F", Dimension(-2, -1, 4, 2)),
    "ohm": ("ohm", Dimension(2, 1, -3, -2)),
    "siemens": ("S", Dimension(-2, -1, 3, 2)),
    "weber": ("Wb", Dimension(2, 1, -2, -1)),
    "tesla": ("T", Dimension(0, 1, -2, -1)),
    "henry": ("H", Dimension(2, 1, -2, -2)),
    "celsius": ("degC", Dimension(0, 0, 0, 0, 1)),
    "lumen": ("lm", Dimension(0, 0, 0, 0, 0, 0, 1)),
    "lux": ("lx", Dimension(-2, 0, 0, 0, 0, 0, 1)),
    "becquerel": ("Bq", Dimension(0, 0, -1)),
    "gray": ("Gy", Dimension(2, 0, -2)),
    "sievert": ("Sv", Dimension(2, 0, -2)),
    "katal": ("kat", Dimension(0, 0, -1, 0, 0, 1)),
}


class Symbol(NamedTuple):
    """Name of a unit for a program and for the eye: ``mvolt`` and ``mV``."""

    name: str
    display: str


Terms = tuple[tuple[Symbol, Any], ...]


def multiply_terms(left: Terms, right: Terms, power: Any = 1) -> Terms:
    """Terms of ``left * right**power``, each symbol once, in the order of appearance."""
    exponents = dict(left)
    for symbol, exponent in right:
        exponents[symbol] = exponents.get(symbol, 0) + exponent * power
    return tuple((symbol, exponent) for symbol, exponent in exponents.items() if exponent)


def raise_terms(terms: Terms, power: Any) -> Terms:
    """Terms of a unit to a power."""
    return multiply_terms((), terms, power)


def render_name(terms: Terms) -> str:
    """Write a unit as an expression that can be typed: ``volt/second**0.5``."""
    return _render_quotient(terms, lambda symbol: symbol.name, "**{}", "*")


def render_display(terms: Terms) -> str:
    """Write a unit as plain text: ``mV/ms^0.5``."""
    return _render_quotient(terms, lambda symbol: symbol.display, "^{}", " ")


def render_html(terms: Terms) -> str:
    """Write a unit as HTML, with raised exponents."""
    return _render_quotient(terms, _with_greek, "<sup>{}</sup>", " ")


def render_latex(terms: Terms) -> str:
    """Write a unit as LaTeX for mathematics mode."""
    above = _render_latex_product([item for item in terms if item[1] > 0])
    below = _render_latex_product([(symbol, -power) for symbol, power in terms if power < 0])
    return rf"\frac{{{above or 1}}}{{{below}}}" if below else above


def _render_quotient(terms, write, power_form, times):
    """Factors, then divisors each behind a slash; a unit of divisors only as ``V^-1``."""
    above = [item for item in terms if item[1] > 0] or terms
    below = [(symbol, -power) for symbol, power in terms if (symbol, power) not in above]
    factors, divisors = (
        [write(symbol) + _render_power(power, power_form) for symbol, power in part]
        for part in (above, below)
    )
    return "/".join([times.join(factors), *divisors])


def _render_power(power, form):
    return "" if power == 1 else form.format(_render_exponent(power))


def _render_exponent(power):
    """Whole numbers and short decimals as they are, thirds and the like as (1/3)."""
    if power.denominator == 1 or 1000 % power.denominator == 0:
        return f"{float(power):g}"
    return f"({power})"


def _render_latex_product(terms):
    return r"\,".join(
        rf"\mathrm{{{_to_latex(symbol)}}}" + _render_power(power, "^{{{}}}")
        for symbol, power in terms
    )


def _to_latex(symbol):
    greek = {"µ": r"\mu ", "Ω": r"\Omega ", "°": r"^{\circ}"}
    return "".join(greek.get(letter, letter) for letter in _with_greek(symbol))


def _with_greek(symbol):
    """Symbol with its Greek letters; only the prefix micro makes a symbol start with u."""
    text = symbol.display.replace("ohm", "Ω").replace("deg", "°")
    return "µ" + text[1:] if text.startswith("u") else text
