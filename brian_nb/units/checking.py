"""Checks of the units of arguments and results."""

import functools
import inspect

from brian_nb.diagnostics import Diagnostic
from brian_nb.errors import DimensionMismatchError
from brian_nb.units.formatting import name_dimension
from brian_nb.units.quantity import get_dimension


def have_same_dimensions(obj1, obj2):
    """Whether two values have the same dimension."""
    return get_dimension(obj1) == get_dimension(obj2)


def is_dimensionless(obj):
    """Whether a value is a plain number."""
    return get_dimension(obj).is_dimensionless


def check_units(**units):
    """Decorator: check the dimensions of arguments, and of the result under the name `result`.

    Strings, None, booleans and arrays are not checked.

    Raises
    ------
    DimensionMismatchError
        When the function is called with an argument of another dimension.
    AssertionError
        When its result has another dimension: a fault of the function, not of its caller.
    """

    def decorate(function):
        signature = inspect.signature(function)

        @functools.wraps(function)
        def checked(*args, **keywords):
            bound = signature.bind(*args, **keywords)
            for name, value in _flatten(signature, bound.arguments):
                _check_argument(function, name, value, units)
            result = function(*args, **keywords)
            if "result" in units and not have_same_dimensions(result, units["result"]):
                raise AssertionError(
                    f"{function.__name__} gave {result!r}, "
                    f"not a value in {name_dimension(get_dimension(units['result']))}"
                )
            return result

        return checked

    return decorate


def _flatten(signature, arguments):
    for name, value in arguments.items():
        if signature.parameters[name].kind is inspect.Parameter.VAR_KEYWORD:
            yield from value.items()
        else:
            yield name, value


def _check_argument(function, name, value, units):
    if name not in units or not isinstance(value, (int, float)) or isinstance(value, bool):
        return
    if have_same_dimensions(value, units[name]):
        return
    wanted, found = (name_dimension(get_dimension(item)) for item in (units[name], value))
    where = function.__qualname__.removesuffix(".__init__")
    hint = f"give it a unit: {name}={value!r}*{wanted}" if found == "1" else None
    raise DimensionMismatchError(
        Diagnostic(f"{name} of {where} must be in {wanted}, but {value!r} is in {found}", hint=hint)
    )
