"""Calls of the user's functions in Python, for all neurons of a group at once."""

import reprlib
from numbers import Real

import numpy as np

from brian_nb.equations.expressions import Name, evaluate
from brian_nb.equations.externals import PythonFunction
from brian_nb.equations.inference import Inference
from brian_nb.equations.walking import find_externals, rebuild
from brian_nb.errors import ModelError
from brian_nb.units import Dimension, Quantity

_HINT = "its value is an array with one number for each neuron, or one number for all"


def find_python_functions(expressions):
    """Functions that expressions call and only Python can compute.

    Returns
    -------
    dict of str to PythonFunction
    """
    found = find_externals(expressions)
    return {name: item for name, item in found.items() if isinstance(item, PythonFunction)}


def compute_calls(expression, values, group):
    """Call the functions of an expression that only Python can compute.

    Parameters
    ----------
    expression : Expression
        Without static equations.
    values : mapping of str to float or float64[n]
        SI values of all names.
    group : NeuronGroup

    Returns
    -------
    Expression
        With a name in the place of each call; equal calls are one.
    dict of str to float or float64[n]
        The values by these names.

    Raises
    ------
    ModelError
        A function gave something else than numbers.
    """
    if not find_python_functions([expression]):
        return expression, {}
    inference, found, names = Inference(group.system.dimension_of), {}, {}

    def compute(item):
        if not isinstance(getattr(item, "external", None), PythonFunction):
            return item
        if item not in names:
            known = values | found
            arguments = [evaluate(part, known) for part in item.args]
            # Arrays are given as they are; the unit of what is one number has to be known.
            dimensions = [
                None if np.ndim(x) else inference.infer(part)
                for x, part in zip(arguments, item.args, strict=True)
            ]
            name = f"{item.function}() number {len(found)}"
            found[name] = call_function(item, arguments, dimensions, group)
            names[item] = Name(name)
        return names[item]

    return rebuild(expression, compute), found


def call_function(call, arguments, dimensions, group):
    """Value of a call.

    Parameters
    ----------
    call : Call
        Of a `PythonFunction`.
    arguments : list of float or float64[n]
    dimensions : sequence of Dimension or object
        Of the arguments; what is no `Dimension` is not known.
    group : NeuronGroup

    Returns
    -------
    float or float64[n]

    Raises
    ------
    ModelError
        The function gave something else.
    """
    name, external = f"{call.function}()", call.external
    try:
        result = external.function(*map(_to_argument, arguments, dimensions))
    except Exception as problem:
        problem.add_note(
            f"Python calls {name} for all {group.size} neurons of {group.describe()} at once, "
            f"as {external.reason}"
        )
        raise
    return read_result(result, group, name)


def read_result(result, group, what):
    """A result of a function of the user, as a float or float64[n].

    Raises
    ------
    ModelError
        It is no number, or the number of values is neither one nor that of the neurons.
    """
    try:
        found = _to_numbers(result)
    except (TypeError, ValueError):
        raise ModelError(
            f"{what}, which Python calls for {group.describe()}, must give numbers, not "
            f"{reprlib.repr(result)}",
            hint=_HINT,
        ) from None
    if found.size == 1:
        return float(found.reshape(()))
    if found.shape != (group.size,):
        shape = f" in the shape {found.shape}" if found.ndim > 1 else ""
        raise ModelError(
            f"{what} gave {found.size} values{shape}; it must give one, or one for each of the "
            f"{group.size} neurons of {group.describe()}",
            hint=_HINT,
        )
    return found


def _to_numbers(result):
    """A result as float64[...]; what NumPy would make numbers of, such as None, is none."""
    found = np.asarray(result)
    if found.dtype.kind in "OSUVcmM" and not _are_real(found):
        raise TypeError
    return found.astype(np.float64)


def _are_real(found):
    return found.dtype.kind == "O" and all(isinstance(item, Real) for item in found.flat)


def _to_argument(value, dimension):
    """An argument as the user's function takes it: a quantity, or an array of SI values."""
    is_known = isinstance(dimension, Dimension) and not dimension.is_dimensionless
    return Quantity(value, dimension) if is_known and np.ndim(value) == 0 else value
