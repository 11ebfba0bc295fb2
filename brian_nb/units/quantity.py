"""Quantities: floats that carry a dimension."""

import operator

import numpy as np

from brian_nb.diagnostics import Diagnostic
from brian_nb.errors import DimensionMismatchError
from brian_nb.units.dimension import DIMENSIONLESS


class Quantity(float):
    """A number with a dimension; ``float(q)`` is its value in SI units.

    Sums and comparisons need equal dimensions. Together with a NumPy array a quantity acts as its
    SI value and the result is a plain array (as in the language of Brian 1.2, section 4.1.3).

    Parameters
    ----------
    value : float
        In SI units.
    dimension : Dimension

    Raises
    ------
    DimensionMismatchError
        From sums, comparisons and functions of quantities that do not fit together.
    """

    __slots__ = ("dimension",)

    def __new__(cls, value, dimension=DIMENSIONLESS):
        self = super().__new__(cls, value)
        self.dimension = dimension
        return self

    # -- products --------------------------------------------------------------------------

    def __mul__(self, other):
        return self._combine(other, operator.mul)

    def __rmul__(self, other):
        return self._combine(other, operator.mul, swapped=True)

    def __truediv__(self, other):
        return self._combine(other, operator.truediv)

    def __rtruediv__(self, other):
        return self._combine(other, operator.truediv, swapped=True)

    def __pow__(self, power):
        if isinstance(power, np.ndarray):
            return float(self) ** power
        _require_plain(power, "an exponent")
        return make_quantity(float(self) ** float(power), self.dimension ** float(power))

    def __rpow__(self, base):
        _require_plain(self, "an exponent")
        return base ** float(self)

    def _combine(self, other, operation, swapped=False):
        if isinstance(other, np.ndarray):
            return operation(other, float(self)) if swapped else operation(float(self), other)
        if not _is_number(other):
            return NotImplemented
        left, right = (other, self) if swapped else (self, other)
        dimension = operation(get_dimension(left), get_dimension(right))
        return make_quantity(operation(float(left), float(right)), dimension)

    # -- sums and comparisons --------------------------------------------------------------

    def __add__(self, other):
        return self._add(other, operator.add, "+")

    def __radd__(self, other):
        return self._add(other, operator.add, "+", swapped=True)

    def __sub__(self, other):
        return self._add(other, operator.sub, "-")

    def __rsub__(self, other):
        return self._add(other, operator.sub, "-", swapped=True)

    def __mod__(self, other):
        return self._add(other, operator.mod, "%")

    def _add(self, other, operation, sign, swapped=False):
        if isinstance(other, np.ndarray):
            return operation(other, float(self)) if swapped else operation(float(self), other)
        if not _is_number(other):
            return NotImplemented
        left, right = (other, self) if swapped else (self, other)
        require_same(left, right, sign)
        return make_quantity(operation(float(left), float(right)), self.dimension)

    def _compare(self, other, operation, sign):
        if isinstance(other, np.ndarray):
            return operation(float(self), other)
        if not _is_number(other):
            return NotImplemented
        require_same(self, other, sign)
        return operation(float(self), float(other))

    def __lt__(self, other):
        return self._compare(other, operator.lt, "<")

    def __le__(self, other):
        return self._compare(other, operator.le, "<=")

    def __gt__(self, other):
        return self._compare(other, operator.gt, ">")

    def __ge__(self, other):
        return self._compare(other, operator.ge, ">=")

    def __eq__(self, other):
        return self._compare(other, operator.eq, "==")

    def __ne__(self, other):
        return self._compare(other, operator.ne, "!=")

    __hash__ = float.__hash__

    def __neg__(self):
        return make_quantity(-float(self), self.dimension)

    def __pos__(self):
        return self

    def __abs__(self):
        return make_quantity(abs(float(self)), self.dimension)

    def sqrt(self):
        """The square root, of half the dimension."""
        return make_quantity(float(self) ** 0.5, self.dimension**0.5)

    # -- NumPy -----------------------------------------------------------------------------

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        plain = [float(item) if isinstance(item, Quantity) else item for item in inputs]
        if method != "__call__" or any(isinstance(item, np.ndarray) for item in plain):
            return getattr(ufunc, method)(*plain, **options)
        if ufunc in _OPERATORS:
            return _apply_operator(_OPERATORS[ufunc], inputs)
        for item in inputs:
            _require_plain(item, f"the argument of {ufunc.__name__}")
        return ufunc(*plain, **options)

    # -- display and copies ----------------------------------------------------------------

    def __repr__(self):
        from brian_nb.units.formatting import format_quantity

        return format_quantity(float(self), self.dimension)

    __str__ = __repr__

    def __format__(self, form):
        return format(float(self), form) if form else repr(self)

    def _repr_latex_(self):
        from brian_nb.units.formatting import format_latex

        return format_latex(float(self), self.dimension)

    def __reduce__(self):
        return Quantity, (float(self), self.dimension)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class Unit(Quantity):
    """A quantity with a name: what numbers are multiplied by.

    Parameters
    ----------
    value : float
        In SI units.
    dimension : Dimension
    name : str
        The name that users type, such as ``mvolt``.
    display : str
        The symbol that people write, such as ``mV``.
    """

    __slots__ = ("display", "name")

    def __new__(cls, value, dimension=DIMENSIONLESS, name="", display=""):
        self = super().__new__(cls, value, dimension)
        self.name, self.display = name, display or name
        return self

    def __repr__(self):
        return self.display

    __str__ = __repr__

    def __mul__(self, other):
        if isinstance(other, Unit):
            return _join(self, other, "*", float(self) * float(other), self.dimension * other.dimension)
        return super().__mul__(other)

    def __truediv__(self, other):
        if isinstance(other, Unit):
            return _join(self, other, "/", float(self) / float(other), self.dimension / other.dimension)
        return super().__truediv__(other)

    def __pow__(self, power):
        raised = super().__pow__(power)
        if isinstance(raised, Quantity) and float(power).is_integer():
            name = f"{self.name}**{power:g}"
            return Unit(float(raised), raised.dimension, name, f"{self.display}^{power:g}")
        return raised

    def __reduce__(self):
        return Unit, (float(self), self.dimension, self.name, self.display)


