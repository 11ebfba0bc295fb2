"""Scalars with a unit: floats that know their dimension and check it when they meet.

With a NumPy array a scalar acts as its SI value and the result is a plain float64 array, so that
arrays cost nothing and need no unit-aware library; `QuantityArray` is for arrays with units.
"""

import math
import operator
from typing import Any

import numpy as np

from brian_nb.units.dimension import DIMENSIONLESS, Dimension, get_dimension, is_array, to_exponent
from brian_nb.units.formatting import format_html, format_latex, format_quantity
from brian_nb.units.functions import call_function, find_scalar_dimension
from brian_nb.units.mismatch import require_plain
from brian_nb.units.naming import choose_terms
from brian_nb.units.symbols import (
    Terms,
    multiply_terms,
    raise_terms,
    render_display,
    render_html,
    render_latex,
    render_name,
)
from brian_nb.units.ufuncs import combine_dimensions


def _operator(ufunc, compute):
    """Methods of an operator, with the quantity on the left and on the right."""

    def forward(self, other):
        if isinstance(other, (float, int)):
            dimension = combine_dimensions(ufunc, (self, other))
            return wrap_scalar(compute(float(self), float(other)), dimension)
        return _call_numpy(ufunc, self, other)

    def reflected(self, other):
        if isinstance(other, (float, int)):
            dimension = combine_dimensions(ufunc, (other, self))
            return wrap_scalar(compute(float(other), float(self)), dimension)
        return _call_numpy(ufunc, other, self)

    return forward, reflected


def _comparison(ufunc, compute):
    def compare(self, other):
        if isinstance(other, (float, int)):
            combine_dimensions(ufunc, (self, other))
            return compute(float(self), float(other))
        return _call_numpy(ufunc, self, other)

    return compare


def _call_numpy(ufunc, left, right):
    """Leave NumPy's scalars and arrays to NumPy; anything else is not ours."""
    if isinstance(left, (np.ndarray, np.generic)) or isinstance(right, (np.ndarray, np.generic)):
        return ufunc(left, right)
    return NotImplemented


def _rounding(name):
    def round_plain(self, *digits):
        require_plain(name, self)
        return getattr(float, f"__{name}__")(self, *digits)

    return round_plain


