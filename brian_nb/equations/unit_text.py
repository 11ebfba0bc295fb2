"""The text after a colon, such as ``volt/second``, to a dimension."""

from brian_nb.diagnostics import Diagnostic, Mark
from brian_nb.equations.literals import literal_value
from brian_nb.equations.namespace import suggest_unit
from brian_nb.equations.nodes import Binary, Name, Number
from brian_nb.errors import EquationError, UnknownNameError
from brian_nb.units import ALL_UNITS, DIMENSIONLESS, Unit, get_dimension

_HINT = "a unit is a product of units and their powers, such as volt/second, or 1 for none"
_HINT_NUMBER = "a unit has no number before it; a power has two stars, such as second**-0.5"


def read_unit(expression, namespace):
    """Dimension of a unit as it stands in the text.

    Only the dimension counts: values are in SI units, so that ``mV`` says no more than ``volt``.

    Parameters
    ----------
    expression : Expression
        The text after the colon, parsed.
    namespace : mapping of str to object
        Where a user's own `Unit` objects are found, after the names of `ALL_UNITS`.

    Raises
    ------
    UnknownNameError
        A name is no unit.
    EquationError
        It is something else than a product of units.
    """
    kind = type(expression)
    if kind is Name:
        return _read_name(expression, namespace)
    if kind is Number and expression.value == 1:
        return DIMENSIONLESS
    if kind is Binary and expression.op == "*":
        return read_unit(expression.left, namespace) * read_unit(expression.right, namespace)
    if kind is Binary and expression.op == "/":
        return read_unit(expression.left, namespace) / read_unit(expression.right, namespace)
    if kind is Binary and expression.op == "**":
        exponent = literal_value(expression.right)
        if exponent is not None:
            return read_unit(expression.left, namespace) ** exponent
    hint = _HINT if literal_value(expression) is None else _HINT_NUMBER
    raise EquationError(Diagnostic("this is no unit", (Mark(expression.span),), hint=hint))


def _read_name(item, namespace):
    value = ALL_UNITS.get(item.name, namespace.get(item.name))
    if isinstance(value, Unit):
        return get_dimension(value)
    hint = suggest_unit(item.name) or _HINT
    raise UnknownNameError(
        Diagnostic(f"there is no unit {item.name}", (Mark(item.span),), hint=hint)
    )
