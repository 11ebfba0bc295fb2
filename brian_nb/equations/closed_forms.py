"""Solutions of equations as formulas: where a variable comes to rest, how fast, and on what way.

The algebra is SymPy's. It is asked only for what it does at once and surely: sums, quotients, roots
of polynomials of second degree.
"""

from brian_nb.equations.affine import decompose_affine
from brian_nb.equations.algebra import ZERO
from brian_nb.equations.expressions import names_in, substitute
from brian_nb.equations.namespace import TIME

MAX_VARIABLES = 4
"""Linear equations that are solved together."""

MAX_OPERATIONS = 200
"""Operations of a formula; a longer one helps nobody."""


def solve_own(algebra, item):
    """Rest and rate of a variable whose equation is linear in it, all others held.

    Parameters
    ----------
    algebra : Algebra
    item : Equation
        Differential equation ``dx/dt = a*x + b``.

    Returns
    -------
    tuple of sympy.Expr, or None
        ``-b/a`` and ``-1/a``, in which static equations that do not depend on the variable keep
        their names; None where `a` is 0 or the formulas are long.
    """
    system = algebra.system
    expression = _silence(system, system.inline_dependent(item.expression, item.name))
    affine = decompose_affine(expression, [item.name])
    if affine is None or item.name not in affine.coefficients:
        return None
    slope, drive = algebra.convert(affine.coefficients[item.name]), algebra.convert(affine.rest)
    if slope == 0 or not (_is_short(slope) and _is_short(drive)):
        return None
    forms = tuple(algebra.sympy.simplify(form) for form in (-drive / slope, -1 / slope))
    return forms if all(map(_is_short, forms)) else None


def solve_rest(algebra):
    """Where linear equations come to rest together.

    Returns
    -------
    dict of str to sympy.Expr
        By variable; {} where there is no such point, many, or only a long formula for it.
    """
    linear = _read_linear(algebra)
    if linear is None:
        return {}
    matrix, drive, names = linear
    determinant = matrix.det()
    if not _is_short(determinant) or algebra.sympy.simplify(determinant) == 0:
        return {}
    found = (-matrix.LUsolve(drive)).applyfunc(algebra.sympy.simplify)
    forms = dict(zip(names, found, strict=True))
    return {name: form for name, form in forms.items() if _is_short(form)}


def solve_roots(algebra, item):
    """Fixed points of one variable whose drift is a polynomial of second degree in it.

    Returns
    -------
    list of sympy.Expr
        [] where there is none or the drift is something else.
    """
    system = algebra.system
    drift = algebra.convert(_silence(system, system.inline_statics(item.expression)))
    variable = algebra.symbol(item.name)
    if not _is_short(drift):
        return []
    polynomial = algebra.sympy.together(drift).as_numer_denom()[0]
    if not polynomial.is_polynomial(variable) or algebra.sympy.degree(polynomial, variable) != 2:
        return []
    roots = algebra.sympy.roots(algebra.sympy.Poly(polynomial, variable))
    forms = [algebra.sympy.simplify(root) for root in roots]
    return forms if all(map(_is_short, forms)) else []


def solve_course(algebra):
    """The course in time of variables of linear equations that depend on each other in no circle.

    Returns
    -------
    dict of str to sympy.Expr
        By variable, in terms of the values at the time 0; of noise, the mean.
    """
    linear = _read_linear(algebra)
    if linear is None:
        return {}
    matrix, drive, names = linear
    courses, is_waiting = {}, True
    while is_waiting:
        is_waiting = False
        for row in range(len(names)):
            inputs = [k for k in range(len(names)) if k != row and matrix[row, k] != 0]
            if row not in courses and all(k in courses for k in inputs):
                terms = [(algebra.sympy.Integer(0), 0, drive[row])]
                terms += [(r, p, matrix[row, k] * c) for k in inputs for r, p, c in courses[k]]
                courses[row] = _respond(algebra, names[row], matrix[row, row], terms)
                is_waiting = True
    forms = {names[row]: _write_course(algebra, terms) for row, terms in courses.items()}
    return {name: form for name, form in forms.items() if _is_short(form)}


def _read_linear(algebra):
    """Matrix, drive and names of linear equations; None where they are not linear, or too many."""
    system = algebra.system
    names = [item.name for item in system.differentials]
    if not 0 < len(names) <= MAX_VARIABLES:
        return None
    rows, drive = [], []
    for item in system.differentials:
        affine = decompose_affine(_silence(system, system.inline_statics(item.expression)), names)
        if affine is None or any(
            TIME in names_in(part) for part in (affine.rest, *affine.coefficients.values())
        ):
            return None
        rows.append([algebra.convert(affine.coefficients.get(name, ZERO)) for name in names])
        drive.append(algebra.convert(affine.rest))
    return algebra.sympy.Matrix(rows), algebra.sympy.Matrix(drive), names


def _respond(algebra, name, slope, inputs):
    """Solution of ``dx/dt = slope*x + inputs`` as terms (rate, power, factor).

    A term is ``factor * t**power * exp(rate*t)``; so are the inputs.
    """
    terms = [(slope, 0, algebra.start_value(name))]
    for rate, power, factor in inputs:
        if factor == 0:
            continue
        difference = algebra.sympy.simplify(rate - slope)
        if difference == 0:
            terms.append((slope, power + 1, factor / (power + 1)))
            continue
        part = factor / difference
        for lower in range(power, -1, -1):
            terms.append((rate, lower, part))
            if lower:
                part = -part * lower / difference
        terms.append((slope, 0, -part))
    return _collect(algebra, terms)


def _collect(algebra, terms):
    """Terms of the same rate and power as one."""
    collected = []
    for rate, power, factor in terms:
        for place, (other, other_power, total) in enumerate(collected):
            if power == other_power and algebra.sympy.simplify(rate - other) == 0:
                collected[place] = (other, power, total + factor)
                break
        else:
            collected.append((rate, power, factor))
    return [(rate, power, algebra.sympy.simplify(factor)) for rate, power, factor in collected]


def _write_course(algebra, terms):
    time, exp = algebra.time, algebra.sympy.exp
    parts = [factor * time**power * exp(rate * time) for rate, power, factor in terms]
    return sum(parts, algebra.sympy.Integer(0))


def _silence(system, expression):
    """The expression without noise."""
    return substitute(expression, dict.fromkeys(system.noises, ZERO))


def _is_short(form):
    return form.count_ops() <= MAX_OPERATIONS