class Quantity(float):
    """A number with a physical dimension.

    Parameters
    ----------
    value : float, SI
    dimension : Dimension, optional
        That of `value` if it is not given.

    Notes
    -----
    ``float(q)`` is the SI value. Results without dimension are plain floats. Comparisons between
    dimensions raise, ``==`` too, which would otherwise be false without a word; but plain zero and
    infinity compare with everything, as no unit would change the answer. They cannot be added.
    Rounding needs a plain number, because it depends on the unit.

    Examples
    --------
    >>> from brian_nb.units import mV, ms
    >>> 3*mV + 20*mV
    23. mV
    >>> 20*mV / (5*ms)
    4. mV/ms
    """

    __slots__ = ("dimension",)
    dimension: Dimension

    def __new__(cls, value: float, dimension: Dimension | None = None):
        self = super().__new__(cls, value)
        self.dimension = get_dimension(value) if dimension is None else dimension
        return self

    __add__, __radd__ = _operator(np.add, operator.add)
    __sub__, __rsub__ = _operator(np.subtract, operator.sub)
    __mul__, __rmul__ = _operator(np.multiply, operator.mul)
    __truediv__, __rtruediv__ = _operator(np.divide, operator.truediv)
    __floordiv__, __rfloordiv__ = _operator(np.floor_divide, operator.floordiv)
    __mod__, __rmod__ = _operator(np.remainder, operator.mod)
    _raise, __rpow__ = _operator(np.power, math.pow)
    __lt__ = _comparison(np.less, operator.lt)
    __le__ = _comparison(np.less_equal, operator.le)
    __gt__ = _comparison(np.greater, operator.gt)
    __ge__ = _comparison(np.greater_equal, operator.ge)
    __eq__ = _comparison(np.equal, operator.eq)
    __ne__ = _comparison(np.not_equal, operator.ne)
    __round__ = _rounding("round")
    __floor__ = _rounding("floor")
    __ceil__ = _rounding("ceil")

    def __pow__(self, exponent, modulo=None):
        return self._raise(exponent)

    def __divmod__(self, other):
        return self // other, self % other

    def __neg__(self):
        return Quantity(-float(self), self.dimension)

    def __pos__(self):
        return Quantity(float(self), self.dimension)

    def __abs__(self):
        return Quantity(abs(float(self)), self.dimension)

    def __hash__(self):
        plain = float(self)
        return hash(plain) if self.dimension.is_dimensionless else hash((plain, self.dimension))

    def __array_ufunc__(self, ufunc, method, *inputs, **keywords):
        if any(_keeps_units(item) for item in (*inputs, *keywords.get("out", ()))):
            return NotImplemented
        # np.float64, because a plain float would let float32 arrays stay in single precision
        values = [np.float64(item) if _is_scalar(item) else item for item in inputs]
        if method != "__call__" or "out" in keywords or any(map(is_array, inputs)):
            return getattr(ufunc, method)(*values, **keywords)
        dimensions = combine_dimensions(ufunc, inputs)
        results = ufunc(*values, **keywords)
        if ufunc.nout == 1:
            return wrap_scalar(results, dimensions)
        return tuple(map(wrap_scalar, results, dimensions))

    def __array_function__(self, function, types, args, keywords):
        if any(issubclass(kind, np.ndarray) and kind is not np.ndarray for kind in types):
            return NotImplemented
        dimension = find_scalar_dimension(function, args, keywords)
        result = call_function(function, args, keywords)
        if dimension is None or is_array(result):
            return result
        return wrap_scalar(result, dimension)

    def __repr__(self):
        return format_quantity(float(self), self.dimension)

    def __str__(self):
        return repr(self)

    def __format__(self, spec):
        return format_quantity(float(self), self.dimension, spec)

    def _repr_html_(self):
        return format_html(float(self), self.dimension)

    def _repr_latex_(self):
        return format_latex(float(self), self.dimension)

    def __reduce__(self):
        return Quantity, (float(self), self.dimension)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class Unit(Quantity):
    """A quantity that has a name, such as ``mvolt`` or, made by arithmetic, ``newton*metre``.

    Parameters
    ----------
    value : float, SI
    dimension : Dimension
    terms : Terms
        How the unit is written.

    Examples
    --------
    >>> from brian_nb.units import mV, ms
    >>> (mV/ms).name, (mV/ms).display
    ('mvolt/msecond', 'mV/ms')
    """

    __slots__ = ("terms",)
    terms: Terms

    def __new__(cls, value: float, dimension: Dimension, terms: Terms):
        self = super().__new__(cls, value, dimension)
        self.terms = terms
        return self

    @property
    def name(self) -> str:
        """Expression that can be typed: ``mvolt/msecond``."""
        return render_name(self.terms)

    @property
    def display(self) -> str:
        """Symbol as plain text: ``mV/ms``."""
        return render_display(self.terms)

    @property
    def latex(self) -> str:
        """Symbol in LaTeX's mathematics mode."""
        return render_latex(self.terms)

    def __mul__(self, other):
        return self._combine(super().__mul__(other), other, 1)

    def __truediv__(self, other):
        return self._combine(super().__truediv__(other), other, -1)

    def __pow__(self, exponent, modulo=None):
        result = super().__pow__(exponent)
        if not isinstance(result, Quantity):
            return result
        return Unit(float(result), result.dimension, raise_terms(self.terms, to_exponent(exponent)))

    def _combine(self, result, other, power):
        if not (isinstance(result, Quantity) and isinstance(other, Unit)):
            return result
        terms = multiply_terms(self.terms, other.terms, power)
        return Unit(float(result), result.dimension, terms)

    def __repr__(self):
        return self.name

    def __str__(self):
        return self.display

    def __format__(self, spec):
        return super().__format__(spec) if spec else self.display

    def _repr_html_(self):
        return f"<span>{render_html(self.terms)}</span>"

    def _repr_latex_(self):
        return f"${self.latex}$"

    def __reduce__(self):
        return Unit, (float(self), self.dimension, self.terms)


def wrap_scalar(value: Any, dimension: Dimension) -> Any:
    """A quantity, or a plain number where there is no dimension."""
    return Quantity(value, dimension) if dimension != DIMENSIONLESS else value


def choose_unit(dimension: Dimension, magnitude: float | None = None) -> Unit:
    """Choose the unit in which people would state a value.

    Parameters
    ----------
    dimension : Dimension
    magnitude : float, SI, optional
        Size of the value; without it the unit has no prefix.

    Examples
    --------
    >>> from brian_nb.units import siemens
    >>> choose_unit(siemens.dimension, 5e-9).display
    'nS'
    """
    scale, terms = choose_terms(dimension, magnitude)
    return Unit(scale, dimension, terms)


def _is_scalar(value):
    return isinstance(value, (Quantity, np.floating))


def _keeps_units(value):
    return hasattr(value, "dimension") and isinstance(value, np.ndarray)
