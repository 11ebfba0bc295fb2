"""Arrays whose rows belong to times, and variables that take their values."""

import numpy as np

from brian_nb.equations.expressions import Call, Name
from brian_nb.equations.externals import Table
from brian_nb.errors import ModelError
from brian_nb.network.clock import guess_clock
from brian_nb.network.quantities import check_dimension
from brian_nb.network.row_times import read_grid, read_times
from brian_nb.network.setters import ExpressionSetter
from brian_nb.star import find_name
from brian_nb.units import ALL_UNITS, Quantity, QuantityArray, get_dimension

_SECOND = get_dimension(ALL_UNITS["second"])
REGULAR_TOLERANCE = 1e-6
"""Share of an interval by which times may miss a regular grid."""


class TimedArray(np.ndarray):
    """An array each of whose rows belongs to a time.

    Row i holds for ``times[i] <= t < times[i] + dt``; the first one also holds before, the last one
    ever after. Equations can call it, as in ``dv/dt = (I(t) - v)/tau : volt``, at any time; a
    variable of a group that it is assigned to takes its values in every step: ``G.I = TimedArray``.
    Both are done by the compiled loop.

    Parameters
    ----------
    arr : array_like[n_times] or array_like[n_times, n_neurons]
        Values for all neurons alike, or a column for each.
    times : array_like[n_times], second, optional
        Ascending, for times that are not regular.
    clock : Clock, optional
        The first row belongs to its present time, and rows follow each other by its step. Where
        neither this nor times, start or dt are given, the clock that the caller can reach by name,
        or the default clock.
    start, dt : Quantity, second, optional
        The same without a clock; `start` is 0 if `dt` alone is given.

    Attributes
    ----------
    times : float64[n_times], second
    start, dt : Quantity, second
        `dt` is None where the times are not regular.

    Raises
    ------
    ModelError
        The array is empty or has more than two dimensions; times are not ascending, or their number
        is another.
    DimensionMismatchError
        A time is in another unit.

    Notes
    -----
    Slices by time are timed arrays again; lists and arrays of places may leave times that are not
    regular, which cost a search at each look. The values themselves may be changed between runs.

    Examples
    --------
    >>> from brian_nb import TimedArray, ms
    >>> I = TimedArray([0.0, 0.5, 1.0], dt=10*ms)
    >>> I(12*ms)
    0.5
    >>> I[1:](0*ms)
    0.5
    """

    def __new__(cls, arr, times=None, clock=None, start=None, dt=None):
        values = np.array(arr, dtype=np.float64)
        if values.ndim not in (1, 2) or values.size == 0:
            raise ModelError(
                f"a TimedArray has a row for each time, and no or one column for each neuron, "
                f"not the shape {values.shape}"
            )
        self = values.view(cls)
        if times is not None:
            self._times = read_times(times, len(values))
        else:
            first, width = read_grid(clock, start, dt)
            self._times = first + width * np.arange(len(values))
        self._dimension = get_dimension(arr) if isinstance(arr, QuantityArray) else None
        return self

    def __array_finalize__(self, source):
        times = getattr(source, "_times", None)
        self._times = times if self.ndim and times is not None and len(times) == len(self) else None
        self._dimension = getattr(source, "_dimension", None)

    # -- times -----------------------------------------------------------------------------

    @property
    def times(self):
        return self._times

    @property
    def start(self):
        return self._times[0] * ALL_UNITS["second"]

    @property
    def dt(self):
        width = self._width
        return None if width is None else width * ALL_UNITS["second"]

    @property
    def _width(self):
        """Distance of the times in seconds; None where they are not regular."""
        steps = np.diff(self._times)
        if not len(steps):
            return 1.0
        width = (self._times[-1] - self._times[0]) / len(steps)
        return width if np.all(abs(steps - width) <= REGULAR_TOLERANCE * width) else None

    def describe_table(self):
        """The values as a `Table` that compiled code looks up."""
        if self._times is None:
            raise ModelError("the rows of this array belong to no times any more")
        width = self._width
        return Table(
            "times" if width is None else "steps",
            has_columns=self.ndim == 2,
            values=np.asarray(self),
            start=float(self._times[0]),
            width=width or 1.0,
            times=self._times if width is None else None,
            argument=_SECOND,
            result=self._dimension,
            owner=self,
        )

    def __call__(self, t):
        """Value at a time.

        Parameters
        ----------
        t : Quantity, number or array_like[n], second

        Returns
        -------
        float or float64[n_neurons]
            For one time. For several, float64[n]; a two-dimensional array gives column i at time
            ``t[i]``, and takes as many times as it has columns.

        Raises
        ------
        DimensionMismatchError
            `t` is no time.
        ModelError
            The number of times is another than that of the columns.
        """
        if isinstance(t, Quantity):
            check_dimension(t, _SECOND, "the time of a TimedArray")
        at = np.asarray(t, dtype=np.float64)
        if self.ndim == 2 and at.ndim and at.shape != self.shape[1:]:
            raise ModelError(
                f"this TimedArray has {self.shape[1]} columns and takes as many times, "
                f"not {at.size}"
            )
        found = self.describe_table().compute(at)
        if self._dimension is not None:
            return QuantityArray(found, self._dimension)[()]
        return found if found.ndim else float(found)

    # -- as an array -----------------------------------------------------------------------

    def __getitem__(self, item):
        found = np.asarray(self)[item]
        along = item[0] if isinstance(item, tuple) and item else item
        times = None if along is Ellipsis or along is None else self._times[along]
        if np.ndim(found) not in (1, 2) or np.ndim(times) != 1 or len(times) != len(found):
            return found
        if not len(times) or np.any(np.diff(times) <= 0):
            return found
        result = found.view(TimedArray)
        result._times, result._dimension = times, self._dimension
        return result

    def __array_ufunc__(self, ufunc, method, *inputs, out=(), **keywords):
        plain = [_as_plain(item) for item in inputs]
        if out:
            keywords["out"] = tuple(map(_as_plain, out))
        result = getattr(ufunc, method)(*plain, **keywords)
        if out:
            return out[0] if len(out) == 1 else out
        if method != "__call__" or np.shape(result) != self.shape:
            return result
        timed = result.view(TimedArray)
        timed._times = self._times
        return timed

    def __array_function__(self, function, types, args, keywords):
        result = super().__array_function__(function, types, args, keywords)
        return _as_plain(result)

    def __reduce__(self):
        return TimedArray, (np.asarray(self), self._times)

    def plot(self, *args, **keywords):
        """Plot the values over the times, with the arguments of Matplotlib's `plot`."""
        return find_name("plot")(self._times, np.asarray(self), *args, **keywords)

    # -- as the values of a variable ---------------------------------------------------------

    def attach_to(self, neurons, variable):
        """Let a variable of neurons take the values, as ``neurons.variable = array`` does."""
        neurons.owner.attach(TimedArraySetter(neurons, variable, self))


