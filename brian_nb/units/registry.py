"""All named units.

Source: Bureau International des Poids et Mesures 2019, The International System of Units, 9th ed.
"""

from brian_nb.units.dimension import Dimension
from brian_nb.units.quantity import Unit

PREFIXES = {
    "y": -24,
    "z": -21,
    "a": -18,
    "f": -15,
    "p": -12,
    "n": -9,
    "u": -6,
    "m": -3,
    "c": -2,
    "d": -1,
    "": 0,
    "da": 1,
    "h": 2,
    "k": 3,
    "M": 6,
    "G": 9,
    "T": 12,
    "P": 15,
    "E": 18,
    "Z": 21,
    "Y": 24,
}
"""Power of ten of each prefix."""

_NAMED = {
    # name: (symbol, exponents of m, kg, s, A, K, mol, cd)
    "metre": ("m", (1, 0, 0, 0, 0, 0, 0)),
    "meter": ("m", (1, 0, 0, 0, 0, 0, 0)),
    "gram": ("g", (0, 1, 0, 0, 0, 0, 0)),
    "second": ("s", (0, 0, 1, 0, 0, 0, 0)),
    "amp": ("A", (0, 0, 0, 1, 0, 0, 0)),
    "kelvin": ("K", (0, 0, 0, 0, 1, 0, 0)),
    "mole": ("mol", (0, 0, 0, 0, 0, 1, 0)),
    "candle": ("cd", (0, 0, 0, 0, 0, 0, 1)),
    "radian": ("rad", (0, 0, 0, 0, 0, 0, 0)),
    "steradian": ("sr", (0, 0, 0, 0, 0, 0, 0)),
    "hertz": ("Hz", (0, 0, -1, 0, 0, 0, 0)),
    "newton": ("N", (1, 1, -2, 0, 0, 0, 0)),
    "pascal": ("Pa", (-1, 1, -2, 0, 0, 0, 0)),
    "joule": ("J", (2, 1, -2, 0, 0, 0, 0)),
    "watt": ("W", (2, 1, -3, 0, 0, 0, 0)),
    "coulomb": ("C", (0, 0, 1, 1, 0, 0, 0)),
    "volt": ("V", (2, 1, -3, -1, 0, 0, 0)),
    "farad": ("F", (-2, -1, 4, 2, 0, 0, 0)),
    "ohm": ("ohm", (2, 1, -3, -2, 0, 0, 0)),
    "siemens": ("S", (-2, -1, 3, 2, 0, 0, 0)),
    "weber": ("Wb", (2, 1, -2, -1, 0, 0, 0)),
    "tesla": ("T", (0, 1, -2, -1, 0, 0, 0)),
    "henry": ("H", (2, 1, -2, -2, 0, 0, 0)),
    "celsius": ("degC", (0, 0, 0, 0, 1, 0, 0)),
    "lumen": ("lm", (0, 0, 0, 0, 0, 0, 1)),
    "lux": ("lx", (-2, 0, 0, 0, 0, 0, 1)),
    "becquerel": ("Bq", (0, 0, -1, 0, 0, 0, 0)),
    "gray": ("Gy", (2, 0, -2, 0, 0, 0, 0)),
    "sievert": ("Sv", (2, 0, -2, 0, 0, 0, 0)),
    "katal": ("kat", (0, 0, -1, 0, 0, 1, 0)),
}
_GRAM_IN_KILOGRAM = -3

_SHORT = (
    "mV uV nV mA uA nA pA mF uF nF pF mS uS nS pS ms us ns Hz kHz MHz "
    "cm cm2 cm3 mm mm2 mm3 um um2 um3 nm Mohm kohm"
).split()
_SHORT_EXTRA = {"MOhm": "Mohm", "kOhm": "kohm"}


def _build():
    units = {}
    by_symbol = {}
    for stem, (symbol, exponents) in _NAMED.items():
        dimension = Dimension(exponents)
        offset = _GRAM_IN_KILOGRAM if stem == "gram" else 0
        for prefix, exponent in PREFIXES.items():
            for power in (1, 2, 3):
                suffix = "" if power == 1 else str(power)
                display = f"{prefix}{symbol}" + (f"^{power}" if power > 1 else "")
                value = float(f"1e{(exponent + offset) * power}")
                name = f"{prefix}{stem}{suffix}"
                unit = Unit(value, dimension**power, name, display)
                units[name] = by_symbol.setdefault(f"{prefix}{symbol}{suffix}", unit)
    units |= {f"kilogram{power}": units[f"kgram{power}"] for power in ("", "2", "3")}
    units |= {name: by_symbol[name] for name in _SHORT}
    units |= {name: by_symbol[symbol] for name, symbol in _SHORT_EXTRA.items()}
    return units


ALL_UNITS = _build()
"""Every unit by every name: base and derived units, all prefixes, squares and cubes, short names."""
