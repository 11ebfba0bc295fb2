"""Python code of one time step, for those who read it or run it on a state of their own.

The code works on `P`, whose `_S` float64[k, n] holds the state variables and parameters as rows,
in the order of the equations, and whose `_dS` has the same shape. It takes the step `dt` and, where
the time enters, `t`, both in seconds; functions are those of NumPy and `scipy.special.exprel`. All
external values are numbers in SI units.
"""

from brian_nb.equations.expressions import (
    Call,
    Choice,
    Logical,
    Number,
    Unary,
    names_in,
    substitute,
    to_source,
)
from brian_nb.equations.walking import rebuild
from brian_nb.numerics.drift import split_drifts
from brian_nb.numerics.methods import exponential_euler


def forward_euler_code(system):
    """Code of one step of the explicit Euler method, ``S += dt*f(S)``, and noise.

    Parameters
    ----------
    system : EquationSystem

    Returns
    -------
    str
    """
    drifts = {item.variable: item for item in split_drifts(system)}
    rows = {name: Number(0.0) for name in system.variables}
    rows |= {name: system.inline_statics(item.drift) for name, item in drifts.items()}
    noise = {
        name: system.inline_statics(item.noise_step())
        for name, item in drifts.items()
        if item.noise
    }
    lines = [f"{_list(system.variables)} = P._S"]
    lines += [f"{_list(f'{name}__tmp' for name in system.variables)} = P._dS"]
    lines += [f"{name}__tmp[:] = {_write(system, row)}" for name, row in rows.items()]
    lines += _draw(system)
    lines += [f"{name}__noise = {_write(system, step)}" for name, step in noise.items()]
    lines += ["P._S += dt*P._dS", *(f"{name} += {name}__noise" for name in noise)]
    return "\n".join(lines) + "\n"


def exponential_euler_code(system):
    """Code of one step of the exponential Euler method (see `numerics.methods`).

    Parameters
    ----------
    system : EquationSystem

    Returns
    -------
    str

    Raises
    ------
    EquationError
        An equation is not linear in its own variable.
    """
    update = exponential_euler.build_update(system, "the code asks for it")
    lines = [f"{_list(system.variables)} = P._S", *_draw(system)]
    lines += [f"{name} = {_write(system, value)}" for name, value in update.temporaries]
    lines += [f"{name}__new = {_write(system, value)}" for name, value in update.assignments]
    lines += [f"{name}[:] = {name}__new" for name, _ in update.assignments]
    return "\n".join(lines) + "\n"


def _list(names):
    """Names to unpack rows into; one name alone needs a comma."""
    names = list(names)
    return ", ".join(names) if len(names) > 1 else f"{names[0]},"


def _draw(system):
    used = set().union(
        *(names_in(system.inline_statics(i.expression)) for i in system.differentials)
    )
    return [f"{name} = randn(len(P))" for name in system.noises if name in used]


def _write(system, expression):
    """An expression as code, external values as numbers."""
    constants = {name: Number(float(value)) for name, value in system.constants.items()}
    return to_source(rebuild(substitute(expression, constants), _for_arrays))


def _for_arrays(item):
    """Conditions in the form that NumPy has for arrays."""
    if isinstance(item, Choice):
        return Call("where", (item.condition, item.yes, item.no))
    if isinstance(item, Logical):
        return Call(f"logical_{item.op}", (item.left, item.right))
    if isinstance(item, Unary) and item.op == "not":
        return Call("logical_not", (item.operand,))
    return item
