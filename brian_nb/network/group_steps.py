"""What a group does in a step, and which parts of it run in Python."""

from brian_nb.engine import note_change
from brian_nb.errors import ModelError
from brian_nb.model import Population
from brian_nb.network import stepping
from brian_nb.network.firing import RuleReader
from brian_nb.network.group_values import GroupValues
from brian_nb.network.present_values import list_inputs, refresh_values
from brian_nb.network.python_functions import describe_function
from brian_nb.network.updaters import StateUpdater, is_compiled
from brian_nb.numerics import choose_update


class GroupSteps(GroupValues):
    """The steps of a group: its state updater, its threshold and its reset.

    A group has ``values``, ``system``, ``clock`` and ``_firing``.
    """

    def __init__(self, owner, first, size):
        super().__init__(owner, first, size)
        self.__dict__["_last_rule"] = None, None, {}

    # -- in Python -------------------------------------------------------------------------

    def update(self):
        """Do the first part of a step in Python: integrate, and let neurons fire.

        A run does not call it, unless a derived class overrides it.
        """
        self._state_updater(self)
        stepping.put_held_back(self)
        if self.describe_model().fires:
            self.LS.push(stepping.leave_out_silent(self, self._threshold(self)))

    def reset(self):
        """Do the last part of a step in Python: reset the neurons that fired in the update.

        A run does not call it, unless a derived class overrides it.
        """
        self._resetfun(self)
        stepping.note_refractoriness(self, self.LS.lastspikes())

    def find_firing(self, threshold):
        """Numbers of the neurons that exceed a threshold, int64[...].

        Parameters
        ----------
        threshold : Threshold
        """
        return stepping.find_spikes(self, *self._rule_of(threshold))

    def apply_reset(self, reset):
        """Reset the neurons that fired in the last update.

        Parameters
        ----------
        reset : Reset
        """
        stepping.reset_spikes(self, *self._rule_of(reset))

    @property
    def _threshold(self):
        return self._firing.threshold

    @property
    def _resetfun(self):
        return self._firing.reset

    @property
    def _state_updater(self):
        """What integrates the equations; any function of the group can take its place."""
        return self._updater

    @_state_updater.setter
    def _state_updater(self, updater):
        if not callable(updater):
            raise ModelError(
                f"a state updater of {self.describe()} is called with the group, but {updater!r} "
                "cannot be called"
            )
        self._set_updater(updater)

    def _set_updater(self, updater):
        """Let an updater do the steps: compiled if it can be, called if not."""
        is_adopted = is_compiled(updater) and self._adopt(updater)
        options = updater.options if is_adopted else {}
        if is_adopted:
            update = choose_update(Population(self.describe(), self.system, **options))
            inputs = [item.make_input(self) for item in updater.python_values]
            for item in inputs:
                self.attach(item)
            integrator = update.method
            notes = [*(item.note for item in inputs), *self._firing.reasons]
            reason = "; ".join([update.reason, *notes])
        else:
            integrator = ""
            reason = f"{_name_updater(updater)} does it, in Python at every step"
        self.__dict__.update(
            _updater=updater,
            _integration=options,
            _is_stepped_in_python=not is_adopted,
            integrator=integrator,
            reason=reason,
        )
        note_change()

    def _adopt(self, updater):
        """Take the equations of an updater, if they fit all else of the group."""
        system, firing = updater.system, self._firing
        if not _have_same_variables(system, self.system):
            return False
        own = {name for name in firing.names if name not in firing.constants}
        statics = {item.name for item in system.statics}
        known = {*system.variables, *system.constants, *statics, "t", "dt"}
        if not own <= known or set(firing.constants) & known:
            return False
        constants = {name: float(value) for name, value in system.constants.items()}
        self.values.constants.update(constants)
        self.__dict__["system"] = system.with_constants(firing.constants)
        return True

    # -- in a run --------------------------------------------------------------------------

    @property
    def written_rules(self):
        """The condition of the threshold, and the assignments of the reset, as far as both have."""
        firing = self._firing
        condition, assignments = firing.threshold_rule.condition, firing.reset_rule.assignments
        return (
            None if self._overrides("update") else condition,
            () if self._overrides("reset") else assignments,
        )

    @property
    def python_parts(self):
        """What of a step runs in Python instead of compiled code, a list of str."""
        parts = self._name_rules()
        if self._is_stepped_in_python:
            parts.insert(0, _name_updater(self._updater))
        names = [name for name in ("update", "reset") if self._overrides(name)]
        parts += [item.python_part for item in self.attached if item.python_part]
        return parts + [f"the method {name}()" for name in names]

    def _name_rules(self):
        """The threshold and the reset, as far as they run in Python."""
        firing, parts = self._firing, []
        for what, rule, further in (
            ("threshold", firing.threshold_rule, ()),
            ("reset", firing.reset_rule, firing.periods),
        ):
            names = self._find_functions(rule, further)
            if rule.note or names:
                parts.append(rule.note or f"the {what} with {' and '.join(names)}")
        return parts

    def list_calls(self):
        calls = {
            "update": self._call_update,
            "threshold": self._call_threshold,
            "reset": self._call_reset,
        }
        called = self._list_called()
        if self._overrides("update"):
            called -= {"threshold"}  # it says itself which neurons fire
        return [(part, self.clock, call) for part, call in calls.items() if part in called]

    def _list_called(self):
        """What of the work of the group Python code does: some of `PARTS`."""
        overrides = self._overrides("update")
        parts = {
            "update": overrides or self._is_stepped_in_python,
            "threshold": overrides or self._tests_in_python,
            "reset": self._overrides("reset") or self._resets_in_python,
        }
        return frozenset(part for part, is_called in parts.items() if is_called)

    @property
    def _tests_in_python(self):
        rule = self._firing.threshold_rule
        return rule.find is not None or bool(self._find_functions(rule))

    @property
    def _resets_in_python(self):
        rule = self._firing.reset_rule
        return rule.apply is not None or bool(self._find_functions(rule, self._firing.periods))

    def _find_functions(self, rule, further=()):
        """Functions that Python calls for a rule, also for equations that it reads."""
        used = list_inputs(self, (*rule.expressions, *further), only_called=True)
        names = [*rule.python_functions, *(item.python_value.call.function for item in used)]
        return [f"{name}()" for name in dict.fromkeys(names)]

    def _overrides(self, name):
        return getattr(type(self), name) is not getattr(GroupSteps, name)

    def _call_update(self):
        if self._overrides("update"):
            self.LS.push([])
            self.update()
        else:
            self._state_updater(self)

    def _call_threshold(self):
        rule = self._firing.threshold_rule
        try:
            found = stepping.find_spikes(self, rule, {})
        except BaseException:
            self.LS.push([])  # instead of what an earlier step has left there
            raise
        self.LS.push(stepping.leave_out_silent(self, found))

    def _call_reset(self):
        if self._overrides("reset"):
            self.reset()
        else:
            stepping.reset_spikes(self, self._firing.reset_rule, {})
        refresh_values(self, list_inputs(self, self._firing.periods, only_called=True))

    # -- details ---------------------------------------------------------------------------

    def _rule_of(self, item):
        """The rule of a threshold or reset for this group, and the constants that it brings."""
        firing = self._firing
        if item is firing.threshold and not firing.threshold_rule.find:
            return firing.threshold_rule, {}
        if item is firing.reset and not firing.reset_rule.apply:
            return firing.reset_rule, {}
        if self._last_rule[0] is not item:
            reader = RuleReader(self.system, self.is_checked)
            rule = item.make_rule(reader)
            constants = {name: float(value) for name, value in reader.constants.items()}
            self.__dict__["_last_rule"] = item, rule, constants
        return self._last_rule[1:]


def _have_same_variables(system, other):
    return set(system.variables) == set(other.variables) and all(
        system.dimension_of(name) == other.dimension_of(name) for name in system.variables
    )


def _name_updater(updater):
    if isinstance(updater, StateUpdater):
        return f"the state updater {type(updater).__name__}"
    return f"the state updater {describe_function(updater)}"
