"""Functions of Python, NumPy and `math` -> the expressions that compute the same."""

import math
from functools import reduce

import numpy as np

from brian_nb.equations.functions import FUNCTIONS
from brian_nb.equations.nodes import Binary, Call, Choice, Compare, Number, Unary
from brian_nb.equations.walking import is_condition

_SAME_IN_MATH = {
    **{name: name for name in "exp log10 sqrt sin cos tan sinh cosh tanh expm1 log1p".split()},
    **{"asin": "arcsin", "acos": "arccos", "atan": "arctan", "fabs": "abs"},
    **{"floor": "floor", "ceil": "ceil", "log": "log"},
}


def is_known(function):
    """Whether there are expressions that compute a function of Python, NumPy or `math`."""
    return _find(function) is not None


def build_call(function, args, span=None):
    """The expression that computes a known function.

    Parameters
    ----------
    function : callable
    args : sequence of Expression
    span : Span, optional
        Place of the call, for messages.

    Returns
    -------
    Expression or None
        None where it does not take so many arguments.
    """
    builder, fewest, most = _find(function)
    if not fewest <= len(args) <= most:
        return None
    return builder(tuple(args), span)


def make_condition(expression, span=None):
    """A condition: a number is true where it is not zero."""
    if is_condition(expression):
        return expression
    return Compare("!=", expression, Number(0.0, span=span), span)


def _find(function):
    try:
        return _KNOWN.get(function)
    except TypeError:  # not hashable
        return None


def _call(name):
    n_args = FUNCTIONS[name].n_args
    return lambda args, span: Call(name, args, span), n_args, n_args


def _fold(name):
    """``min(a, b, c)`` as calls with two arguments each."""

    def build(args, span):
        return reduce(lambda left, right: Call(name, (left, right), span), args)

    return build, 2, 99


def _operator(op):
    return lambda args, span: Binary(op, *args, span), 2, 2


def _where(args, span):
    return Choice(make_condition(args[0], span), args[1], args[2], span)


def _truncate(args, span):
    (x,) = args
    below = Unary("-", Call("floor", (Unary("-", x, span),), span), span)
    return Choice(Compare("<", x, Number(0.0, span=span), span), below, Call("floor", args, span))


_KNOWN = {
    **{
        item.compute: _call(name)
        for name, item in FUNCTIONS.items()
        if not item.is_random and name != "clip"
    },
    **{getattr(math, old): _call(new) for old, new in _SAME_IN_MATH.items()},
    np.clip: _call("clip"),
    abs: _call("abs"),
    min: _fold("minimum"),
    max: _fold("maximum"),
    pow: _operator("**"),
    np.power: _operator("**"),
    math.pow: _operator("**"),
    np.mod: _operator("%"),
    np.floor_divide: _operator("//"),
    np.where: (_where, 3, 3),
    np.square: (lambda args, span: Binary("*", args[0], args[0], span), 1, 1),
    float: (lambda args, span: args[0], 1, 1),
    np.float64: (lambda args, span: args[0], 1, 1),
    int: (_truncate, 1, 1),
    math.trunc: (_truncate, 1, 1),
    np.trunc: (_truncate, 1, 1),
}
"""Each function with what builds its expression, and the fewest and most arguments."""
