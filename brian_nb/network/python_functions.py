"""Functions in Python looked at from outside: their names and their arguments."""

import inspect

_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def count_arguments(function):
    """Number of arguments that have to be given by position; None for ``*args``, or if unknown."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    if any(item.kind is item.VAR_POSITIONAL for item in parameters):
        return None
    return sum(item.kind in _POSITIONAL and item.default is item.empty for item in parameters)


def name_arguments(function):
    """Names of the arguments that a function takes by position, a tuple of str."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return ()
    return tuple(item.name for item in parameters if item.kind in _POSITIONAL)


def describe_function(function):
    """How messages name a function."""
    name = getattr(function, "__name__", type(function).__name__)
    return "a lambda" if name == "<lambda>" else f"{name}()"
