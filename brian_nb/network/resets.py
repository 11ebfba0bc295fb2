"""Resets: what happens to neurons that fired."""

from functools import partial

from brian_nb.equations import Assignment
from brian_nb.equations.array_functions import read_reset_function
from brian_nb.equations.expressions import Name
from brian_nb.errors import ModelError
from brian_nb.network.firing import ResetRule, names_in_reset
from brian_nb.network.python_functions import describe_function
from brian_nb.network.scope import as_source, caller_namespace
from brian_nb.network.surroundings import capture_values, keep_numbers


class Reset:
    """A variable takes a value.

    A class derived from this one or another reset may define ``__call__(P)``, which gets the group
    and resets its neurons ``P.LS.lastspikes()``. It is called in Python at every step.

    Parameters
    ----------
    resetvalue : Quantity, optional
        In the unit of the variable; zero if omitted.
    state : str or int
        The variable, by its name or number; the membrane variable by default.
    """

    def __init__(self, resetvalue=None, state=0):
        self.resetvalue, self.state = resetvalue, state

    def make_rule(self, reader):
        """What this reset says, as a `ResetRule`; `reader` is a `RuleReader`."""
        variable = reader.find_variable(self.state, "the reset")
        value = reader.name_value(self.resetvalue, variable, "reset")
        return ResetRule((Assignment(variable, "=", value),), target=variable)

    def __call__(self, P):
        """Reset the neurons of a group that fired in its last update."""
        P.apply_reset(self)

    def __repr__(self):
        values = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({values})"


class NoReset(Reset):
    """Nothing happens to neurons that fired."""

    def __init__(self):
        pass

    def make_rule(self, reader):
        return ResetRule(target=reader.system.membrane)


class StringReset(Reset):
    """Statements are carried out for each neuron that fired.

    Parameters
    ----------
    expr : str
        Statements such as ``'v = vr; w += 3*mV'``, on one line or several, or a value that the
        membrane variable takes. ``rand()`` and ``randn()`` draw a number for each neuron.
    level : int
        How many calls further up external names are looked for.
    namespace : mapping of str to object, optional
        Where they are looked for instead.

    Raises
    ------
    EquationError
        The text cannot be understood.
    """

    def __init__(self, expr, level=0, namespace=None):
        self.expr = as_source(expr, "reset", level)
        around = caller_namespace(level) if namespace is None else namespace
        self._names = tuple(names_in_reset(self.expr))
        self._around = capture_values(around, self._names)

    def make_rule(self, reader):
        assignments = reader.read_assignments(self.expr, self._around)
        return ResetRule(assignments, target=reader.system.membrane)

    def __getstate__(self):
        """Copies and pickles take along the numbers that the text uses, nothing else around."""
        return {**vars(self), "_around": keep_numbers(self._around, self._names)}

    def __repr__(self):
        return f"StringReset({self.expr.text!r})"


class VariableReset(Reset):
    """A variable takes the value of another one.

    Parameters
    ----------
    resetvaluestate : str or int
        The other variable, by its name or number.
    state : str or int
        The variable that is reset; the membrane variable by default.
    resetvalstate : str or int, optional
        The same as `resetvaluestate`, which does not count then.
    """

    def __init__(self, resetvaluestate=1, state=0, resetvalstate=None):
        self.resetvaluestate = resetvaluestate if resetvalstate is None else resetvalstate
        self.state = state

    def make_rule(self, reader):
        variable, value = (
            reader.find_variable(item, "the VariableReset")
            for item in (self.state, self.resetvaluestate)
        )
        return ResetRule((Assignment(variable, "=", Name(value)),), target=variable)


class FunReset(Reset):
    """A function resets the neurons that fired.

    Parameters
    ----------
    resetfun : callable
        Gets the group and the numbers int32[n] of the neurons that fired, often none.

    Notes
    -----
    A function whose statements all have the form ``P.v[spikes] = ...``, with expressions as
    equations have them, ``P.w[spikes]`` and ``rand(len(spikes))`` in it, is compiled; the numbers
    that it finds around it become constants of the group, and follow what they are in Python. Any
    other function is called at every step. Units are not checked.
    """

    def __init__(self, resetfun):
        if not callable(resetfun):
            raise ModelError(f"a reset calls a function, and {resetfun!r} is none")
        self.resetfun = resetfun

    def make_rule(self, reader):
        function, membrane = self.resetfun, reader.system.membrane
        what = f"the reset {describe_function(function)}"
        found = read_reset_function(function, what, reader.system)
        if found is None:
            return ResetRule(apply=partial(_call_with_spikes, function), target=membrane, note=what)
        reader.add_constants(found.numbers.quantities)
        return ResetRule(found.assignments, target=membrane, has_units=False, numbers=found.numbers)


class CallableReset(Reset):
    """An object that is called with the group resets its neurons, in Python at every step.

    Parameters
    ----------
    function : callable
        Gets the group.
    """

    def __init__(self, function):
        self.function = function

    def make_rule(self, reader):
        note = f"the reset {describe_function(self.function)}"
        return ResetRule(apply=self.function, target=reader.system.membrane, note=note)


def _call_with_spikes(function, P):
    function(P, P.LS.lastspikes())
