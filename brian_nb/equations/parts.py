"""Sets of equations put together: each part keeps the values among which it was written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from brian_nb.diagnostics import Source
from brian_nb.equations.namespace import find_value, is_number
from brian_nb.equations.parsing import is_identifier, parse_expression
from brian_nb.equations.statements import (
    EquationText,
    check_unique,
    functions_called,
    insert_expressions,
    names_used,
    rename_names,
)
from brian_nb.errors import EquationError

HIDDEN = "_"
"""What names begin with that are made here and that a user need not know."""


@dataclass(frozen=True)
class Part:
    """Equations written in one place.

    Parameters
    ----------
    text : EquationText
    given : mapping of str to object
        Values given together with the text. They hold in this text alone, and there even where
        another part defines a variable of the same name.
    around : mapping of str to object or None
        Names and values around the text, for names that nothing else defines; None where all
        values are given together with the text.
    """

    text: EquationText
    given: Mapping = field(default_factory=dict)
    around: Mapping | None = None

    @cached_property
    def defined(self):
        """Names that the part defines, a frozenset of str."""
        return frozenset(item.name for item in self.text.statements)

    @cached_property
    def used(self):
        """Names that the part uses, those that it defines itself left out; a frozenset of str."""
        return frozenset().union(*map(names_used, self.text.statements)) - self.defined

    @cached_property
    def called(self):
        """Functions that the part calls, a frozenset of str."""
        return frozenset().union(*map(functions_called, self.text.statements))

    @property
    def open_names(self):
        """Names that the part uses and has no value for, a set of str."""
        values = self.values
        return {name for name in self.used if name not in values}

    @property
    def values(self):
        """All values that the part can use, by their names; given ones first."""
        return _Layers(self.given, self.around or {})

    def __getstate__(self):
        """Copies and pickles take along the numbers that the part uses, and nothing else around."""
        around = self.around
        if around is not None:
            values = {name: find_value(around, name) for name in self.used}
            around = {name: value for name, value in values.items() if is_number(value)}
        return {"text": self.text, "given": self.given, "around": around}


class _Layers(Mapping):
    """Two mappings read as one; unlike `collections.ChainMap`, lookups build nothing."""

    def __init__(self, first, second):
        self.first, self.second = first, second

    def __getitem__(self, name):
        return self.first[name] if name in self.first else self.second[name]

    def __contains__(self, name):
        return name in self.first or name in self.second

    def __iter__(self):
        yield from dict.fromkeys((*self.first, *self.second))

    def __len__(self):
        return len({*self.first, *self.second})


@dataclass(frozen=True)
class Assembly:
    """Parts put together.

    Parameters
    ----------
    parts : tuple of Part
    hidden : frozenset of str
        Names that were chosen here, and that change where another part has the same one.

    Raises
    ------
    EquationError
        Two parts define the same name; the message shows both places.
    """

    parts: tuple[Part, ...] = ()
    hidden: frozenset[str] = frozenset()

    def __post_init__(self):
        check_unique(self.statements)

    @cached_property
    def statements(self):
        """The statements of all parts, in order."""
        return tuple(item for part in self.parts for item in part.text.statements)

    @cached_property
    def defined(self):
        """Names that the parts define, a frozenset of str."""
        return frozenset().union(*(part.defined for part in self.parts))

    @cached_property
    def names(self):
        """Names that the parts define or use, a frozenset of str."""
        return self.defined.union(*(part.used for part in self.parts))


def substitute_keywords(assembly, keywords):
    """Put names, expressions and values in the place of names.

    Parameters
    ----------
    assembly : Assembly
    keywords : mapping of str to object
        By name: another name, or the text of an expression; None for a name that nothing else
        has; or a value. All are taken at once.

    Returns
    -------
    Assembly
    dict of str to str
        The names that were changed, with the new ones.

    Raises
    ------
    EquationError
        A text is no expression, or a text or value stands for what the equations define.
    """
    texts = {old: new for old, new in keywords.items() if isinstance(new, str)}
    expressions = {old: new for old, new in texts.items() if not is_identifier(new)}
    values = {
        name: value
        for name, value in keywords.items()
        if value is not None and not isinstance(value, str)
    }
    _refuse_values(assembly, values)
    names = {old: new for old, new in texts.items() if old not in expressions}
    hidden = _hide(keywords, assembly.names | set(values) | set(names.values()))
    names |= hidden
    parsed = {old: _parse_value(assembly, old, new) for old, new in expressions.items()}
    parts = tuple(_substitute(part, names, parsed, values) for part in assembly.parts)
    kept = {names.get(name, name) for name in assembly.hidden}
    return Assembly(parts, frozenset(kept.union(hidden.values()))), names


def rename_assembly(assembly, names):
    """The same equations with other names, given by the old ones."""
    if not names:
        return assembly
    parts = tuple(_rename(part, names) for part in assembly.parts)
    return Assembly(parts, frozenset(names.get(name, name) for name in assembly.hidden))


def find_new_names(assembly, others):
    """New names for what is hidden in one assembly and has a name that another one uses.

    Parameters
    ----------
    assembly : Assembly
    others : collection of str
        Names in use elsewhere.

    Returns
    -------
    dict of str to str
    """
    taken, names = {*assembly.names, *others}, {}
    for name in sorted(assembly.hidden & set(others)):
        names[name] = _make_name(name, taken)
        taken.add(names[name])
    return names


def join_assemblies(first, second):
    """Put two assemblies together, whose hidden names are different (see `find_new_names`).

    Raises
    ------
    EquationError
        Both define the same name.
    """
    return Assembly(first.parts + second.parts, first.hidden | second.hidden)


def _hide(keywords, taken):
    """Names of their own for those keywords that are None."""
    hidden = {}
    for name in [name for name, value in keywords.items() if value is None]:
        hidden[name] = _make_name(HIDDEN + name.lstrip(HIDDEN), {*taken, *hidden.values()})
    return hidden


def _make_name(name, taken):
    if name not in taken:
        return name
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"


def _refuse_values(assembly, values):
    for name, value in values.items():
        if name in assembly.defined:
            raise EquationError(
                f"{name} is a variable of these equations, and cannot be given the value {value!r}",
                hint=f"set it for the group: group.{name} = {value!r}",
            )


def _parse_value(assembly, name, text):
    if name in assembly.defined:
        raise EquationError(
            f"{text!r} cannot be the name of {name}",
            hint=f"{name} is a variable of these equations; its new name is letters, digits and _",
        )
    return parse_expression(Source(text, f"value of {name}"))


def _substitute(part, names, expressions, values):
    given = {**part.given, **values}
    clashing = [new for new in names.values() if new in given and new not in names]
    taken = {*part.defined, *part.used, *given, *names.values()}
    away = {name: _make_name(name, taken) for name in clashing}
    names = {**names, **away}
    given = {names.get(name, name): value for name, value in given.items()}
    text = rename_names(part.text, {old: new for old, new in names.items() if old in _all(part)})
    used = {old: new for old, new in expressions.items() if old in part.used}
    return replace(part, text=insert_expressions(text, used) if used else text, given=given)


def _rename(part, names):
    free = part.defined | (part.used - set(part.given))
    names = {old: new for old, new in names.items() if old in free}
    return replace(part, text=rename_names(part.text, names)) if names else part


def _all(part):
    return part.defined | part.used
