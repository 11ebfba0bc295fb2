"""Parts of a step of one group carried out in Python, as compiled code would do them.

They serve code of the user's that takes the place of compiled code and builds on what it replaces:
a method `update` that calls the one it overrides, a state updater that calls another one.
Random numbers come from NumPy's global generator.
"""

import numpy as np

from brian_nb.equations.expressions import Binary, Name
from brian_nb.errors import ModelError
from brian_nb.network.present_values import compute_now, list_values


def step_state(group, interpreter, system):
    """Integrate one step.

    Parameters
    ----------
    group : NeuronGroup
    interpreter : Interpreter
        Carries out the update.
    system : EquationSystem
        What the update was made from; values of its constants are those of the group, if it has
        them.
    """
    values = {name: float(value) for name, value in system.constants.items()}
    values |= list_values(group, ())
    noises = interpreter.update.list_noises(system)
    values |= {name: np.random.randn(group.size) for name in noises}
    for name, new in interpreter.compute_step(values).items():
        group.values.variables[name][:] = new
    put_held_back(group)


def put_held_back(group):
    """Give refractory neurons the value back that they keep."""
    held, values = group.describe_model().held, group.values
    if held:
        refractory = values.until >= group.clock.timebase.step
        values.variables[held][refractory] = values.held[refractory]


def find_spikes(group, rule, constants):
    """Numbers of the neurons that fire at the present state, int64[...], ascending.

    Parameters
    ----------
    group : NeuronGroup
    rule : ThresholdRule
    constants : mapping of str to float
        Values that the rule needs beside those of the group.
    """
    if rule.find is not None:
        return read_spikes(group, rule.find(group), rule.note)
    if rule.condition is None:
        return np.empty(0, np.int64)
    return np.flatnonzero(compute_now(group, rule.condition, constants))


def read_spikes(group, found, what):
    """What Python code gave, as numbers of neurons.

    Parameters
    ----------
    group : NeuronGroup
    found : array_like
        A truth value for each neuron, or the numbers of those that fire.
    what : str
        Which code it was, for messages.

    Returns
    -------
    int64[...]
        Ascending.

    Raises
    ------
    ModelError
        It is neither.
    """
    found = np.asarray([] if found is None else found)
    if found.dtype == bool and found.size == group.size:
        return np.flatnonzero(found)
    numbers = np.unique(found).astype(np.int64) if found.dtype != bool else np.array([-1])
    if len(numbers) and (numbers[0] < 0 or numbers[-1] >= group.size):
        raise ModelError(
            f"{what} of {group.describe()} must give {group.size} truth values, one for each "
            f"neuron, or the numbers of the neurons that fire, not {found!r}"
        )
    return numbers


def reset_spikes(group, rule, constants):
    """Reset the neurons that fired in the last update.

    Parameters
    ----------
    group : NeuronGroup
    rule : ResetRule
    constants : mapping of str to float
        Values that the rule needs beside those of the group.
    """
    if rule.apply is not None:
        rule.apply(group)
        return
    spikes = group.LS.lastspikes()
    if not len(spikes):
        return
    for item in rule.assignments:
        value = item.expression
        if item.op != "=":
            value = Binary(item.op[0], Name(item.name), value)
        new = compute_now(group, value, constants)
        group.values.variables[item.name][spikes] = new[spikes]


def note_refractoriness(group, spikes):
    """Note of neurons that fired how long they are refractory, and what they keep."""
    model, timebase, values = group.describe_model(), group.clock.timebase, group.values
    fired_at = values.find_last_step(timebase)
    if model.held:
        values.until[spikes] = fired_at + _count_steps(group, model.period)[spikes]
        values.held[spikes] = values.variables[model.held][spikes]
    if model.gated:
        values.silent_until[spikes] = fired_at + timebase.steps_in(values.silence) - 1


def leave_out_silent(group, spikes):
    """Of neurons that exceed the threshold, those that can fire."""
    if not group.values.silence:
        return spikes
    return spikes[group.values.silent_until[spikes] < group.clock.timebase.step]


def _count_steps(group, period):
    """Steps int64[n] for which each neuron would be refractory."""
    timebase = group.clock.timebase
    if period is None:
        return np.full(group.size, timebase.steps_in(group.values.refractory))
    return np.floor(compute_now(group, period) / timebase.dt + 0.5).astype(np.int64)
