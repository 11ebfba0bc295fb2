"""SymPy's formulas -> expressions of equations."""

from functools import reduce

from brian_nb.equations.algebra import ONE, add, divide, multiply, negate
from brian_nb.equations.nodes import Binary, Call, Name, Number
from brian_nb.equations.sympy_form import UNIT
from brian_nb.units import ALL_UNITS

_FUNCTIONS = {
    **{name: name for name in "exp log sin cos tan sinh cosh tanh sign".split()},
    **{"asin": "arcsin", "acos": "arccos", "atan": "arctan", "Abs": "abs"},
}
"""Functions of SymPy by their names, and what equations call them."""


def read_form(form):
    """The expression that says the same as a formula of SymPy's.

    Parameters
    ----------
    form : sympy.Expr
        Its symbols have the names of variables, or are units as `Algebra` makes them.

    Returns
    -------
    Expression

    Raises
    ------
    ValueError
        Equations have no word for a part of it.
    """
    if form.is_Symbol:
        return _read_symbol(form.name)
    if form.is_number and form.is_real:
        return Number(float(form))
    if form.is_Add:
        return reduce(add, map(read_form, form.as_ordered_terms()))
    if form.is_Mul:
        return _read_product(form)
    if form.is_Pow:
        return _read_power(*form.as_base_exp())
    word = _FUNCTIONS.get(type(form).__name__)
    if word is None or len(form.args) != 1:
        raise ValueError(f"no equation can have {form} in it")
    return Call(word, (read_form(form.args[0]),))


def _read_symbol(name):
    if name.startswith(UNIT):
        return Number(float(ALL_UNITS[name.removeprefix(UNIT)]))
    return Name(name)


def _read_product(form):
    if form.could_extract_minus_sign():
        return negate(read_form(-form))
    above, below = [], []
    for factor in form.as_ordered_factors():
        if factor.is_Rational:
            part, whole = factor.as_numer_denom()
            above.append(part)
            below.append(whole)
        elif factor.is_Pow and factor.exp.is_number and factor.exp.is_negative:
            below.append(factor.base**-factor.exp)
        else:  # exp(-x) stays as it is, since exp(x) may overflow
            above.append(factor)
    return divide(*(reduce(multiply, map(read_form, items), ONE) for items in (above, below)))


def _read_power(base, exponent):
    if exponent.is_number and exponent.is_negative:
        return divide(ONE, read_form(base**-exponent))
    if exponent.is_Rational and exponent.p == 1 and exponent.q == 2:
        return Call("sqrt", (read_form(base),))
    return Binary("**", read_form(base), read_form(exponent))
