"""Values that Python computes for equations, for those who read them between two updates.

Such a value is held while a step integrates. Thresholds, resets, monitors and the user's own code
read it as the state is then.
"""

from dataclasses import replace
from functools import partial
from types import MappingProxyType

import numpy as np

from brian_nb.equations.expressions import Name, evaluate, names_in, substitute
from brian_nb.equations.namespace import TIME
from brian_nb.network.python_calls import compute_calls
from brian_nb.network.randomness import draw_numbers


def list_values(group, expressions):
    """SI values of all that expressions of a group may use, at its present state.

    Parameters
    ----------
    group : NeuronGroup
    expressions : iterable of Expression

    Returns
    -------
    dict of str to float or float64[n]
    """
    values = {**group.values.constants, **group.values.present()}
    timebase = group.clock.timebase
    values |= {TIME: timebase.t, "dt": timebase.dt}
    return _add_values(group, list_inputs(group, expressions), values)


def compute_now(group, expression, constants=MappingProxyType({})):
    """Value of an expression at the present state of a group, for all neurons.

    Parameters
    ----------
    group : NeuronGroup
    expression : Expression
        Its random numbers come from NumPy's global generator.
    constants : mapping of str to float
        Values that it needs beside those of the group.

    Returns
    -------
    float64[n] or bool[n]
        Not to be written to.
    """
    expression, drawn = draw_numbers(group.system.inline_statics(expression), group.size)
    values = {**list_values(group, [expression]), **constants, **drawn}
    expression, found = compute_calls(expression, values, group)
    return np.broadcast_to(evaluate(expression, values | found), group.size)


def list_inputs(group, expressions, only_called=False):
    """Inputs of a group whose values, computed by Python, expressions use.

    Parameters
    ----------
    group : NeuronGroup
    expressions : iterable of Expression
        They may use static equations.
    only_called : bool
        Leave out those that are laid out ahead, which follow the time by themselves.

    Returns
    -------
    list of Input
        Each after those that its arguments need.
    """
    inputs = [item for item in group.attached if item.python_value is not None]
    if not inputs:
        return []
    system, found = group.system, []
    names = set().union(*(names_in(system.inline_statics(item)) for item in expressions))
    for item in reversed(inputs):
        if item.variable in names and (item.python_part or not only_called):
            found.insert(0, item)
            names |= item.python_value.list_names(system)
    return found


def list_refreshing(neurons, names, when, clock):
    """The call that computes values before compiled code reads them, for `list_calls`.

    Parameters
    ----------
    neurons : NeuronGroup or Subgroup
    names : iterable of str
        Variables and static equations that are read.
    when : str
        Place in the step.
    clock : Clock

    Returns
    -------
    list of tuple
        Empty where Python computes nothing of it.
    """
    group = neurons.owner
    inputs = list_inputs(group, map(Name, names), only_called=True)
    return [(when, clock, partial(refresh_values, group, inputs))] if inputs else []


def refresh_values(group, inputs):
    """Let variables that inputs give have the values of the present state."""
    values = _add_values(group, inputs, list_values(group, ()))
    for item in inputs:
        group.values.variables[item.variable][:] = values[item.variable]


def restore_calls(group):
    """The equations of a group with calls in the place of values that Python computes.

    Returns
    -------
    EquationSystem
    """
    calls = {}
    for item in group.attached:
        if item.python_value is not None:
            calls[item.variable] = substitute(item.python_value.call, calls)

    def restore(equation):
        return replace(equation, expression=substitute(equation.expression, calls))

    system = group.system
    return replace(
        system,
        differentials=tuple(map(restore, system.differentials)),
        statics=tuple(map(restore, system.statics)),
    )


def _add_values(group, inputs, values):
    for item in inputs:
        values[item.variable] = item.python_value.compute(group.system, values, group)
    return values
