"""Dimensions of expressions, and the places where two that must agree do not."""

from brian_nb.diagnostics import Diagnostic, Mark
from brian_nb.equations.functions import FUNCTIONS
from brian_nb.equations.hints import hint_argument, hint_noise, hint_pair
from brian_nb.equations.literals import literal_value
from brian_nb.equations.nodes import Binary, Call, Choice, Compare, Logical, Name, Number, Unary
from brian_nb.errors import DimensionMismatchError
from brian_nb.units import DIMENSIONLESS, name_dimension

ANY = object()
"""Dimension of a literal 0, which agrees with every unit."""

UNKNOWN = object()
"""Dimension of values that carry none, such as those of the user's arrays; any will do."""

FAILED = None
"""Dimension of an expression that contains a problem already reported."""


class Inference:
    """Goes through expressions and collects what does not agree.

    Parameters
    ----------
    dimension_of : callable
        Maps a name to its `Dimension`.
    system : EquationSystem, optional
        Where hints look for names.
    place : str
        What the expressions belong to, for messages.
    """

    def __init__(self, dimension_of, system=None, place="the expression"):
        self.dimension_of, self.system, self.place = dimension_of, system, place
        self.problems = []

    def raise_problems(self):
        """Raise all problems found so far, if there are any."""
        if self.problems:
            raise DimensionMismatchError(*self.problems)

    def report(self, fact, marks, hint=None):
        """Collect a problem."""
        self.problems.append(Diagnostic(fact, marks, hint=hint))

    def infer(self, expression):
        """Dimension of an expression, or `ANY`, `UNKNOWN`, or `FAILED` after a problem."""
        return _INFER[type(expression)](self, expression)

    def _infer_number(self, item):
        return ANY if item.value == 0 and item.dimension.is_dimensionless else item.dimension

    def _infer_name(self, item):
        return self.dimension_of(item.name)

    def _infer_unary(self, item):
        found = self.infer(item.operand)
        return DIMENSIONLESS if item.op == "not" else found

    def _infer_binary(self, item):
        if item.op == "**":
            return self._infer_power(item)
        left, right = self.infer(item.left), self.infer(item.right)
        if left is FAILED or right is FAILED:
            return FAILED
        if item.op in ("*", "/") and UNKNOWN in (left, right):
            return UNKNOWN
        if item.op == "*":
            return settle(left) * settle(right)
        if item.op == "/":
            return settle(left) / settle(right)
        found = self._unify(f"the two sides of {item.op}", (item.left, left), (item.right, right))
        return DIMENSIONLESS if item.op == "//" and found is not FAILED else found

    def _infer_power(self, item):
        base, exponent = self.infer(item.left), self.infer(item.right)
        if base is FAILED or exponent is FAILED:
            return FAILED
        if not agree(exponent, DIMENSIONLESS):
            marks = make_marks((item.right, exponent))
            self.report(f"the exponent in {self.place} must be a plain number", marks, None)
            return FAILED
        if base is UNKNOWN:
            return UNKNOWN
        if agree(base, DIMENSIONLESS):
            return DIMENSIONLESS
        power = literal_value(item.right)
        if power is None:
            fact = f"a power of something with a unit needs a number as exponent, in {self.place}"
            marks = make_marks((item.left, base), (item.right, settle(exponent)))
            hint = "write the number itself, such as v**2, or divide the base by its unit"
            self.report(fact, marks, hint)
            return FAILED
        return base**power

    def _infer_compare(self, item):
        self._unify(
            f"the two sides of {item.op}",
            (item.left, self.infer(item.left)),
            (item.right, self.infer(item.right)),
        )
        return DIMENSIONLESS

    def _infer_logical(self, item):
        self.infer(item.left)
        self.infer(item.right)
        return DIMENSIONLESS

    def _infer_choice(self, item):
        self.infer(item.condition)
        yes, no = self.infer(item.yes), self.infer(item.no)
        return self._unify("the two values of the choice", (item.yes, yes), (item.no, no))

    def _infer_call(self, item):
        found = [self.infer(part) for part in item.args]
        if item.external:
            return self._infer_external(item, found)
        rule = FUNCTIONS[item.function].units
        if rule == "none":
            return self._require_plain(item, found)
        if any(part is FAILED for part in found):
            return FAILED
        if rule == "root":
            return UNKNOWN if found[0] is UNKNOWN else settle(found[0]) ** 0.5
        if rule == "sign":
            return DIMENSIONLESS
        (first, dimension), *others = zip(item.args, found, strict=True)
        for other in others:
            what = f"the arguments of {item.function}()"
            dimension = self._unify(what, (first, dimension), other)
        return dimension

    def _infer_external(self, item, found):
        """Dimension of a call of the user's function; what is not known agrees with everything."""
        wanted = item.external.arguments
        for part, dimension, expected in zip(item.args, found, wanted, strict=True):
            if expected is not None and not agree(dimension, expected):
                unit = _say(expected)
                fact = f"{item.function}() in {self.place} takes {unit}"
                self.report(fact, make_marks((part, dimension)))
                return FAILED
        result = item.external.result
        return UNKNOWN if result is None else result

    def _require_plain(self, item, found):
        for part, dimension in zip(item.args, found, strict=True):
            if not agree(dimension, DIMENSIONLESS):
                fact = f"{item.function}() in {self.place} takes a number without unit"
                hint = hint_argument(part, dimension)
                self.report(fact, make_marks((part, dimension)), hint)
        return DIMENSIONLESS

    def _unify(self, what, left, right):
        """The dimension that two expressions share; a problem where they share none."""
        if left[1] is FAILED or right[1] is FAILED:
            return FAILED
        for vague in (ANY, UNKNOWN):
            if left[1] is vague or right[1] is vague:
                return left[1] if right[1] is vague else right[1]
        if left[1] == right[1]:
            return left[1]
        fact = f"{what} in {self.place} have different dimensions"
        marks = make_marks(left, right)
        hint = hint_noise(left, right, self.system) or hint_pair(*left, *right, self.system)
        self.report(fact, marks, hint)
        return FAILED


_INFER = {
    Number: Inference._infer_number,
    Name: Inference._infer_name,
    Unary: Inference._infer_unary,
    Binary: Inference._infer_binary,
    Compare: Inference._infer_compare,
    Logical: Inference._infer_logical,
    Choice: Inference._infer_choice,
    Call: Inference._infer_call,
}


def _say(dimension):
    if dimension.is_dimensionless:
        return "a number without unit"
    return f"a value in {name_dimension(dimension)}"


def settle(found):
    """A dimension where any would do: none."""
    return DIMENSIONLESS if found is ANY or found is UNKNOWN else found


def agree(found, expected):
    """Whether a dimension is as expected, or its problem is reported already."""
    return found is FAILED or found is ANY or found is UNKNOWN or found == expected


def make_marks(*labelled):
    """Marks for pairs of expression and dimension; what programs put together has no place."""
    return tuple(mark for part, found in labelled for mark in mark_side(part.span, found))


def mark_side(span, dimension):
    """A mark that names a dimension, in a tuple; an empty one where there is no place."""
    label = "no unit" if dimension.is_dimensionless else name_dimension(dimension)
    return (Mark(span, label),) if span else ()
