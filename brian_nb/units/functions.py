"""NumPy's functions of arrays -> the dimension of their result.

Each rule takes the arguments of a call and gives a `Dimension`, or a tuple of them for a function
with several results. Arguments such as an axis take no part in it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from brian_nb.units.dimension import DIMENSIONLESS, Dimension, get_dimension, is_array
from brian_nb.units.mismatch import require_plain, require_same

Rule = Callable[[str, Sequence[Any], Mapping[str, Any]], Dimension | tuple]

_UNCHECKED = {"out", "axis", "dtype", "where"}
_CLOSE = (np.isclose, np.allclose)


def find_dimension(function: Callable, args: Sequence, keywords: Mapping) -> Dimension | tuple:
    """Dimension of what a NumPy function gives, after checking its arguments.

    Raises
    ------
    DimensionMismatchError
        The arguments do not go together.
    TypeError
        There is no rule for this function.
    """
    if function not in _RULES:
        raise TypeError(
            f"{function.__module__}.{function.__name__} does not know units: "
            "give it plain numbers, as in x/mV"
        )
    return _RULES[function](function.__name__, args, keywords)


def find_scalar_dimension(
    function: Callable, args: Sequence, keywords: Mapping
) -> Dimension | None:
    """Dimension of a function of scalars; None where arrays, which have no units, take part."""
    if function not in _RULES or _has_arrays((*args, *keywords.values())):
        return None
    dimension = _RULES[function](function.__name__, args, keywords)
    return dimension if isinstance(dimension, Dimension) else None


def call_function(function: Callable, args: Sequence, keywords: Mapping) -> Any:
    """Call a NumPy function on SI values.

    The absolute tolerance of NumPy's comparisons, 1e-8, would make all conductances equal; unless
    one is given it is zero.
    """
    keywords = {name: strip_units(value) for name, value in keywords.items()}
    if function in _CLOSE and len(args) < 4:
        keywords.setdefault("atol", 0.0)
    return function(*(strip_units(item) for item in args), **keywords)


def strip_units(value: Any) -> Any:
    """SI values of a quantity, an array, or a list or tuple of them."""
    if isinstance(value, (list, tuple)):
        return type(value)([strip_units(item) for item in value])
    if not hasattr(value, "dimension"):
        return value
    return value.view(np.ndarray) if isinstance(value, np.ndarray) else float(value)


def _alike(positions: slice, finish: Callable[[Dimension], Any] = lambda same: same) -> Rule:
    """Rule of functions whose arguments at some positions must have the same dimension."""

    def rule(name, args, keywords):
        return finish(_require_operands(name, args[positions], keywords))

    return rule


def _require_operands(name, operands, keywords):
    named = [value for key, value in keywords.items() if key not in _UNCHECKED]
    values = [item for item in flatten(operands) if item is not None]
    values += [item for item in flatten(named) if hasattr(item, "dimension")]
    return require_same(name, *values) if values else DIMENSIONLESS


def _product(name, args, keywords):
    return get_dimension(args[0]) * get_dimension(args[1])


def _power_of_count(name, args, keywords):
    """The product of n volts is in volt**n; every element of the result has the same n."""
    dimension = get_dimension(args[0])
    if dimension.is_dimensionless:
        return dimension
    counted = np.sum(np.ones(np.shape(args[0])), *args[1:], **keywords)
    return dimension ** float(np.max(counted))


def _integral(name, args, keywords):
    steps = args[1] if len(args) > 1 else keywords.get("x", None)
    steps = keywords.get("dx", 1.0) if steps is None else steps
    return get_dimension(args[0]) * get_dimension(steps)


def _slope(name, args, keywords):
    return get_dimension(args[0]) / get_dimension(args[1] if len(args) > 1 else 1.0)


def _interpolation(name, args, keywords):
    require_same(name, *args[:2])
    return get_dimension(args[2])


def _histogram(name, args, keywords):
    bins = args[1] if len(args) > 1 else keywords.get("bins", 10)
    values = [args[0], bins] if is_array(bins) else [args[0]]
    return DIMENSIONLESS, _require_operands(name, values, {})


def _each(name, args, keywords):
    return tuple(map(get_dimension, args))


def _plain(name, args, keywords):
    require_plain(name, args[0])
    return DIMENSIONLESS


def _with_rule(rule, names):
    return dict.fromkeys((getattr(np, name) for name in names.split()), rule)


def flatten(values: Sequence) -> Iterator[Any]:
    """Elements of nested lists and tuples, from left to right."""
    for value in values:
        if isinstance(value, (list, tuple)):
            yield from flatten(value)
        else:
            yield value


def _has_arrays(values):
    """Whether a plain array or list takes part, whose numbers may stand for anything."""
    for value in values:
        if isinstance(value, (list, tuple)):
            if not all(hasattr(item, "dimension") for item in flatten(value)):
                return True
        elif is_array(value):
            return True
    return False


_RULES: dict[Callable, Rule] = {
    **_with_rule(
        _alike(slice(1)),
        "mean median average sum cumsum std ptp amin amax min max percentile quantile "
        "nanmean nanmedian nansum nancumsum nanstd nanmin nanmax nanpercentile nanquantile "
        "concatenate stack hstack vstack dstack column_stack block split array_split hsplit vsplit "
        "reshape ravel transpose swapaxes moveaxis squeeze expand_dims atleast_1d atleast_2d "
        "tile repeat roll flip fliplr flipud rot90 sort take take_along_axis compress delete "
        "broadcast_to diff ediff1d diag diagonal trace triu tril copy nan_to_num "
        "zeros_like ones_like empty_like real pad",
    ),
    **_with_rule(_alike(slice(2)), "linspace append full_like"),
    **_with_rule(_alike(slice(3)), "clip"),
    **_with_rule(_alike(slice(1, 3)), "where"),
    **_with_rule(_alike(slice(0, 3, 2)), "insert"),
    **_with_rule(_alike(slice(1), lambda same: same**2), "var nanvar"),
    **_with_rule(_alike(slice(1), lambda same: (same, *[DIMENSIONLESS] * 3)), "unique"),
    **_with_rule(
        _alike(slice(1), lambda same: DIMENSIONLESS),
        "argmin argmax nanargmin nanargmax argsort argwhere nonzero flatnonzero count_nonzero "
        "any all ndim shape size corrcoef",
    ),
    **_with_rule(
        _alike(slice(2), lambda same: DIMENSIONLESS),
        "isclose allclose array_equal searchsorted digitize copyto",
    ),
    **_with_rule(
        _product, "dot vdot inner outer tensordot convolve correlate cross kron matvec vecmat"
    ),
    **_with_rule(_plain, "round around cumprod nancumprod nanprod sinc angle unwrap"),
    **_with_rule(_each, "meshgrid broadcast_arrays"),
    np.prod: _power_of_count,
    np.trapezoid: _integral,
    np.gradient: _slope,
    np.interp: _interpolation,
    np.histogram: _histogram,
}
