"""Names to what they stand for: the model's own names first, then the user's values, then units."""

import difflib
import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from brian_nb.diagnostics import Diagnostic, Mark
from brian_nb.equations.callables import UserCalls, find_user_function
from brian_nb.equations.functions import FUNCTIONS, OTHER_SPELLINGS
from brian_nb.equations.nodes import Call, Name, Number
from brian_nb.equations.walking import names_in, rebuild, transform, walk
from brian_nb.errors import EquationError, UnknownNameError
from brian_nb.units import ALL_UNITS, Quantity, Unit, get_dimension

TIME = "t"
NOISE = "xi"
TAKEN = "dt"
"""Name that integrators use; a constant of the user's with it gets another one."""

N_SUGGESTIONS = 3
_SHORT, _SHORT_CUTOFF = 2, 0.5
"""Names of two letters look alike where one letter is the same."""

_UNIT_CUTOFF = 0.8
"""There are some two thousand units, so that everything looks a bit like one of them."""

_LARGEST_INTEGER = 10**300


class Problems:
    """What went wrong, collected so that all of it can be raised together."""

    def __init__(self):
        self._found, self._all_unknown = [], True

    def add(self, problem, unknown=False):
        """Collect a `Diagnostic`; `unknown` says that a name stands for nothing."""
        self._found.append(problem)
        self._all_unknown &= unknown

    def raise_all(self):
        """Raise all problems found so far, if there are any."""
        if self._found:
            raise (UnknownNameError if self._all_unknown else EquationError)(*self._found)


@dataclass
class Resolver:
    """Looks names up, and remembers which constants were used and what went wrong.

    Parameters
    ----------
    own : mapping of str to str
        Names of the model, each with the name it stands for: itself, or the target of an alias.
    namespace : mapping of str to object
        Names and values around the model.
    constants : dict of str to Quantity or float
        The user's values that were used so far, by the names that expressions use for them.
    new_noise : callable or None
        Gives the name of one more noise; None where noise makes no sense.
    allow_random : bool
        Whether ``rand()`` and ``randn()`` can be called.
    taken : collection of str, optional
        Names that no constant can have; those of `own` if omitted.
    problems : Problems
    is_closed : bool
        Whether all values were given by keyword, for hints.
    externals : dict of str to External
        The user's functions that were used so far, by the names that expressions use for them.
    allow_python : bool
        Whether functions can be called that only Python can compute.
    allow_ahead : bool
        Whether it may compute those of the time ahead.
    """

    own: dict
    namespace: Mapping
    constants: dict = field(default_factory=dict)
    new_noise: Callable | None = None
    allow_random: bool = False
    taken: Collection | None = None
    problems: Problems = field(default_factory=Problems)
    is_closed: bool = False
    externals: dict = field(default_factory=dict)
    allow_python: bool = False
    allow_ahead: bool = False
    _known: dict = field(default_factory=dict)

    def resolve(self, expression):
        """The expression with all names looked up; problems are collected."""
        functions = {}
        for item in walk(expression):
            if isinstance(item, Call):
                functions[item.function] = self._find_function(item.function)
                if functions[item.function] is None:
                    self._check_call(item)
        resolved = transform(expression, self._resolve_leaf)
        if not any(function is not None for function in functions.values()):
            return resolved
        return rebuild(resolved, lambda item: self._resolve_call(item, functions))

    def _report(self, fact, item, hint=None, unknown=False):
        self.problems.add(Diagnostic(fact, (Mark(item.span),), hint=hint), unknown)

    # -- names -----------------------------------------------------------------------------

    def _resolve_leaf(self, item):
        if isinstance(item, Number) or item.name == TIME:
            return item
        if item.name in self.own:
            return _rename(item, self.own[item.name])
        if item.name == NOISE:
            return self._resolve_noise(item)
        found = self._known.get(item.name)
        if found is None:
            found = self._known[item.name] = self._look_up(item)
        if isinstance(found, Name):
            return _rename(item, found.name)
        return Number(found.value, found.dimension, item.span)

    def _resolve_noise(self, item):
        if self.new_noise is not None:
            return Name(self.new_noise(), item.span)
        hint = "random numbers are drawn by rand() and randn()" if self.allow_random else None
        self._report(
            "xi is the noise of differential equations, and means nothing here", item, hint
        )
        return item

    def _look_up(self, item):
        name = item.name
        value, unit = find_value(self.namespace, name), ALL_UNITS.get(name)
        if is_number(value) and not (isinstance(value, Unit) and _same(value, unit)):
            return self._enter_constant(name, value)
        if unit is not None:
            return Number(float(unit), get_dimension(unit))
        if name == "pi":
            return Number(math.pi)
        if name in self.constants:
            return item
        if value is None:
            self._report_unknown(item)
        else:
            self._report(*_explain_value(name, value, item))
        return item

    def _enter_constant(self, name, value):
        """Name for a value of the user's: its own, unless that means something else here."""
        taken = self.own if self.taken is None else self.taken
        first = entered = name + "_" if name == TAKEN else name.replace(".", "_")
        number = 1
        while entered in taken or not _same(self.constants.get(entered, value), value):
            number += 1
            entered = f"{first}_{number}"
        dimension = get_dimension(value)
        plain = dimension.is_dimensionless
        self.constants[entered] = float(value) if plain else Quantity(float(value), dimension)
        return Name(entered)

    def _report_unknown(self, item):
        name = item.name
        holder, _, attribute = name.partition(".")
        if attribute:
            fact, hint = _explain_attribute(holder, attribute, self.namespace.get(holder))
            self._report(fact, item, hint, unknown=holder not in self.namespace)
            return
        numbers = [key for key, value in self.namespace.items() if is_number(value)]
        users = [key for key in (*self.own, *numbers) if key not in ALL_UNITS]
        hint = suggest(name, users) or suggest_unit(name)
        if not hint:
            how = f"as a keyword, {name}=..." if self.is_closed else f"before, such as {name} = ..."
            hint = f"give it a value {how}, or make it a parameter with a line `{name} : unit`"
        self._report(f"the name {name} is not defined", item, hint, unknown=True)

    # -- functions -------------------------------------------------------------------------

    def _find_function(self, name):
        """The function of the user that a name stands for, or None."""
        return None if name in self.own else find_user_function(name, self.namespace)

    def _resolve_call(self, item, functions):
        if type(item) is not Call or functions.get(item.function) is None:
            return item
        used = {name for part in item.args for name in names_in(part)}
        is_of_time = self.allow_ahead and used <= {TIME, *self.constants}
        calls = UserCalls(self.externals, self._enter_constant, self.allow_python, is_of_time)
        resolved, problem = calls.resolve(item, functions[item.function])
        if problem:
            self.problems.add(problem)
        return resolved

    def _check_call(self, call):
        name, function = call.function, FUNCTIONS.get(call.function)
        if function is None:
            hint = self._hint_function(call)
            self._report(f"there is no function {name}() in equations", call, hint, unknown=True)
        elif function.is_random and not self.allow_random:
            hint = "noise is written xi here; random numbers can be drawn in thresholds and resets"
            self._report(f"{name}() cannot be drawn in equations", call, hint)
        elif len(call.args) != function.n_args:
            plural = "" if function.n_args == 1 else "s"
            fact = f"{name}() takes {function.n_args} argument{plural}, not {len(call.args)}"
            self._report(fact, call)

    def _hint_function(self, call):
        name = call.function
        if name in OTHER_SPELLINGS:
            return f"write {OTHER_SPELLINGS[name]}"
        if name in self.own and call.args == (Name(TIME),):
            return f"write {name} alone: it means the value at the present time"
        if name in self.own or is_number(self.namespace.get(name)):
            return f"{name} is a number; a product is written with a star: {name}*(...)"
        return suggest(name, FUNCTIONS) or f"known functions are {', '.join(sorted(FUNCTIONS))}"


