"""Physical dimensions: seven exponents, and the algebra that products and powers give them."""

from dataclasses import astuple, dataclass
from functools import cache, cached_property
from math import isfinite
from numbers import Integral
from typing import Any

from brian_nb.errors import DimensionMismatchError

SI_SYMBOLS = ("m", "kg", "s", "A", "K", "mol", "cd")

_LARGEST_DENOMINATOR = 1000
_EXPONENT_TOLERANCE = 1e-9  # 1/3 typed as 0.3333333333 still means a third


@dataclass(frozen=True)
class Dimension:
    """Exponents of the seven SI base units.

    Parameters
    ----------
    length, mass, time, current, temperature, amount, luminosity : int or Fraction
        Exponents of metre, kilogram, second, ampere, kelvin, mole and candela.

    Examples
    --------
    >>> volt = Dimension(length=2, mass=1, time=-3, current=-1)
    >>> print(volt)
    m^2 kg s^-3 A^-1
    >>> print(volt / Dimension(time=1) ** 0.5)
    m^2 kg s^-7/2 A^-1
    """

    length: Any = 0
    mass: Any = 0
    time: Any = 0
    current: Any = 0
    temperature: Any = 0
    amount: Any = 0
    luminosity: Any = 0

    @cached_property
    def exponents(self) -> tuple:
        """The seven exponents in the order of `SI_SYMBOLS`."""
        return astuple(self)

    @property
    def is_dimensionless(self) -> bool:
        """Whether all exponents are zero."""
        return not any(self.exponents)

    def __mul__(self, other: "Dimension") -> "Dimension":
        if not isinstance(other, Dimension):
            return NotImplemented
        return _multiply(self, other, 1)

    def __truediv__(self, other: "Dimension") -> "Dimension":
        if not isinstance(other, Dimension):
            return NotImplemented
        return _multiply(self, other, -1)

    def __pow__(self, exponent: float) -> "Dimension":
        return _multiply(DIMENSIONLESS, self, to_exponent(exponent))

    def __str__(self) -> str:
        terms = zip(SI_SYMBOLS, self.exponents, strict=True)
        shown = (f"{name}^{power}" if power != 1 else name for name, power in terms if power)
        return " ".join(shown) or "1"

    def __repr__(self) -> str:
        return f"<Dimension {self}>"

    def __reduce__(self):
        return Dimension, self.exponents


DIMENSIONLESS = Dimension()


def get_dimension(value: Any) -> Dimension:
    """Dimension of a value; plain numbers and arrays have none.

    Parameters
    ----------
    value : Quantity, QuantityArray or anything else

    Examples
    --------
    >>> get_dimension(3.0).is_dimensionless
    True
    """
    dimension = getattr(value, "dimension", DIMENSIONLESS)
    return dimension if isinstance(dimension, Dimension) else DIMENSIONLESS


def is_array(value: Any) -> bool:
    """Whether a value has axes; `numpy.ndim` would ask the quantity itself."""
    return isinstance(value, (list, tuple)) or getattr(value, "ndim", 0) > 0


def to_exponent(number: float) -> Any:
    """Exact form of an exponent: an int where it is whole, else a Fraction.

    Raises
    ------
    DimensionMismatchError
        The number is no simple fraction, such as pi.
    """
    if isinstance(number, Integral) or (isfinite(number) and number == int(number)):
        return int(number)
    from fractions import Fraction  # 3 ms to import, and nearly all exponents are whole

    exact = Fraction(number).limit_denominator(_LARGEST_DENOMINATOR) if isfinite(number) else None
    if exact is None or abs(exact - Fraction(number)) > _EXPONENT_TOLERANCE:
        raise DimensionMismatchError(
            f"a quantity with a unit cannot be raised to the power {number}",
            hint="an exponent must be a simple fraction, such as 2, 0.5 or 1/3",
        )
    return exact


@cache
def _multiply(left: Dimension, right: Dimension, power: Any) -> Dimension:
    """``left * right**power``; kept, because a program meets few dimensions many times."""
    pairs = zip(left.exponents, right.exponents, strict=True)
    exponents = (a + b * power for a, b in pairs)
    return Dimension(*(int(item) if item == int(item) else item for item in exponents))
