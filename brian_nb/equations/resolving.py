"""A model's text and the values around it to a system of equations with all names looked up."""

from dataclasses import replace

from brian_nb.diagnostics import Diagnostic, Mark
from brian_nb.equations.grammar import parse_statements
from brian_nb.equations.namespace import NOISE, Problems, Resolver, suggest
from brian_nb.equations.ordering import check_size, order_statics, resolve_aliases
from brian_nb.equations.parsing import parse_expression
from brian_nb.equations.parts import Part
from brian_nb.equations.statements import Alias, Differential, Parameter, Static
from brian_nb.equations.system import Equation, EquationSystem, Variable
from brian_nb.equations.unit_text import read_unit
from brian_nb.equations.walking import find_externals, names_in
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
    return resolve_parts((Part(text, around=namespace),))


def resolve_parts(parts):
    """Look up all names of a model whose parts were written among values of their own.

    Within a part a name stands for the first of these that there is: a variable that the part
    defines, a value given with it, a variable of another part, and what `resolve_equations`
    says. Two parts that use one name for two values have two constants.

    Parameters
    ----------
    parts : sequence of Part

    Returns
    -------
    EquationSystem

    Raises
    ------
    UnknownNameError, EquationError
        As of `resolve_equations`.
    """
    statements = tuple(item for part in parts for item in part.text.statements)
    aliases = resolve_aliases(statements)
    own = {item.name: aliases.get(item.name, item.name) for item in statements}
    noises, constants, problems = [], {}, Problems()
    externals = {}
    found = {Differential: [], Static: [], Parameter: []}
    for part in parts:
        resolver = _make_resolver(part, own, constants, problems)
        resolver.externals = externals
        resolver.allow_python = resolver.allow_ahead = True
        resolver.new_noise = lambda: _add_noise(noises, own, parts)
        _build_part(part, resolver, found)
    problems.raise_all()
    statics = order_statics(found[Static])
    check_size(found[Differential], statics)
    return EquationSystem(
        differentials=tuple(found[Differential]),
        statics=statics,
        parameters=tuple(found[Parameter]),
        aliases=aliases,
        constants=constants,
        noises=tuple(noises),
        variables=order_variables(statements),
    )


def resolve_expression(source, system, namespace, allow_random=False, allow_python=False):
    """Parse an expression that stands beside equations, such as a threshold.

    Parameters
    ----------
    source : Source
    system : EquationSystem
        Its variables, static equations and aliases can be used.
    namespace : mapping of str to object
    allow_random : bool
        Whether ``rand()`` and ``randn()`` can be called.
    allow_python : bool
        Whether functions can be called that only Python can compute.

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
    resolver = _beside(system, namespace, allow_random, allow_python)
    expression = resolver.resolve(parse_expression(source))
    resolver.problems.raise_all()
    return expression, _used_constants(resolver, [expression])


def resolve_statements(source, system, namespace, allow_python=False):
    """Parse the statements of a reset; the parameters are those of `resolve_expression`.

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
    resolver = _beside(system, namespace, True, allow_python)
    assignments = []
    for item in parse_statements(source):
        name = system.aliases.get(item.name, item.name)
        if name not in system.variables:
            resolver.problems.add(*_explain_target(item, system))
        expression = resolver.resolve(item.expression)
        assignments.append(replace(item, name=name, expression=expression))
    resolver.problems.raise_all()
    return tuple(assignments), _used_constants(resolver, [i.expression for i in assignments])


def order_variables(statements):
    """Names of the state of a neuron: differential equations and parameters, membrane first.

    Parameters
    ----------
    statements : sequence of Statement

    Returns
    -------
    tuple of str
    """
    names = [item.name for item in statements if isinstance(item, (Differential, Parameter))]
    membrane = next((names.index(name) for name in MEMBRANE_NAMES if name in names), 0)
    if names:
        names[0], names[membrane] = names[membrane], names[0]
    return tuple(names)


def _make_resolver(part, own, constants, problems):
    """What looks up the names of a part."""
    visible = own
    if part.given:
        visible = {
            name: target
            for name, target in own.items()
            if name not in part.given or name in part.defined
        }
    return Resolver(
        visible,
        part.values,
        constants,
        taken=own,
        problems=problems,
        is_closed=not part.around,
    )


def _build_part(part, resolver, found):
    """Add the resolved statements of a part to those of their kind."""
    dimensions = _read_units(part, resolver)
    for item in part.text.statements:
        if type(item) in found:
            found[type(item)].append(_build(item, dimensions, resolver))


def _read_units(part, resolver):
    """Dimension of each name that has a unit; problems go to the resolver."""
    dimensions = {}
    for item in part.text.statements:
        if isinstance(item, Alias):
            continue
        try:
            dimensions[item.name] = read_unit(item.unit, resolver.namespace)
        except BrianError as error:
            dimensions[item.name] = DIMENSIONLESS
            unknown = isinstance(error, UnknownNameError)
            resolver.problems.add(error.diagnostics[0], unknown)
    return dimensions


def _build(item, dimensions, resolver):
    """The resolved form of a statement."""
    dimension = dimensions[item.name]
    if isinstance(item, Parameter):
        return Variable(item.name, dimension, item.span)
    expression = resolver.resolve(item.expression)
    places = (item.span, item.left_span, item.unit.span)
    return Equation(item.name, expression, dimension, *places)


def _add_noise(noises, own, parts):
    """Name one more noise, as nothing else is named."""
    number = len(noises)
    while (
        (name := f"{NOISE}_{number}") in own
        or name in noises
        or any(name in part.values for part in parts)
    ):
        number += 1
    noises.append(name)
    return name


def _beside(system, namespace, allow_random, allow_python):
    items = (*system.differentials, *system.statics, *system.parameters)
    own = {item.name: item.name for item in items} | system.aliases
    return Resolver(
        own,
        namespace,
        dict(system.constants),
        allow_random=allow_random,
        allow_python=allow_python,
        externals=find_externals(item.expression for item in system.differentials + system.statics),
    )


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
