"""What to say when dimensions do not fit: the operation, both sides, and a way out."""

from typing import Any

from brian_nb.errors import DimensionMismatchError
from brian_nb.units.dimension import Dimension, get_dimension, is_array
from brian_nb.units.formatting import describe_dimension, describe_operand
from brian_nb.units.naming import choose_terms
from brian_nb.units.symbols import render_name


def require_same(operation: str, *operands: Any) -> Dimension:
    """Check that all operands have one dimension.

    Parameters
    ----------
    operation : str
        A symbol such as ``+``, or the name of a function.
    *operands : Quantity, QuantityArray, number or array_like

    Returns
    -------
    Dimension

    Raises
    ------
    DimensionMismatchError
        Two of them differ; a plain zero has no unit either.
    """
    first = operands[0]
    dimension = get_dimension(first)
    for other in operands[1:]:
        if get_dimension(other) != dimension:
            raise DimensionMismatchError(
                f"{_write(operation, first, other)}: {describe_dimension(first)} and "
                f"{describe_dimension(other)} have different dimensions",
                hint=_suggest_unit(first, other) or _suggest_unit(other, first, operation),
            )
    return dimension


def require_plain(operation: str, *operands: Any, of: Any = None) -> None:
    """Check that operands have no dimension.

    Parameters
    ----------
    operation : str
        Name of a function, or ``**`` where `of` is the base.
    of : optional
        What stands left of the operator, for the message.

    Raises
    ------
    DimensionMismatchError
        One of them has a unit.
    """
    for operand in operands:
        if not get_dimension(operand).is_dimensionless:
            base = "" if of is None else f"({describe_operand(of)})"
            raise DimensionMismatchError(
                f"{base}{operation}({describe_operand(operand)}): a plain number is needed here, "
                f"and this is in {describe_dimension(operand)}",
                hint=f"divide by a unit first: x/{_name_unit(operand)}",
            )


def _write(operation, left, right):
    left, right = describe_operand(left), describe_operand(right)
    if operation[0].isalpha():
        return f"{operation}({left}, {right})"
    return f"{left} {operation} {right}"


def _suggest_unit(known, plain, operation=None):
    """``did you mean 2*mvolt ?`` where one side has a unit and the other is a plain number."""
    dimensions = get_dimension(known), get_dimension(plain)
    if dimensions[0].is_dimensionless or not dimensions[1].is_dimensionless or is_array(plain):
        return None
    unit = _name_unit(known)
    if operation == "+" and plain == 0:
        return f"did you mean 0*{unit} ? To add up a list, write sum(x, 0*{unit})"
    return f"did you mean {describe_operand(plain)}*{unit} ?"


def _name_unit(value):
    magnitude = None if is_array(value) else float(value)
    return render_name(choose_terms(get_dimension(value), magnitude)[1])
