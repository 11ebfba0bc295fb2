"""Questions about dimensions, and the decorator that checks the arguments of a function."""

import functools
import inspect
from collections.abc import Callable
from numbers import Number
from typing import Any, TypeVar

from brian_nb.errors import DimensionMismatchError
from brian_nb.units.dimension import Dimension, get_dimension
from brian_nb.units.formatting import describe_dimension, describe_operand
from brian_nb.units.naming import name_dimension
from brian_nb.units.quantity import choose_unit

Function = TypeVar("Function", bound=Callable)


def have_same_dimensions(obj1: Any, obj2: Any) -> bool:
    """Whether two values have the same dimension; plain numbers and arrays have none.

    Examples
    --------
    >>> from brian_nb.units import mV, ms, volt
    >>> have_same_dimensions(3*mV, 2*volt), have_same_dimensions(3*mV, 2*ms)
    (True, False)
    """
    return get_dimension(obj1) == get_dimension(obj2)


def is_dimensionless(obj: Any) -> bool:
    """Whether a value has no dimension.

    Examples
    --------
    >>> from brian_nb.units import mV, volt
    >>> is_dimensionless(3*mV / volt), is_dimensionless(3*mV)
    (True, False)
    """
    return get_dimension(obj).is_dimensionless


def get_unit(value: Any) -> Any:
    """The SI unit of a value; 1.0 for a plain number or array.

    Examples
    --------
    >>> from brian_nb.units import mV, ms
    >>> get_unit(3*mV), get_unit(3*mV/ms), get_unit(3)
    (volt, volt/second, 1.0)
    """
    dimension = get_dimension(value)
    return 1.0 if dimension.is_dimensionless else choose_unit(dimension)


def check_units(**units: Any) -> Callable[[Function], Function]:
    """Make a function check the units of its arguments and of its result.

    Parameters
    ----------
    **units : Unit, Quantity, Dimension or 1
        For each argument to check, a value of the dimension it must have; `result` stands for
        what the function returns. Names that the function collects in ``**keywords`` count too.

    Raises
    ------
    DimensionMismatchError
        On a call with an argument of another dimension.
    AssertionError
        On a return of another dimension, which is the fault of the function, not of its caller.

    Notes
    -----
    Only numbers are checked: not strings, not None, not functions, and not plain arrays, which
    are taken to be SI values.

    Examples
    --------
    >>> from brian_nb.units import amp, nA, Mohm, ohm, volt
    >>> @check_units(I=amp, R=ohm, result=volt)
    ... def find_voltage(I, R):
    ...     return I * R
    >>> find_voltage(2*nA, 5*Mohm)
    10. mV
    """
    expected = {name: _to_dimension(unit) for name, unit in units.items()}
    expected_result = expected.pop("result", None)

    def decorate(function):
        signature = inspect.signature(function)
        title = function.__qualname__.removesuffix(".__init__").split("<locals>.")[-1]

        @functools.wraps(function)
        def checked(*args, **keywords):
            for name, value in _list_arguments(signature, args, keywords):
                if name in expected:
                    _check_argument(title, name, value, expected[name])
            result = function(*args, **keywords)
            if expected_result is not None:
                _check_result(title, result, expected_result)
            return result

        checked.checked_dimensions = expected, expected_result
        return checked

    return decorate


def _list_arguments(signature, args, keywords):
    """Names and values of a call, with those collected by ``**keywords``."""
    try:
        bound = signature.bind(*args, **keywords)
    except TypeError:
        return []  # the call itself raises the usual error
    arguments = dict(bound.arguments)
    for name, parameter in signature.parameters.items():
        if parameter.kind is parameter.VAR_KEYWORD:
            arguments |= arguments.pop(name, {})
    return list(arguments.items())


def _check_argument(title, name, value, dimension):
    if _fits(value, dimension):
        return
    hint = None
    if is_dimensionless(value):
        hint = f"give it a unit: {name}={value}*{name_dimension(dimension)}"
    raise DimensionMismatchError(
        f"{title}: {name} must be {_say(dimension)}, but {describe_operand(value)} is "
        f"{_say_found(value)}",
        hint=hint,
    )


def _check_result(title, value, dimension):
    if not _fits(value, dimension):
        raise AssertionError(
            f"{title} must return {_say(dimension)}, but it returned {describe_operand(value)}, "
            f"which is {_say_found(value)}"
        )


def _fits(value, dimension):
    found = get_dimension(value)
    if found.is_dimensionless and not isinstance(value, Number):
        return True
    return found == dimension


def _say(dimension):
    return "a plain number" if dimension.is_dimensionless else f"in {name_dimension(dimension)}"


def _say_found(value):
    return "a plain number" if is_dimensionless(value) else f"in {describe_dimension(value)}"


def _to_dimension(unit):
    return unit if isinstance(unit, Dimension) else get_dimension(unit)
