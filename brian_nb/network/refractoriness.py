"""Resets that hold a variable for a while after a spike."""

from dataclasses import replace

import numpy as np

from brian_nb.network.firing import ResetRule, read_period
from brian_nb.network.python_functions import describe_function
from brian_nb.network.resets import FunReset, Reset
from brian_nb.units import ALL_UNITS

_MS = ALL_UNITS["ms"]


class Refractoriness(Reset):
    """A variable takes a value and keeps it for a time; what it receives meanwhile is lost.

    Parameters
    ----------
    resetvalue : Quantity, optional
        In the unit of the variable; zero if omitted.
    period : Quantity, second
    state : str or int
        The variable, by its name or number; the membrane variable by default.

    Raises
    ------
    DimensionMismatchError
        The period is no time.
    """

    def __init__(self, resetvalue=None, period=5 * _MS, state=0):
        super().__init__(resetvalue, state)
        self.period = period
        self._seconds = read_period(period, "the period of a Refractoriness")

    def make_rule(self, reader):
        return replace(super().make_rule(reader), period=self._seconds)


class SimpleCustomRefractoriness(Reset):
    """A function resets neurons, and a variable keeps the value that it then has for a time.

    Parameters
    ----------
    resetfun : callable
        Gets the group and the numbers int32[n] of the neurons that fired (see `FunReset`).
    period : Quantity, second
    state : str or int
        The variable that is held, by its name or number; the membrane variable by default.
    resetfunc : callable, optional
        The same as `resetfun`.
    """

    def __init__(self, resetfun=None, period=5 * _MS, state=0, resetfunc=None):
        self.resetfun = FunReset(resetfun or resetfunc).resetfun
        self.period, self.state = period, state
        self._seconds = read_period(period, "the period of a SimpleCustomRefractoriness")

    def make_rule(self, reader):
        variable = reader.find_variable(self.state, "the SimpleCustomRefractoriness")
        rule = FunReset(self.resetfun).make_rule(reader)
        return replace(rule, target=variable, period=self._seconds)


class CustomRefractoriness(Reset):
    """A function resets neurons, and another one is called for them as long as a time lasts.

    Both are called in Python at every step.

    Parameters
    ----------
    resetfun : callable
        Gets the group and the numbers int64[n] of the neurons that fired, often none.
    period : Quantity, second
    refracfunc : callable, optional
        Gets the group and the numbers int64[n] of all neurons that fired no longer ago than the
        period, those that have fired just now included; `resetfun` if omitted.
    resetfunc : callable, optional
        The same as `resetfun`.
    """

    def __init__(self, resetfun=None, period=5 * _MS, refracfunc=None, resetfunc=None):
        self.resetfun = FunReset(resetfun or resetfunc).resetfun
        self.refracfunc = self.resetfun if refracfunc is None else FunReset(refracfunc).resetfun
        self.period = period
        self._seconds = read_period(period, "the period of a CustomRefractoriness")

    def make_rule(self, reader):
        names = {describe_function(item): None for item in (self.resetfun, self.refracfunc)}
        return ResetRule(apply=self._apply, note=f"the reset {' and '.join(names)}")

    def _apply(self, P):
        spikes, step = P.LS.lastspikes(), P.clock.timebase.step
        self.resetfun(P, spikes)
        until = P.values.until
        until[spikes] = step + P.clock.timebase.steps_in(self._seconds)
        self.refracfunc(P, np.flatnonzero(until >= step))
