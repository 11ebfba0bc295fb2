"""Linear equations as a matrix and a vector, and functions that are linear."""

from inspect import Parameter, signature
from numbers import Number

import numpy as np

from brian_nb.diagnostics import Diagnostic, Mark
from brian_nb.equations.affine import decompose_affine
from brian_nb.equations.expressions import evaluate, substitute
from brian_nb.equations.fixed_points import find_fixed_points
from brian_nb.equations.nodes import Number as Constant
from brian_nb.errors import EquationError, ModelError
from brian_nb.network.equations import Equations


def get_linear_equations(eqs):
    """Matrix and vector of linear equations, ``dX/dt = M (X - B)``.

    Parameters
    ----------
    eqs : Equations
        `X` holds the state variables and parameters in the order of the equations' own
        `variables`, the membrane potential first. The rows of parameters are 0; noise counts as 0.

    Returns
    -------
    float64[k, k], 1/second and units of the variables
        `M`.
    float64[k], units of the variables
        `B`; the smallest one where there are many.

    Raises
    ------
    EquationError
        An equation is not linear in all variables and parameters, or the time enters.
    ModelError
        The drift is zero nowhere, so that there is no `B`.

    Source
    ------
    Manual of Brian 1.2, section 4.12.4.
    """
    system = eqs.resolve()
    constants = {name: float(value) for name, value in system.constants.items()}
    constants |= dict.fromkeys(system.noises, 0.0)
    matrix = np.zeros((len(system.variables), len(system.variables)))
    for item in system.differentials:
        coefficients = _take_apart(system, item)
        row = system.variables.index(item.name)
        for name, coefficient in coefficients.items():
            matrix[row, system.variables.index(name)] = evaluate(coefficient, constants)
    start = constants | dict.fromkeys(system.variables, 0.0)
    zero, has_converged = find_fixed_points(system, start)
    if not has_converged.all():
        raise ModelError(
            "these equations have no fixed point, so they are not of the form dX/dt = M (X - B)",
            hint="a variable that only adds up its input never comes to rest",
        )
    return matrix, np.array([zero[name][0] if name in zero else 0.0 for name in system.variables])


def is_affine(f):
    """Whether a function or equations are linear up to an added constant.

    Parameters
    ----------
    f : callable or Equations
        A function is called once, with objects that can be added, subtracted and multiplied or
        divided by numbers.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_affine(lambda x, y: 3 * x - y / 2 + 1)
    True
    >>> is_affine(lambda x, y: x * y)
    False
    """
    if isinstance(f, Equations):
        return f.islinear()
    kinds = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
    required = [
        item
        for item in signature(f).parameters.values()
        if item.kind in kinds and item.default is Parameter.empty
    ]
    try:
        result = f(*(_Unknown() for _ in required))
    except TypeError:
        return False
    parts = result if isinstance(result, (tuple, list)) else [result]
    return all(isinstance(part, (_Unknown, Number)) for part in parts)


class _Unknown:
    """A number that is not known; what it cannot do is not linear."""

    __array_ufunc__ = None  # NumPy's numbers leave the arithmetic to this class

    def __add__(self, other):
        return self if isinstance(other, (_Unknown, Number)) else NotImplemented

    def __mul__(self, other):
        return self if isinstance(other, Number) else NotImplemented

    def __neg__(self):
        return self

    def __eq__(self, other):
        raise TypeError("the value is not known")

    __radd__ = __sub__ = __rsub__ = __add__
    __rmul__ = __truediv__ = __mul__
    __pos__ = __neg__


def _take_apart(system, item):
    """Coefficients of all variables in a differential equation, free of variables and time."""
    silent = {name: Constant(0.0) for name in system.noises}
    affine = decompose_affine(
        substitute(system.inline_statics(item.expression), silent), system.variables
    )
    if affine is None or system.uses_time:
        fact = f"d{item.name}/dt is not linear in the variables and parameters"
        if affine is not None:
            fact = "the time enters these equations"
        marks = (Mark(item.span),) if item.span else ()
        raise EquationError(
            Diagnostic(
                f"{fact}, so they are not of the form dX/dt = M (X - B)",
                marks,
                hint="values that are the same for all neurons can be external ones",
            )
        )
    return affine.coefficients
