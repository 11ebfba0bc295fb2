"""Equations whose every name is known, as data."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from brian_nb.diagnostics import Span
from brian_nb.equations.namespace import TIME, suggest
from brian_nb.equations.nodes import Expression
from brian_nb.equations.walking import names_in, substitute
from brian_nb.errors import UnknownNameError
from brian_nb.units import ALL_UNITS, Dimension, get_dimension

SECOND = get_dimension(ALL_UNITS["second"])
NOISE_DIMENSION = SECOND**-0.5


@dataclass(frozen=True)
class Equation:
    """``name = expression`` or ``dname/dt = expression``, all names looked up.

    Parameters
    ----------
    name : str
    expression : Expression
    dimension : Dimension
        Of the variable.
    span : Span
        The whole equation in the user's text, without its unit.
    left_span, unit_span : Span
        Its left-hand side and its unit.
    """

    name: str
    expression: Expression
    dimension: Dimension
    span: Span | None = field(default=None, compare=False, repr=False)
    left_span: Span | None = field(default=None, compare=False, repr=False)
    unit_span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Variable:
    """A parameter of each neuron."""

    name: str
    dimension: Dimension
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class EquationSystem:
    """Equations whose every name is known.

    Parameters
    ----------
    differentials : tuple of Equation
    statics : tuple of Equation
        Each after those that it uses.
    parameters : tuple of Variable
    aliases : dict of str to str
        Further names of variables. Expressions use the variables' own names.
    constants : dict of str to Quantity or float
        The user's own values that the equations use. Units are no constants: they are numbers.
        Systems that differ in values only are equal.
    noises : tuple of str
        Name of each independent noise, in the order of the text; its unit is second**-0.5.
    variables : tuple of str
        Names of differential equations and parameters: the state of a neuron, membrane first.
    """

    differentials: tuple[Equation, ...] = ()
    statics: tuple[Equation, ...] = ()
    parameters: tuple[Variable, ...] = ()
    aliases: dict = field(default_factory=dict, hash=False)
    constants: dict = field(default_factory=dict, compare=False)
    noises: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()

    @cached_property
    def derived(self):
        """What has been worked out from these equations, by names; it lives as long as they do."""
        return {}

    def __getstate__(self):
        """Copies and pickles work it out again."""
        return {name: value for name, value in vars(self).items() if name != "derived"}

    @property
    def membrane(self):
        """The variable that thresholds and resets mean by default; None without variables.

        It is `v`, `V`, `vm` or `Vm`, else the variable that the text defines first.
        """
        return self.variables[0] if self.variables else None

    @cached_property
    def uses_time(self):
        """Whether the time enters an equation."""
        return any(TIME in names_in(item.expression) for item in self.differentials + self.statics)

    def dimension_of(self, name):
        """Dimension of a variable, a static equation, an alias, a constant, t or a noise.

        Raises
        ------
        UnknownNameError
            There is nothing of that name.
        """
        if name in self.constants:
            return get_dimension(self.constants[name])
        found = self._definition(name)
        if found is not None:
            return found.dimension
        if name == TIME:
            return SECOND
        if name in self.noises:
            return NOISE_DIMENSION
        raise UnknownNameError(
            f"the model has no {name}", hint=suggest(name, [*self._definitions, *self.constants])
        )

    def span_of(self, name):
        """Place where a variable or a static equation is defined; None for other names."""
        found = self._definition(name)
        return found and found.span

    def inline_statics(self, expression):
        """Put the static equations into an expression in the place of their names."""
        return substitute(expression, self._inlined)

    def inline_dependent(self, expression, name):
        """Put those static equations into an expression that depend on a name; leave the others."""
        inlined = {}
        for static in self.list_used_statics([expression]):
            value = substitute(static.expression, inlined)
            if name in names_in(value):
                inlined[static.name] = value
        return substitute(expression, inlined)

    def list_used_statics(self, expressions):
        """Static equations that expressions use, directly or through others.

        Returns
        -------
        list of Equation
            In the order of `statics`.
        """
        found, left = set(), [name for item in expressions for name in names_in(item)]
        while left:
            place, used = self._static_uses.get(left.pop(), (None, ()))
            if place is not None and place not in found:
                found.add(place)
                left.extend(used)
        return [self.statics[place] for place in sorted(found)]

    def with_constants(self, constants):
        """The same system with further constants, or with other values."""
        return replace(self, constants={**self.constants, **constants})

    def _definition(self, name):
        return self._definitions.get(self.aliases.get(name, name))

    @cached_property
    def _definitions(self):
        items = (*self.differentials, *self.statics, *self.parameters)
        return {item.name: item for item in items}

    @cached_property
    def _static_uses(self):
        """Place of each static equation, and the names that it uses itself."""
        return {
            item.name: (place, names_in(item.expression)) for place, item in enumerate(self.statics)
        }

    @cached_property
    def _inlined(self):
        inlined = {}
        for item in self.statics:
            inlined[item.name] = substitute(item.expression, inlined)
        return inlined
