"""Operations: Python functions that take part in a run."""

import inspect

from brian_nb.errors import ModelError
from brian_nb.model import SLOTS
from brian_nb.network.base import NetworkObject
from brian_nb.network.clock import Clock, guess_clock


class NetworkOperation(NetworkObject):
    """A Python function that is called in every step of a clock.

    The time loop is left for it, so it costs its own time and some microseconds at each of its
    steps; give it a slow clock where it need not act in every step.

    Parameters
    ----------
    function : callable
        Gets the clock if it takes an argument.
    clock : Clock, optional
    when : str
        Place in the step, such as 'start'; 'end' by default.
    level : int
        How many calls further up a clock is looked for.

    Raises
    ------
    ModelError
        The function cannot be called, or there is no such place.
    """

    def __init__(self, function, clock=None, when="end", level=0):
        super().__init__()
        if not callable(function):
            raise ModelError(f"an operation calls a function, and {function!r} is none")
        self.function = function
        self.clock = guess_clock(clock, level)
        self.when = check_place(when)
        self._takes_clock = _takes_argument(function)
        self.__name__ = getattr(function, "__name__", type(function).__name__)
        self.__doc__ = getattr(function, "__doc__", None)
        self.label = self.__name__
        self.contained_objects = getattr(function, "contained_objects", [])

    def __call__(self):
        """Call the function, with the clock if it takes it."""
        return self.function(self.clock) if self._takes_clock else self.function()

    def list_calls(self):
        return [(self.when, self.clock, self)]

    def __repr__(self):
        return f"<NetworkOperation {self.__name__}, {self.when}, every {self.clock.dt!r}>"


def network_operation(*args, **keywords):
    """Make a function an operation: ``@network_operation`` or ``@network_operation(clock, when=)``.

    Parameters
    ----------
    *args : function or Clock
    **keywords
        ``clock`` and ``when``, see `NetworkOperation`.

    Returns
    -------
    NetworkOperation, or a function that makes one
    """
    if len(args) == 1 and callable(args[0]) and not isinstance(args[0], Clock):
        return NetworkOperation(args[0], **keywords)
    if args:
        if len(args) > 1 or "clock" in keywords or not isinstance(args[0], Clock):
            raise ModelError(
                f"network_operation takes a clock and a place, not {args!r}",
                hint="write @network_operation(clock, when='start')",
            )
        keywords["clock"] = args[0]
    return lambda function: NetworkOperation(function, **keywords)


def check_place(when):
    """A place in the step, if there is one of that name.

    Raises
    ------
    ModelError
    """
    if when not in SLOTS:
        raise ModelError(f"when={when!r} is no place in a step", hint=f"use {', '.join(SLOTS)}")
    return when


def _takes_argument(function):
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return False
    return any(
        parameter.default is parameter.empty
        and parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        for parameter in parameters
    )