class TimedArraySetter(ExpressionSetter):
    """Sets a variable of a group to the values of a timed array, at a place of every step.

    The compiled loop does it.

    Parameters
    ----------
    group : NeuronGroup or Subgroup
    var : str or int
        Name or number of a state variable.
    arr : TimedArray or array_like
    times, start, dt
        Of an array that is no timed one: see `TimedArray`. Without them, it follows the clock.
    clock : Clock, optional
        In whose steps the variable is set; that of the group if omitted.
    when : str
        Place in the step.

    Raises
    ------
    UnknownVariableError
        The group has no such variable.
    DimensionMismatchError
        The array has a unit, and it is not that of the variable.
    ModelError
        The array has another number of columns than the group has neurons.
    """

    def __init__(self, group, var, arr, times=None, clock=None, start=None, dt=None, when="start"):
        super().__init__(group, var, when, clock and guess_clock(clock))
        if not isinstance(arr, TimedArray):
            is_free = times is None and start is None and dt is None
            arr = TimedArray(arr, times, self.clock if is_free else None, start, dt)
        self.arr = arr
        what = f"{self.variable} of {group.describe()}"
        if arr._dimension is not None:
            check_dimension(
                Quantity(1.0, arr._dimension), group.owner.system.dimension_of(self.variable), what
            )
        table = arr.describe_table()
        self.set_expression(Call("values", (Name("t"),), external=table))

    def __call__(self):
        """Set the variable to the value for the present time, outside of a run."""
        self.target.set_variable(self.variable, self.arr.describe_table().compute(self._now))

    @property
    def _now(self):
        return self.clock.timebase.t

    def tell(self):
        return "takes the values of a timed array"


def set_group_var_by_array(group, var, arr, times=None, clock=None, start=None, dt=None):
    """Let a variable of a group take the values of a timed array.

    Parameters
    ----------
    group, var, arr, times, clock, start, dt
        See `TimedArraySetter`.

    Returns
    -------
    TimedArraySetter
        The group takes it along into networks.
    """
    setter = TimedArraySetter(group, var, arr, times, clock, start, dt)
    group.owner.attach(setter)
    return setter


def _as_plain(value):
    return np.asarray(value) if isinstance(value, TimedArray) else value
