"""Equations computed outside a simulation: right-hand sides, and where nothing changes."""

import warnings

import numpy as np

from brian_nb.equations.expressions import Name, Number, evaluate, names_in
from brian_nb.equations.fixed_points import find_fixed_points
from brian_nb.equations.namespace import TIME, suggest
from brian_nb.equations.system import SECOND
from brian_nb.errors import UnknownNameError
from brian_nb.network.quantities import to_si
from brian_nb.units.quantity import Quantity, wrap_scalar


class RightHandSide:
    """The right-hand side of an equation as a function of the state; noise counts as 0.

    Parameters
    ----------
    system : EquationSystem
    name : str
        A variable; the right-hand side of a parameter is 0, that of an alias its variable.
    is_frozen : bool
        Whether arguments and result are SI numbers without units.

    Attributes
    ----------
    arguments : tuple of str
        State variables and parameters that it takes, and `t` where the time enters.

    Raises
    ------
    UnknownNameError
        There is no such variable.
    """

    def __init__(self, system, name, is_frozen=False):
        self.system, self.name, self.is_frozen = system, name, is_frozen
        self.expression, self.dimension = _find_right_hand_side(system, name)
        used = names_in(self.expression)
        self.arguments = tuple(item for item in (*system.variables, TIME) if item in used)

    def __call__(self, *values, **named):
        """Value at a state.

        Parameters
        ----------
        *values, **named
            Quantities, numbers or arrays, in the order of `arguments` or by name.

        Returns
        -------
        Quantity
            An SI number if frozen; of arrays, float64[...] in SI units.

        Raises
        ------
        UnknownNameError, DimensionMismatchError
            A value is missing, or has another dimension than its variable.
        """
        if len(values) > len(self.arguments):
            takes = ", ".join(self.arguments) or "nothing"
            raise TypeError(f"the equation of {self.name} takes {takes}, not {len(values)} values")
        given = dict(zip(self.arguments, values, strict=False)) | named
        return self.compute(given if self.is_frozen else read_values(self.system, given))

    def compute(self, given):
        """The same of a mapping of SI values; what the equation does not use is passed over."""
        missing = [name for name in self.arguments if name not in given]
        if missing:
            names = " and ".join(missing)
            raise UnknownNameError(
                f"the equation of {self.name} needs a value of {names}",
                hint=f"give all of {', '.join(self.arguments)}",
            )
        silent = dict.fromkeys(self.system.noises, 0.0)
        result = evaluate(self.expression, {**self.system.constants, **silent, **given})
        if self.is_frozen or np.ndim(result):
            return result
        return wrap_scalar(result, self.dimension)

    def __repr__(self):
        return f"<right-hand side of {self.name}({', '.join(self.arguments)})>"


def apply_equation(system, name, values):
    """See `Equations.apply`."""
    return RightHandSide(system, name).compute({TIME: 0.0} | read_values(system, values))


def compile_functions(system, is_frozen):
    """See `Equations.compile_functions`."""
    names = [item.name for item in system.differentials + system.statics]
    return {name: RightHandSide(system, name, is_frozen) for name in names}


def find_fixed_point(system, initial):
    """See `Equations.fixedpoint`."""
    given = read_values(system, initial)
    start = dict.fromkeys(system.variables, 0.0) | given
    constants = {name: float(value) for name, value in system.constants.items()}
    is_near = any(item.name in given for item in system.differentials)
    found, has_converged = find_fixed_points(system, constants | start, is_near)
    if not np.all(has_converged):
        warnings.warn(
            "no fixed point was found, so these are the initial values; "
            "start from others, near the resting state",
            RuntimeWarning,
            stacklevel=3,
        )
        found = {}
    is_scalar = all(np.ndim(value) == 0 for value in start.values())
    values = {name: found.get(name, start[name]) for name in system.variables}
    if not is_scalar:
        return values
    return {
        name: wrap_scalar(float(np.squeeze(value)), system.dimension_of(name))
        for name, value in values.items()
    }


def read_values(system, values):
    """SI values of variables, by the variables' own names.

    Parameters
    ----------
    system : EquationSystem
    values : mapping of str to Quantity, number or array_like
        Of state variables, parameters and `t`; plain numbers and arrays are SI values.

    Returns
    -------
    dict of str to float64[...]

    Raises
    ------
    UnknownNameError
        A name is no variable.
    DimensionMismatchError
        A value has another dimension than its variable.
    """
    found = {}
    for name, value in values.items():
        target = system.aliases.get(name, name)
        if target not in system.variables and target != TIME:
            known = [*system.variables, *system.aliases]
            hint = suggest(name, known) or f"the variables are {', '.join(known) or 'none'}"
            raise UnknownNameError(f"the equations have no variable {name}", hint=hint)
        dimension = SECOND if target == TIME else system.dimension_of(target)
        is_plain = not isinstance(value, Quantity)
        found[target] = np.asarray(value, float) if is_plain else to_si(value, dimension, name)
    return found


def _find_right_hand_side(system, name):
    """Expression without static equations, and its dimension."""
    target = system.aliases.get(name, name)
    for item in system.differentials:
        if item.name == target == name:
            return system.inline_statics(item.expression), item.dimension / SECOND
    for item in system.statics:
        if item.name == target:
            return system.inline_statics(item.expression), item.dimension
    dimension = system.dimension_of(name)
    if name in system.aliases:
        return Name(target), dimension
    if name in system.variables:
        return Number(0.0, dimension / SECOND), dimension / SECOND
    known = [*system.variables, *(item.name for item in system.statics), *system.aliases]
    raise UnknownNameError(
        f"the equations define no {name}",
        hint=suggest(name, known) or f"the variables are {', '.join(known) or 'none'}",
    )
