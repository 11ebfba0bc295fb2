"""Checks of units: of all equations of a model, of a threshold, of a reset."""

from brian_nb.diagnostics import Diagnostic, Mark
from brian_nb.equations.hints import hint_derivative, hint_pair, name_rate, usual_unit
from brian_nb.equations.inference import Inference, agree, make_marks, mark_side, settle
from brian_nb.equations.printing import to_source
from brian_nb.equations.system import SECOND
from brian_nb.equations.walking import is_condition
from brian_nb.errors import EquationError
from brian_nb.units import DIMENSIONLESS


def infer_dimension(expression, dimension_of):
    """Dimension of an expression.

    Sums, comparisons and choices need equal dimensions on both sides; a literal 0 agrees with
    all. Conditions used as numbers have none.

    Parameters
    ----------
    expression : Expression
    dimension_of : callable
        Maps a name to its `Dimension`.

    Returns
    -------
    Dimension

    Raises
    ------
    DimensionMismatchError
        All places where dimensions do not agree, marked in the user's text.
    """
    inference = Inference(dimension_of)
    found = inference.infer(expression)
    inference.raise_problems()
    return settle(found)


def check_dimensions(system):
    """Check the units of all equations.

    Raises
    ------
    DimensionMismatchError
        All problems of all equations.
    """
    inference = Inference(system.dimension_of, system)
    for item in system.differentials:
        _check_differential(inference, item)
    for item in system.statics:
        _check_static(inference, item)
    inference.problems.sort(key=_place_in_text)
    inference.raise_problems()


def check_threshold(threshold, system):
    """Check that a threshold is a condition, and its units.

    Parameters
    ----------
    threshold : Expression
    system : EquationSystem
        With the constants of the threshold.

    Raises
    ------
    EquationError
        It is a number.
    DimensionMismatchError
        Its units do not agree.
    """
    inference = Inference(system.dimension_of, system, "the threshold")
    found = inference.infer(threshold)
    inference.raise_problems()
    if not is_condition(threshold):
        dimension = settle(found)
        value = "0" if dimension.is_dimensionless else f"0*{usual_unit(dimension)}"
        raise EquationError(
            Diagnostic(
                "the threshold is a number, and must be a condition",
                make_marks((threshold, dimension)),
                hint=f"compare it with something, such as {to_source(threshold)} > {value}",
            )
        )


def check_assignments(assignments, system, place="the reset"):
    """Check the units of statements that assign values.

    Parameters
    ----------
    assignments : sequence of Assignment
    system : EquationSystem
        With the constants of the statements.
    place : str
        What they are, for messages.

    Raises
    ------
    DimensionMismatchError
        All problems of all statements.
    """
    inference = Inference(system.dimension_of, system, place)
    for item in assignments:
        _check_assignment(inference, item)
    inference.raise_problems()


def _check_differential(inference, item):
    inference.place = f"d{item.name}/dt"
    found = inference.infer(item.expression)
    expected = item.dimension / SECOND
    if agree(found, expected):
        return
    marks = (Mark(item.left_span, name_rate(item.dimension)),) if item.left_span else ()
    marks += make_marks((item.expression, found))
    hint = hint_derivative(item, found, inference.system)
    inference.report(f"the two sides of {inference.place} have different dimensions", marks, hint)


def _check_static(inference, item):
    inference.place = f"the equation of {item.name}"
    found = inference.infer(item.expression)
    if agree(found, item.dimension):
        return
    marks = make_marks((item.expression, found)) + mark_side(item.unit_span, item.dimension)
    hint = hint_pair(item.expression, found, None, item.dimension, inference.system)
    fact = f"the equation of {item.name} and its unit have different dimensions"
    inference.report(fact, marks, hint)


def _check_assignment(inference, item):
    found = inference.infer(item.expression)
    if item.op in ("*=", "/="):
        if not agree(found, DIMENSIONLESS):
            verb = "multiplied" if item.op == "*=" else "divided"
            fact = f"in {inference.place}, {item.name} can only be {verb} by a plain number"
            inference.report(fact, make_marks((item.expression, found)))
        return
    expected = inference.dimension_of(item.name)
    if agree(found, expected):
        return
    marks = mark_side(item.name_span, expected) + make_marks((item.expression, found))
    hint = hint_pair(item.expression, found, None, expected, inference.system)
    fact = f"the two sides of {item.op} in {inference.place} have different dimensions"
    inference.report(fact, marks, hint)


def _place_in_text(problem):
    return problem.marks[0].span.start if problem.marks else 0
