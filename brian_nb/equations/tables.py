"""A function of one number -> its values at regular points, which are faster to look up.

A table keeps what compiled code needs to look values up without the function: `table`, `xmin`,
`xmax`, `n`, and whether it interpolates.
"""

import numpy as np

from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.units import Quantity, get_dimension, name_dimension
from brian_nb.units.mismatch import require_same


class Tabulate:
    """A function replaced by its values in the middle of equal intervals.

    Parameters
    ----------
    f : callable
        A function of one number, which is called `n` times, with the unit of `xmin`.
    xmin, xmax : float or Quantity
        Where the table begins and ends; `xmax` itself does not belong to it.
    n : int
        Number of values.

    Attributes
    ----------
    table : float64[n], SI
    xmin, xmax : float, SI
    n : int
    dimension, result_dimension : Dimension
        Of the argument, and of the values.

    Raises
    ------
    DimensionMismatchError
        `xmin` and `xmax`, or two values of the function, have different dimensions.
    ModelError
        The range is empty, or there are too few values, or the function gives no number.

    Notes
    -----
    The error is at most ``abs(f')*(xmax - xmin)/(2*n)``. As everywhere, arrays carry no units: an
    array of arguments is in SI units and gives an array in SI units.

    Examples
    --------
    >>> g = Tabulate(lambda x: x**2, 0., 1., 1000)
    >>> round(g(0.5), 3)
    0.251
    >>> g([0.1, 0.3]).round(3)
    array([0.01, 0.09])
    """

    interpolates = False
    _fewest = 1

    def __init__(self, f, xmin, xmax, n):
        require_same("xmin, xmax", xmin, xmax)
        self.dimension = get_dimension(xmin)
        self.xmin, self.xmax, self.n = float(xmin), float(xmax), int(n)
        if not self.xmin < self.xmax < np.inf:
            raise ModelError(f"a table needs xmin < xmax, not xmin = {xmin!r} and xmax = {xmax!r}")
        if self.n != n or self.n < self._fewest:
            raise ModelError(f"a table needs a whole number of values, at least {self._fewest}")
        self.table, self.result_dimension = _tabulate(f, self._choose_points(), self.dimension)

    def _choose_points(self):
        width = (self.xmax - self.xmin) / self.n
        return self.xmin + (np.arange(self.n) + 0.5) * width

    def __call__(self, x):
        """Values at some points.

        Parameters
        ----------
        x : float, Quantity or array_like
            Within ``[xmin, xmax)``.

        Returns
        -------
        float, Quantity or float64[...]

        Raises
        ------
        IndexError
            A point lies outside the range of the table, or is undefined.
        DimensionMismatchError
            A quantity has another dimension than `xmin`.
        """
        values = self._look_up(self._to_share(self._read(x)))
        if values.ndim:
            return values
        dimension = self.result_dimension
        return float(values) if dimension.is_dimensionless else Quantity(float(values), dimension)

    def _read(self, x):
        """Points as SI floats; an array has no unit to check."""
        if np.ndim(x) == 0 and get_dimension(x) != self.dimension:
            raise DimensionMismatchError(
                f"the argument of this table must be {_say(self.dimension)}, "
                f"but {x!r} is {_say(get_dimension(x))}"
            )
        points = np.asarray(x, dtype=np.float64)
        outside = ~((points >= self.xmin) & (points < self.xmax))
        if outside.any():
            raise IndexError(
                f"{points[outside].flat[0]:g} lies outside the table, "
                f"which goes from {self.xmin:g} up to, but not including, {self.xmax:g}"
            )
        return points

    def _to_share(self, points):
        """How far along the table points lie, from 0 up to, but not including, 1."""
        share = (points - self.xmin) / (self.xmax - self.xmin)
        return np.minimum(share, np.nextafter(1.0, 0.0))  # rounding may reach 1

    def _look_up(self, share):
        return self.table[(share * self.n).astype(np.int64)]

    def __repr__(self):
        return f"{type(self).__name__}(..., {self.xmin:g}, {self.xmax:g}, {self.n})"


class TabulateInterp(Tabulate):
    """A function replaced by straight lines between its values at equal distances.

    Parameters, attributes and errors are those of `Tabulate`; the first value is that at `xmin`,
    the last that at `xmax`, and at least two are needed.

    Notes
    -----
    The error is at most ``max(abs(f''))*h**2/8`` with ``h = (xmax - xmin)/(n - 1)``.

    Source
    ------
    Davis 1975, Interpolation and Approximation, theorem 3.1.1.
    """

    interpolates = True
    _fewest = 2

    def _choose_points(self):
        return np.linspace(self.xmin, self.xmax, self.n)

    def _look_up(self, share):
        place = share * (self.n - 1)
        left = np.minimum(place.astype(np.int64), self.n - 2)
        part = place - left
        return self.table[left] * (1 - part) + self.table[left + 1] * part


def _say(dimension):
    return "a plain number" if dimension.is_dimensionless else f"in {name_dimension(dimension)}"


def _tabulate(function, points, dimension):
    """SI values of a function, and their dimension."""
    plain = dimension.is_dimensionless
    values = [function(float(x) if plain else Quantity(x, dimension)) for x in points]
    for value in values:
        if get_dimension(value) != get_dimension(values[0]):
            raise DimensionMismatchError(
                f"the function of a table gives {values[0]!r} at one point and {value!r} at another"
            )
    return np.array([_read_value(value) for value in values]), get_dimension(values[0])


def _read_value(value):
    try:
        return float(value)
    except (TypeError, ValueError):
        raise ModelError(
            f"the function of a table must give one real number, not {value!r}"
        ) from None