def get_dimension(value):
    """Dimension of anything; plain numbers and arrays have none."""
    return value.dimension if isinstance(value, Quantity) else DIMENSIONLESS


def make_quantity(value, dimension):
    """A quantity, or a plain float where there is no dimension."""
    return float(value) if dimension.is_dimensionless else Quantity(value, dimension)


def require_same(left, right, sign):
    """Raise where two sides of a sum or a comparison have different dimensions."""
    if get_dimension(left) == get_dimension(right):
        return
    from brian_nb.units.formatting import name_dimension

    names = [name_dimension(get_dimension(side)) for side in (left, right)]
    raise DimensionMismatchError(
        Diagnostic(
            f"{left!r} {sign} {right!r}: the left side is in {names[0]}, the right in {names[1]}",
            hint="only quantities of the same kind can be added, subtracted or compared",
        )
    )


def _require_plain(value, what):
    if get_dimension(value).is_dimensionless:
        return
    from brian_nb.units.formatting import name_dimension

    raise DimensionMismatchError(
        f"{what} must be a plain number, but {value!r} is in {name_dimension(value.dimension)}",
        hint="divide it by a quantity of the same kind first",
    )


def _join(left, right, sign, value, dimension):
    if dimension.is_dimensionless:
        return float(value)
    name = f"{left.name}{sign}{right.name}"
    return Unit(value, dimension, name, f"{left.display}{sign}{right.display}")


def _is_number(value):
    return isinstance(value, (int, float, np.number)) or (
        isinstance(value, np.ndarray) and value.ndim == 0
    )


def _apply_operator(operation, inputs):
    """An operator on quantities and NumPy scalars, as if both were Python numbers."""
    own = [item if isinstance(item, Quantity) else float(item) for item in inputs]
    if not isinstance(own[0], Quantity) and len(own) == 2:
        own[0] = Quantity(own[0])
    return operation(*own)


_OPERATORS = {
    np.add: operator.add,
    np.subtract: operator.sub,
    np.multiply: operator.mul,
    np.true_divide: operator.truediv,
    np.power: operator.pow,
    np.remainder: operator.mod,
    np.negative: operator.neg,
    np.absolute: abs,
    np.fabs: abs,
    np.sqrt: Quantity.sqrt,
    np.square: lambda quantity: quantity**2,
    np.less: operator.lt,
    np.less_equal: operator.le,
    np.greater: operator.gt,
    np.greater_equal: operator.ge,
    np.equal: operator.eq,
    np.not_equal: operator.ne,
    np.isfinite: lambda quantity: bool(np.isfinite(float(quantity))),
    np.isnan: lambda quantity: bool(np.isnan(float(quantity))),
    np.sign: lambda quantity: float(np.sign(float(quantity))),
    np.maximum: max,
    np.minimum: min,
}
"""Ufuncs of scalars that keep or check dimensions; all others take plain numbers only."""
