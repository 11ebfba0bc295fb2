"""Expressions as SymPy has them, for algebra; the only module that builds SymPy objects.

SymPy is imported when a form is first made, never with the package.
"""

from functools import reduce

from brian_nb.equations.latex import name_to_latex
from brian_nb.equations.nodes import Binary, Call, Choice, Compare, Logical, Name, Number, Unary
from brian_nb.equations.walking import is_condition
from brian_nb.units import ALL_UNITS, choose_unit, get_dimension


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
        self.time = sympy.Symbol("t", real=True)
        self._symbols = {"t": self.time}
        self._latex = {}

    def symbol(self, name):
        """The symbol of a name; SymPy knows that it is positive where its value is."""
        if name not in self._symbols:
            value = self.system.constants.get(name)
            known = {"positive": True} if value is not None and value > 0 * value else {"real": True}
            self._symbols[name] = self.sympy.Symbol(name, **known)
        return self._symbols[name]

    def start_value(self, name):
        """The symbol of the value of a variable at the time 0."""
        return self.sympy.Symbol(f"{name}(0)", real=True)

    def convert(self, expression):
        """SymPy's form of an expression; units are symbols, decimal numbers exact fractions.

        Raises
        ------
        NotImplementedError
            SymPy has no form of a part of it.
        """
        return _CONVERTERS[type(expression)](self, expression)

    def write(self, form):
        """A SymPy expression as text in the form of equations."""
        return str(form)

    def write_latex(self, form):
        """A SymPy expression as LaTeX, names written as in the equations."""
        names = {symbol: _name_latex(symbol.name) for symbol in form.free_symbols}
        return self.sympy.latex(form, symbol_names=names)

    # -- one method for each kind of node --------------------------------------------------

    def _number(self, item):
        if item.dimension.is_dimensionless:
            return self.sympy.Rational(repr(float(item.value)))
        unit = _find_unit(item)
        factor = self.sympy.Rational(repr(item.value / float(unit))) if unit else item.value
        return factor * self.sympy.Symbol(unit.name, positive=True)
