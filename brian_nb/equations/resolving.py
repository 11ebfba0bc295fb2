"""A model's text and the values around it to a system of equations with all names looked up."""

from dataclasses import replace

from brian_nb.diagnostics import Diagnostic, Mark
from brian_nb.equations.grammar import parse_statements
from brian_nb.equations.namespace import NOISE, Resolver, suggest
from brian_nb.equations.ordering import check_size, order_statics, resolve_aliases
from brian_nb.equations.parsing import parse_expression
from brian_nb.equations.statements import Alias, Differential, Parameter, Static
from brian_nb.equations.system import Equation, EquationSystem, Variable
from brian_nb.equations.unit_text import read_unit
from brian_nb.equations.walking import names_in
from brian_nb.errors import BrianError, UnknownNameError
from brian_nb.units import DIMENSIONLESS

MEMBRANE_NAMES = ("v", "V", "vm", "Vm")


def resolve_equations(text, namespace):
    """Look up all names of a model.

    A name stands for the first of these that there is: a variable of the model, the time ``t`` or
    the noise ``xi``, a number in the namespace, a unit, ``pi``.

    Parameters
    ----------
    text : EquationText
    namespace : mapping of str to object
        Names and values around the model. What is not used may be anything.

    Returns
    -------
    EquationSystem
        Units are not yet checked (see `check_dimensions`).

    Raises
    ------
    UnknownNameError
        Names that stand for nothing, all of them.
    EquationError
        A name stands for something that is no number; a unit that is none; static equations or
        aliases that go round in a circle; equations too large.
    """
    aliases = resolve_aliases(text.statements)
    own = {item.name: aliases.get(item.name, item.name) for item in text.statements}
    noises = []
    resolver = Resolver(own, namespace, new_noise=lambda: _add_noise(noises, text, namespace))
    dimensions = _read_units(text, namespace, resolver)
    found = {
        kind: [_build(item, dimensions, resolver) for item in text.statements if type(item) is kind]
        for kind in (Differential, Static, Parameter)
    }
    resolver.raise_problems()
    statics = order_statics(found[Static])
    check_size(found[Differential], statics)
    return EquationSystem(
        differentials=tuple(found[Differential]),
        statics=statics,
        parameters=tuple(found[Parameter]),
        aliases=aliases,
        constants=resolver.constants,
        noises=tuple(noises),
        variables=_order_variables(text.statements),
    )


def resolve_expression(source, system, namespace, allow_random=False):
    """Parse an expression that stands beside equations, such as a threshold.

    Parameters
    ----------
    source : Source
    system : EquationSystem
        Its variables, static equations and aliases can be used.
    namespace : mapping of str to object
    allow_random : bool
        Whether ``rand()`` and ``randn()`` can be called.

    Returns
    -------
    Expression
    dict of str to Quantity or float
        Constants that it uses; `EquationSystem.with_constants` takes them in. A constant that has
        another value than that of the same name in `system` gets a name of its own.

    Raises
    ------
    EquationError, UnknownNameError
        It cannot be understood.
    """
    resolver = _beside(system, namespace, allow_random)
    expression = resolver.resolve(parse_expression(source))
    resolver.raise_problems()
    return expression, _used_constants(resolver, [expression])


def resolve_statements(source, system, namespace):
    """Parse the statements of a reset; names are looked up as by `resolve_expression`.

    Returns
    -------
    tuple of Assignment
        All to variables of `system`.
    dict of str to Quantity or float
        Constants that they use.

    Raises
    ------
    EquationError, UnknownNameError
        They cannot be understood, or assign to what is no variable.
    """
    resolver = _beside(system, namespace, allow_random=True)
    assignments = []
    for item in parse_statements(source):
        name = system.aliases.get(item.name, item.name)
        if name not in system.variables:
            resolver.add_problem(*_explain_target(item, system))
        expression = resolver.resolve(item.expression)
        assignments.append(replace(item, name=name, expression=expression))
    resolver.raise_problems()
    return tuple(assignments), _used_constants(resolver, [i.expression for i in assignments])


def _read_units(text, namespace, resolver):
    """Dimension of each name that has a unit; problems go to the resolver."""
    dimensions = {}
    for item in text.statements:
        if isinstance(item, Alias):
            continue
        try:
            dimensions[item.name] = read_unit(item.unit, namespace)
        except BrianError as error:
            dimensions[item.name] = DIMENSIONLESS
            unknown = isinstance(error, UnknownNameError)
            resolver.add_problem(error.diagnostics[0], unknown)
    return dimensions


def _build(item, dimensions, resolver):
    """The resolved form of a statement."""
    dimension = dimensions[item.name]
    if isinstance(item, Parameter):
        return Variable(item.name, dimension, item.span)
    expression = resolver.resolve(item.expression)
    places = (item.span, item.left_span, item.unit.span)
    return Equation(item.name, expression, dimension, *places)


def _add_noise(noises, text, namespace):
    """Name one more noise, as nothing else is named."""
    defined = {item.name for item in text.statements}
    number = len(noises)
    while (name := f"{NOISE}_{number}") in defined or name in namespace or name in noises:
        number += 1
    noises.append(name)
    return name


def _order_variables(statements):
    names = [item.name for item in statements if isinstance(item, (Differential, Parameter))]
    membrane = next((names.index(name) for name in MEMBRANE_NAMES if name in names), 0)
    if names:
        names[0], names[membrane] = names[membrane], names[0]
    return tuple(names)


def _beside(system, namespace, allow_random):
    items = (*system.differentials, *system.statics, *system.parameters)
    own = {item.name: item.name for item in items} | system.aliases
    return Resolver(own, namespace, dict(system.constants), allow_random=allow_random)


def _used_constants(resolver, expressions):
    used = set().union(*(names_in(item) for item in expressions)) if expressions else set()
    return {name: value for name, value in resolver.constants.items() if name in used}


def _explain_target(item, system):
    """The problem of an assignment to what is no variable, and whether it is nothing at all."""
    marks = (Mark(item.name_span),)
    known = f"variables are {', '.join(system.variables)}" if system.variables else None
    if any(static.name == item.name for static in system.statics):
        fact = f"{item.name} follows from its equation, and cannot be assigned to"
        return Diagnostic(fact, marks, hint=known), False
    fact = f"the model has no variable {item.name} to assign to"
    hint = suggest(item.name, [*system.variables, *system.aliases])
    return Diagnostic(fact, marks, hint=hint or known), True
