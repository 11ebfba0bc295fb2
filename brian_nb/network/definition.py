"""A group made from texts whose places are known, as a notebook's cell gives them."""

from dataclasses import replace

import numpy as np

from brian_nb.diagnostics import Diagnostic, Mark, Span
from brian_nb.equations import EquationSystem, resolve_expression, resolve_statements
from brian_nb.equations.dimensions import check_assignments, infer_dimension
from brian_nb.equations.expressions import evaluate, names_in, parse_expression
from brian_nb.errors import DimensionMismatchError, EquationError, ModelError, UnknownNameError
from brian_nb.network.equations import Equations
from brian_nb.network.group import NeuronGroup
from brian_nb.network.present_values import compute_now
from brian_nb.numerics.methods import METHODS
from brian_nb.units import ALL_UNITS, Quantity, get_dimension, name_dimension

_TIME = get_dimension(ALL_UNITS["second"])
_OPERATIONS = {
    "=": lambda old, new: new,
    "+=": np.add,
    "-=": np.subtract,
    "*=": np.multiply,
    "/=": np.divide,
}


def define_group(size, equations, namespace, sections):
    """Make a group from the parts of its description.

    Parameters
    ----------
    size : Source
        Number of neurons, an expression of numbers in the namespace.
    equations : Source
    namespace : mapping of str to object
    sections : mapping of str to Source
        Any of threshold, reset, refractory, init and method.

    Returns
    -------
    NeuronGroup

    Raises
    ------
    EquationError, UnknownNameError, DimensionMismatchError, ModelError
        A part cannot be understood or does not fit; the message shows where.
    """
    for word, source in sections.items():
        _refuse_unit(word, source)
    options = {word: sections[word] for word in ("threshold", "reset") if word in sections}
    if "refractory" in sections:
        options["refractory"] = _read_time(sections["refractory"], namespace)
    if "method" in sections:
        options["method"] = _read_method(sections["method"])
    n_neurons = _read_count(size, namespace)
    texts = Equations(equations, namespace=namespace)
    group = NeuronGroup(n_neurons, texts, namespace=namespace, **options)
    if "init" in sections:
        set_initial_values(group, sections["init"], namespace)
    return group


def set_initial_values(group, source, namespace):
    """Give variables of a group their first values.

    Parameters
    ----------
    group : NeuronGroup
    source : Source
        Statements; ``rand()`` and ``randn()`` draw a number for each neuron from NumPy's global
        generator, which `seed` governs.
    namespace : mapping of str to object

    Raises
    ------
    EquationError, UnknownNameError, DimensionMismatchError
        The statements cannot be understood, or a unit does not fit.
    ModelError
        A variable that equations change would begin with a value that is not finite.
    """
    assignments, constants = resolve_statements(source, group.system, namespace, allow_python=True)
    system = group.system.with_constants(constants)
    check_assignments(assignments, system, "the initial values")
    values = {name: float(value) for name, value in constants.items()}
    changing = {equation.name for equation in system.differentials}
    for item in assignments:
        found = compute_now(group, item.expression, values)
        old = group.values.variables[item.name]
        new = np.broadcast_to(_OPERATIONS[item.op](old, found), group.size)
        if item.name in changing:
            _require_finite(item, new)
        group.set_variable(item.name, new)


def _require_finite(item, values):
    bad = np.flatnonzero(~np.isfinite(values))
    if not len(bad):
        return
    others = f" and {len(bad) - 1} more" if len(bad) > 1 else ""
    raise ModelError(
        Diagnostic(
            f"{item.name} would begin as {values[bad[0]]}, in neuron {bad[0]}{others}",
            (Mark(item.span),) if item.span else (),
            hint="look for a division by zero, or for a value that is too large",
        )
    )


def evaluate_constant(source, namespace):
    """Value of an expression of numbers, units and names.

    Parameters
    ----------
    source : Source
    namespace : mapping of str to object

    Returns
    -------
    Quantity

    Raises
    ------
    EquationError, UnknownNameError, DimensionMismatchError
        It cannot be understood.
    """
    expression, constants = resolve_expression(source, EquationSystem(), namespace)
    dimension = infer_dimension(expression, lambda name: get_dimension(constants[name]))
    values = {name: float(value) for name, value in constants.items()}
    return Quantity(evaluate(expression, values), dimension)


def _read_count(source, namespace):
    """A number of neurons."""
    fact = "the number of neurons must be a whole number from 1 on"
    try:
        count = evaluate_constant(source, namespace)
    except UnknownNameError as error:
        hint = "give it a value in a cell above, such as 4000"
        raise UnknownNameError(*(replace(item, hint=hint) for item in error.diagnostics)) from None
    except EquationError:
        hint = "a number, a name or an expression of these stands alone here, such as 4000"
        raise _explain(ModelError, fact, source, hint=hint) from None
    unit = name_dimension(get_dimension(count))
    if unit != "1" or not float(count).is_integer() or float(count) < 1:
        raise _explain(ModelError, fact, source, label="" if unit == "1" else unit)
    return int(count)


def _read_time(source, namespace):
    value = evaluate_constant(source, namespace)
    if get_dimension(value) != _TIME:
        raise _explain(
            DimensionMismatchError,
            "the refractory period must be a time",
            source,
            label=name_dimension(get_dimension(value)),
            hint="write refractory: 5*ms",
        )
    if float(value) < 0:
        raise _explain(ModelError, "the refractory period cannot be negative", source)
    return value


def _read_method(source):
    name = source.text.strip()
    if name not in (*METHODS, "nonlinear"):
        raise _explain(
            ModelError,
            f"there is no integration method {name}",
            source,
            hint=f"choose one of {', '.join(METHODS)}, or leave `method` out",
        )
    return name


def _refuse_unit(word, source):
    """Refuse ``threshold : volt``, which looks like the parameter that it cannot be."""
    try:
        names = names_in(parse_expression(source))
    except EquationError:
        return
    if names and word != "method" and all(name in ALL_UNITS for name in names):
        if not any(character.isdigit() for character in source.text):
            raise _explain(
                EquationError,
                f"`{word}` begins a section of the cell and cannot be the name of a parameter",
                source,
                hint="give the parameter another name",
            )


def _explain(kind, fact, source, label="", hint=None):
    """An error about a whole source."""
    text = source.text
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    mark = Mark(Span(source, start, end), label)
    return kind(Diagnostic(fact, (mark,), hint=hint))
