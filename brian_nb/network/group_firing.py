"""When neurons of a group fire, what happens then, and how long it lasts."""

from dataclasses import dataclass, field

from brian_nb.diagnostics import Source
from brian_nb.equations.dimensions import check_assignments, check_threshold
from brian_nb.equations.expressions import Expression, names_in
from brian_nb.errors import ModelError
from brian_nb.network.firing import ResetRule, RuleReader, ThresholdRule, read_period
from brian_nb.network.function_thresholds import FunThreshold, SimpleFunThreshold
from brian_nb.network.python_functions import count_arguments
from brian_nb.network.resets import CallableReset, FunReset, NoReset, Reset, StringReset
from brian_nb.network.scope import as_source
from brian_nb.network.thresholds import (
    ConditionThreshold,
    NoThreshold,
    StringThreshold,
    Threshold,
)

_WHAT = "the refractory period"


@dataclass(frozen=True)
class Firing:
    """The threshold and the reset of a group.

    Parameters
    ----------
    threshold : Threshold
    reset : Reset
    threshold_rule : ThresholdRule
    reset_rule : ResetRule
    system : EquationSystem
        With the constants of both.
    constants : dict of str to Quantity or float
        Those of them that the equations do not have.
    seconds : float
        How long the target of the reset is held after a spike.
    period : Expression or None
        The same where it is not the same for all neurons.
    """

    threshold: object
    reset: object
    threshold_rule: ThresholdRule
    reset_rule: ResetRule
    system: object
    constants: dict = field(default_factory=dict)
    seconds: float = 0.0
    period: Expression | None = None

    @property
    def names(self):
        """Names that the threshold, the reset and the period use, a set of str."""
        rules = self.threshold_rule, self.reset_rule
        expressions = [*rules[0].expressions, *rules[1].expressions, *self.periods]
        names = set().union(*map(names_in, expressions))
        return names | {item.name for item in self.reset_rule.assignments}

    @property
    def followed(self):
        """What functions that both were read from find around them, a list of FunctionNumbers."""
        found = [item.numbers for item in (self.threshold_rule, self.reset_rule)]
        return [item for item in found if item and item.are_followed]

    @property
    def periods(self):
        """The refractory period where it is an expression; a tuple of one, or of none."""
        return () if self.period is None else (self.period,)

    @property
    def reasons(self):
        """Why Python is called for both, a list of str."""
        return [
            f"{name}() is called by Python for the {what} in every step, as {function.reason}"
            for what, rule in (("threshold", self.threshold_rule), ("reset", self.reset_rule))
            for name, function in rule.python_functions.items()
        ]


def read_firing(threshold, reset, refractory, system, namespace, level=0, is_checked=True):
    """Understand a threshold, a reset and a refractory period.

    Parameters
    ----------
    threshold : None, Quantity, number, str, Source, callable, Expression or Threshold
        A value that the membrane variable must exceed, or a condition. A text that is no
        condition is such a value.
    reset : None, Quantity, number, str, Source, callable or Reset
        A value that the membrane variable takes, or statements. A text that assigns nothing is
        such a value.
    refractory : Quantity or str, second
        How long the target of the reset is held; a text is computed for each neuron that fires.
    system : EquationSystem
    namespace : mapping of str to object
        Names around the group.
    level : int
        How many calls further up the group is made, for messages.
    is_checked : bool
        Whether units have to fit.

    Returns
    -------
    Firing

    Raises
    ------
    EquationError, UnknownNameError, DimensionMismatchError
        A text cannot be understood.
    ModelError
        The threshold or the reset is of a kind that cannot be used.
    """
    threshold = _as_threshold(threshold, namespace, level)
    reset = _as_reset(reset, namespace, level)
    reader = RuleReader(system, is_checked)
    rules = _read_threshold(threshold, reader), _read_reset(reset, reader)
    seconds, period = _read_refractoriness(refractory, rules[1], reader, namespace, level)
    if is_checked:
        _check_units(*rules, reader.system)
    return Firing(
        threshold, reset, *rules, reader.system, reader.constants, seconds=seconds, period=period
    )


def _read_refractoriness(refractory, rule, reader, namespace, level):
    """The refractory period as seconds and, where neurons have each their own, an expression."""
    if isinstance(refractory, (str, Source)):
        source = as_source(refractory, "refractory", level)
        seconds, period = None, reader.read_duration(source, namespace, _WHAT)
    else:
        seconds, period = read_period(refractory, _WHAT), None
    if seconds == 0.0:
        return rule.period, None
    if rule.period:
        raise ModelError(f"{_WHAT} is given twice: to the group, and to its reset")
    if rule.target is None:
        raise ModelError(
            f"{_WHAT} has no variable to act on",
            hint="the reset must say which variable is held, as Refractoriness does",
        )
    return seconds or 0.0, period


def _check_units(threshold_rule, reset_rule, system):
    if threshold_rule.condition is not None and threshold_rule.has_units:
        check_threshold(threshold_rule.condition, system)
    if reset_rule.has_units:
        check_assignments(reset_rule.assignments, system)


def _as_threshold(threshold, namespace, level=0):
    """What a user gave as a threshold, as an object."""
    if threshold is None:
        return NoThreshold()
    if isinstance(threshold, Threshold):
        return threshold
    if isinstance(threshold, (str, Source)):
        return StringThreshold(threshold, level, namespace)
    if isinstance(threshold, Expression):
        return ConditionThreshold(threshold)
    _refuse_class(threshold, "threshold")
    if callable(threshold):
        kind = SimpleFunThreshold if count_arguments(threshold) == 1 else FunThreshold
        return kind(threshold)
    return Threshold(threshold)


def _read_threshold(threshold, reader):
    """What a threshold says, as a `ThresholdRule`."""
    if type(threshold).__call__ is not Threshold.__call__:
        return ThresholdRule(find=threshold, note=f"the threshold {type(threshold).__name__}")
    return threshold.make_rule(reader)


def _as_reset(reset, namespace, level=0):
    """What a user gave as a reset, as an object."""
    if reset is None:
        return NoReset()
    if isinstance(reset, Reset):
        return reset
    if isinstance(reset, (str, Source)):
        return StringReset(reset, level, namespace)
    _refuse_class(reset, "reset")
    if callable(reset):
        return CallableReset(reset) if count_arguments(reset) == 1 else FunReset(reset)
    return Reset(reset)


def _read_reset(reset, reader):
    """What a reset says, as a `ResetRule`."""
    if type(reset).__call__ is not Reset.__call__:
        note = f"the reset {type(reset).__name__}"
        return ResetRule(apply=reset, target=reader.system.membrane, note=note)
    return reset.make_rule(reader)


def _refuse_class(given, what):
    if isinstance(given, type):
        raise ModelError(
            f"the {what} is a class, {given.__name__}, and no object of it",
            hint=f"write {what}={given.__name__}(...)",
        )