def suggest(name, known, n=N_SUGGESTIONS, cutoff=0.6):
    """A hint with at most `n` known names that look like a name; None where none does."""
    by_form = {}
    for item in dict.fromkeys(known):
        by_form.setdefault(item.lower(), []).append(item)
    cutoff = min(cutoff, _SHORT_CUTOFF) if len(name) <= _SHORT else cutoff
    forms = difflib.get_close_matches(name.lower(), by_form, n=n, cutoff=cutoff)
    if not forms:
        return None
    *first, last = (_closest(name, by_form[form]) for form in forms)
    return f"did you mean {', '.join(first)} or {last}?" if first else f"did you mean {last}?"


def _closest(name, items):
    """Of names that differ in capitals only, the one that is written most alike."""
    return max(items, key=lambda item: difflib.SequenceMatcher(None, name, item).ratio())


def suggest_unit(name):
    """A hint with the unit that looks like a name; None where none does."""
    return suggest(name, ALL_UNITS, n=1, cutoff=_UNIT_CUTOFF) if len(name) > _SHORT else None


def find_value(namespace, name):
    """What a name of a model's text stands for in a namespace; None for what is not there.

    ``p.x`` is what `p` has under the name `x`, where `p` is a mapping such as `Parameters`: this
    is a look-up and runs no code of the model's text.
    """
    if name in namespace or "." not in name:
        return namespace.get(name)
    holder, _, attribute = name.partition(".")
    value = namespace.get(holder)
    return value[attribute] if _is_mapping(value) and attribute in value.keys() else None


def _is_mapping(value):
    return hasattr(type(value), "keys") and hasattr(type(value), "__getitem__")


def _explain_attribute(holder, attribute, value):
    """Why ``holder.attribute`` has no value: a fact and a hint."""
    if value is None:
        return f"the name {holder} is not defined", None
    if _is_mapping(value):
        return f"{holder} has no value {attribute}", suggest(attribute, value.keys())
    return "attributes cannot be used in equations", "give the value a name of its own first"


def is_number(value):
    """Whether a value of the namespace can be a constant of equations."""
    if isinstance(value, np.ndarray):
        return value.ndim == 0 and value.dtype.kind in "biuf"
    if isinstance(value, int):
        return abs(value) < _LARGEST_INTEGER
    return isinstance(value, (float, np.bool_, np.integer, np.floating))


def _rename(item, name):
    return item if item.name == name else Name(name, item.span)


def _same(value, other):
    if other is None:
        return False
    equal = value is other or float(value) == float(other)
    return equal and get_dimension(value) == get_dimension(other)


def _explain_value(name, value, item):
    """Fact, place and hint for a value that is no number."""
    if callable(value):
        hint = f"call it: {name}(...)" if name in FUNCTIONS else None
        return f"{name} is a function, not a number", item, hint
    if isinstance(value, (np.ndarray, list, tuple)):
        hint = f"make it a parameter with a line `{name} : unit`, and set it for the group"
        return f"{name} is an array, and a name in equations is one number", item, hint
    if isinstance(value, int):
        return f"{name} is too large a number", item
    return f"{name} is of type {type(value).__name__}, not a number", item
