"""The statements of a rule at synapses, from text to assignments with known names and units."""

from dataclasses import dataclass, replace

from brian_nb.diagnostics import Diagnostic, Mark
from brian_nb.equations import EquationSystem, Variable, resolve_statements
from brian_nb.equations.dimensions import check_assignments
from brian_nb.equations.externals import Table
from brian_nb.equations.walking import find_externals
from brian_nb.errors import EquationError, ModelError
from brian_nb.model import LOWER_BOUND, UPPER_BOUND, WEIGHT
from brian_nb.network.python_calls import find_python_functions
from brian_nb.network.scope import as_source

RESERVED = {
    WEIGHT: "the weight of a synapse",
    LOWER_BOUND: "the lower bound of the weights",
    UPPER_BOUND: "the upper bound of the weights",
}
"""Names that mean something in the statements of every rule."""


@dataclass(frozen=True)
class RuleStatements:
    """What happens at spikes of the source and of the target, static equations put in.

    Parameters
    ----------
    pre, post : tuple of Assignment
    constants : dict of str to Quantity or float
        Names that they use, and the bounds of the weights.
    """

    pre: tuple
    post: tuple
    constants: dict


def read_statements(system, pre, post, bounds, dimension, namespace, level=0):
    """Understand the statements of a rule.

    Parameters
    ----------
    system : EquationSystem
        Of its variables.
    pre, post : str or Source
    bounds : dict of str to Quantity
        Of the weights.
    dimension : Dimension
        Of the weights.
    namespace : mapping of str to object
    level : int
        How many calls further up they were typed, for messages.

    Returns
    -------
    RuleStatements

    Raises
    ------
    EquationError, UnknownNameError, DimensionMismatchError
        They cannot be understood, assign to what is no variable, or have units that disagree.
    ModelError
        A variable has a name that means something else.
    """
    _refuse_names(system)
    system = _add_weight(system, dimension).with_constants(bounds)
    found, constants = [], dict(bounds)
    for text, name in ((pre, "pre"), (post, "post")):
        source = as_source(text or "", f"{name} statements", level)
        items, used = resolve_statements(source, system, namespace)
        system = system.with_constants(used)
        check_assignments(items, system, f"the {name} statements")
        found.append(tuple(_inline(item, system) for item in items))
        _refuse_columns(found[-1], name)
        _refuse_python(found[-1], items)
        constants |= used
    return RuleStatements(*found, constants)


def _refuse_names(system: EquationSystem) -> None:
    for name in (*system.variables, *(item.name for item in system.statics), *system.aliases):
        if name in RESERVED:
            raise ModelError(
                f"{name} cannot be a variable of these equations: it is {RESERVED[name]}",
                hint="give the variable another name",
            )


def _refuse_columns(items, name):
    for called, external in find_externals([item.expression for item in items]).items():
        if isinstance(external, Table) and external.has_columns:
            raise ModelError(
                f"{called} has a value for each neuron, and the {name} statements are for synapses",
                hint="make it a variable of the neurons, and read that in the statements",
            )


def _refuse_python(inlined, items):
    """Raise where static equations bring a function along that only Python can compute."""
    for item, written in zip(inlined, items, strict=True):
        for called, function in find_python_functions([item.expression]).items():
            fact = (
                f"{called}(), which a static equation brings into this statement, cannot be "
                f"compiled: {function.reason}"
            )
            raise EquationError(Diagnostic(fact, (Mark(written.expression.span),)))


def _add_weight(system, dimension):
    parameters = (*system.parameters, Variable(WEIGHT, dimension))
    return replace(system, parameters=parameters, variables=(*system.variables, WEIGHT))


def _inline(item, system):
    return replace(item, expression=system.inline_statics(item.expression))
