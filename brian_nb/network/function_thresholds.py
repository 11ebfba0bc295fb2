"""Thresholds that are functions in Python: compiled where they can be, called where not."""

from functools import partial

import numpy as np

from brian_nb.equations.array_functions import read_condition_function
from brian_nb.errors import ModelError
from brian_nb.network.firing import ThresholdRule
from brian_nb.network.python_functions import count_arguments, describe_function, name_arguments
from brian_nb.network.thresholds import Threshold


class SimpleFunThreshold(Threshold):
    """Neurons fire where a function of one variable is true.

    Parameters
    ----------
    thresholdfun : callable
        Gets float64[n] in SI units, and gives bool[n].
    state : str or int
        The variable, by its name or number; the membrane variable by default.

    Notes
    -----
    A lambda, or a function that does nothing but return a condition as equations have them, is
    compiled; the numbers that it finds around it become constants of the group, and follow what
    they are in Python. Any other function is called at every step. Units are not checked.
    """

    def __init__(self, thresholdfun, state=0):
        self.thresholdfun, self.state = _require_function(thresholdfun), state

    def make_rule(self, reader):
        variable = reader.find_variable(self.state, "the SimpleFunThreshold")
        return _read_or_call(self.thresholdfun, (variable,), reader)


class FunThreshold(Threshold):
    """Neurons fire where a function of all state variables is true.

    Parameters
    ----------
    thresholdfun : callable
        Gets one float64[n] in SI units for each state variable and parameter, and gives bool[n].
        Its arguments are known by the names of the variables or, if they have others, by the
        order of the equations. A function of one argument that is called like no variable gets
        float64[k, n], one row for each variable, the membrane variable first.
    state : str or int, optional
        A variable: the function gets this one alone, as by `SimpleFunThreshold`.

    Notes
    -----
    What is compiled is said in `SimpleFunThreshold`.
    """

    def __init__(self, thresholdfun, state=None):
        self.thresholdfun, self.state = _require_function(thresholdfun), state

    def make_rule(self, reader):
        if self.state is not None:
            return SimpleFunThreshold(self.thresholdfun, self.state).make_rule(reader)
        function, n_arguments = self.thresholdfun, count_arguments(self.thresholdfun)
        if n_arguments == 1 and _find_named(function, 1, reader.system) is None:
            return ThresholdRule(find=partial(_call_with_matrix, function), note=_note(function))
        return _read_or_call(
            function, _match_arguments(function, n_arguments, reader.system), reader
        )


def _read_or_call(function, variables, reader):
    """The rule of a function: compiled where it is a condition, called where it is more."""
    found = read_condition_function(function, _note(function), variables, reader.system)
    if found is None:
        find = partial(_call_with_states, function, variables)
        return ThresholdRule(find=find, note=_note(function))
    reader.add_constants(found.numbers.quantities)
    return ThresholdRule(found.expression, has_units=False, numbers=found.numbers)


def _call_with_states(function, variables, P):
    """What a function of variables says of each neuron, bool[n]."""
    return _to_truth(function(*map(P.state, variables)))


def _call_with_matrix(function, P):
    """What a function of all variables says of each neuron, bool[n]."""
    return _to_truth(function(P._S))


def _to_truth(found):
    return np.asarray(found).reshape(-1) != 0


def _match_arguments(function, n_arguments, system):
    """The variable that each argument stands for."""
    found = _find_named(function, n_arguments, system)
    if found:
        return found
    in_order = _order_of_text(system)
    if n_arguments is None or n_arguments == len(in_order):
        return in_order
    raise ModelError(
        f"{describe_function(function)}, a threshold, takes {n_arguments} arguments, but the "
        f"group has {len(in_order)} state variables",
        hint=f"give it arguments that are called {', '.join(in_order)}, or some of them",
    )


def _find_named(function, n_arguments, system):
    """The variables that arguments are called like; None where one is called like none."""
    names = name_arguments(function)[:n_arguments]
    found = tuple(system.aliases.get(name, name) for name in names)
    return found if found and all(name in system.variables for name in found) else None


def _order_of_text(system):
    """State variables and parameters as a text has them; of several texts, membrane first."""
    spans = {item.name: item.span for item in (*system.differentials, *system.parameters)}
    if None in spans.values() or len({span.source for span in spans.values()}) != 1:
        return system.variables
    return tuple(sorted(spans, key=lambda name: spans[name].start))


def _note(function):
    return f"the threshold {describe_function(function)}"


def _require_function(function):
    if not callable(function):
        raise ModelError(f"a threshold calls a function, and {function!r} is none")
    return function
