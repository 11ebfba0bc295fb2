"""Expressions as SymPy has them, for algebra; the only module that builds SymPy objects.

SymPy is imported when an `Algebra` is first made, never with the package.
"""

from brian_nb.equations.latex import name_to_latex
from brian_nb.equations.namespace import TIME
from brian_nb.equations.nodes import Binary, Call, Choice, Compare, Logical, Name, Number, Unary
from brian_nb.equations.walking import is_condition
from brian_nb.units import ALL_UNITS, choose_unit

_OPERATIONS = {
    "+": lambda sympy, x, y: x + y,
    "-": lambda sympy, x, y: x - y,
    "*": lambda sympy, x, y: x * y,
    "/": lambda sympy, x, y: x / y,
    "**": lambda sympy, x, y: x**y,
    "%": lambda sympy, x, y: sympy.Mod(x, y),
    "//": lambda sympy, x, y: sympy.floor(x / y),
}
_COMPARISONS = {"<": "Lt", "<=": "Le", ">": "Gt", ">=": "Ge", "==": "Eq", "!=": "Ne"}
_FUNCTIONS = {
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "abs": "Abs",
    "ceil": "ceiling",
    "minimum": "Min",
    "maximum": "Max",
}
"""Functions that SymPy calls otherwise."""

_FORMULAS = {
    "log10": lambda sympy, x: sympy.log(x, 10),
    "expm1": lambda sympy, x: sympy.exp(x) - 1,
    "log1p": lambda sympy, x: sympy.log(1 + x),
    "clip": lambda sympy, x, low, high: sympy.Min(sympy.Max(x, low), high),
    "exprel": lambda sympy, x: sympy.Function("exprel")(x),
}
"""Functions that SymPy writes otherwise."""

UNIT = "unit "
"""What the names of the symbols of units begin with, so that no variable has the same."""


class Algebra:
    """SymPy's form of the names and expressions of one model.

    Parameters
    ----------
    system : EquationSystem

    Attributes
    ----------
    sympy : module
    time : sympy.Symbol
    """

    def __init__(self, system):
        import sympy

        self.sympy, self.system = sympy, system
        self.time = sympy.Symbol(TIME, real=True)
        self._symbols = {TIME: self.time}

    def symbol(self, name):
        """The symbol of a name; SymPy knows that it is positive where its value is."""
        if name not in self._symbols:
            is_positive = float(self.system.constants.get(name, 0.0)) > 0
            known = {"positive": True} if is_positive else {"real": True}
            self._symbols[name] = self.sympy.Symbol(name, **known)
        return self._symbols[name]

    def start_value(self, name):
        """The symbol of the value of a variable at the time 0."""
        return self.sympy.Symbol(f"{name}(0)", real=True)

    def convert(self, expression):
        """SymPy's form of an expression; units are symbols, decimal numbers exact fractions."""
        return _CONVERTERS[type(expression)](self, expression)

    def write(self, form):
        """A SymPy expression as text in the form of equations."""
        names = {
            symbol: self.sympy.Symbol(symbol.name.removeprefix(UNIT))
            for symbol in form.free_symbols
        }
        return str(form.xreplace(names | {self.sympy.E: self.sympy.Symbol("exp(1)")}))

    def write_latex(self, form):
        """A SymPy expression as LaTeX, names written as those of equations."""
        names = {symbol: _write_symbol(symbol.name) for symbol in form.free_symbols}
        return self.sympy.latex(form, symbol_names=names)

    def _convert_number(self, item):
        if item.dimension.is_dimensionless:
            return self.sympy.Rational(repr(float(item.value)))
        word = item.span.text if item.span else ""
        unit = ALL_UNITS.get(word)
        if unit is None or float(unit) != item.value:
            unit = choose_unit(item.dimension, item.value)
            word = unit.display
        factor = self.sympy.Rational(repr(item.value / float(unit)))
        return factor * self.sympy.Symbol(UNIT + word, positive=True)

    def _convert_name(self, item):
        return self.symbol(item.name)

    def _convert_unary(self, item):
        operand = self.convert(item.operand)
        return self.sympy.Not(operand) if item.op == "not" else -operand

    def _convert_binary(self, item):
        left, right = self._convert_term(item.left), self._convert_term(item.right)
        return _OPERATIONS[item.op](self.sympy, left, right)

    def _convert_term(self, item):
        """A part of a sum or product, where a condition counts as 1 or 0."""
        form = self.convert(item)
        return self.sympy.Piecewise((1, form), (0, True)) if is_condition(item) else form

    def _convert_compare(self, item):
        relation = getattr(self.sympy, _COMPARISONS[item.op])
        return relation(self.convert(item.left), self.convert(item.right))

    def _convert_logical(self, item):
        join = self.sympy.And if item.op == "and" else self.sympy.Or
        return join(self.convert(item.left), self.convert(item.right))

    def _convert_choice(self, item):
        yes, no = self.convert(item.yes), self.convert(item.no)
        return self.sympy.Piecewise((yes, self.convert(item.condition)), (no, True))

    def _convert_call(self, item):
        args = [self._convert_term(part) for part in item.args]
        if item.function in _FORMULAS:
            return _FORMULAS[item.function](self.sympy, *args)
        return getattr(self.sympy, _FUNCTIONS.get(item.function, item.function))(*args)


_CONVERTERS = {
    Number: Algebra._convert_number,
    Name: Algebra._convert_name,
    Unary: Algebra._convert_unary,
    Binary: Algebra._convert_binary,
    Compare: Algebra._convert_compare,
    Logical: Algebra._convert_logical,
    Choice: Algebra._convert_choice,
    Call: Algebra._convert_call,
}


def _write_symbol(name):
    if name.startswith(UNIT):
        return rf"\mathrm{{{name.removeprefix(UNIT)}}}"
    if name.endswith("(0)"):
        return f"{name_to_latex(name.removesuffix('(0)'))}(0)"
    return name_to_latex(name)
