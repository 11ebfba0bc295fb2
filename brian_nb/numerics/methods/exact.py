"""Exact step of a linear system ``dX/dt = M X + b``, with Euler-Maruyama noise.

The matrix exponential of ``[[M, 1], [0, 0]] * dt`` holds both ``A = exp(M dt)`` and
``F = integral of exp(M s) over the step``, so that ``X <- A X + F b`` is right for any ``M``,
singular ones included. ``A`` and ``F`` are computed outside the time loop; a neuron has its own
where parameters that differ between neurons enter ``M``.

Source: Rotter & Diesmann 1999, Biol. Cybern. 81:381, section 3.
"""

from dataclasses import dataclass

import numpy as np

from brian_nb.equations.affine import decompose_affine
from brian_nb.equations.expressions import Expression, Name, evaluate, names_in, varies
from brian_nb.numerics.drift import needed_statics, split_drifts
from brian_nb.numerics.exponential import exponentiate
from brian_nb.numerics.methods.exact_matrix import assign_outputs, make_product
from brian_nb.numerics.terms import ZERO, add, is_number, multiply
from brian_nb.numerics.update import Coefficients, StepUpdate

NAME = "linear"
ORDER = np.inf

MAX_TERMS = 256
"""Entries of the matrix up to which each becomes a term of the source."""


@dataclass(frozen=True)
class LinearSystem:
    """The matrix and the vector of ``dX/dt = M X + b``, as expressions."""

    variables: tuple[str, ...]
    matrix: tuple[tuple[Expression, ...], ...]
    drive: tuple[Expression, ...]


def find_obstacle(system, changing=frozenset()):
    """Say why a system cannot be stepped exactly; "" where it can.

    Parameters
    ----------
    system : EquationSystem
    changing : set of str
        Parameters that change within a step, so that no matrix can be prepared from them.
    """
    for item in system.differentials:
        affine = decompose_affine(system.inline_statics(item.expression), _unknowns(system))
        if affine is None:
            return f"d{item.name}/dt is not linear in the state variables"
        if "t" in names_in(affine.rest):
            return f"d{item.name}/dt depends on the time t"
        obstacle = _coefficient_obstacle(system, item, affine, changing)
        if obstacle:
            return obstacle
    return ""


def build_update(system, reason, with_noise=True):
    """Give the exact step of a linear system (see `find_obstacle` for what counts as one).

    Parameters
    ----------
    system : EquationSystem
    reason : str
    with_noise : bool
        Whether to add the noise of Euler-Maruyama.
    """
    linear = read_linear(system)
    pattern = find_pattern(linear)
    constant = [is_constant(term, system) for term in linear.drive]
    noise = {
        item.variable: item.noise_step() if with_noise else ZERO for item in split_drifts(system)
    }
    if pattern.sum() > MAX_TERMS:
        return _build_product(system, linear, noise, reason)
    coefficients = _coefficients(system, linear, pattern, constant)
    assignments = tuple(
        (variable, add(_flow(linear, pattern, constant, row), noise[variable]))
        for row, variable in enumerate(linear.variables)
    )
    return StepUpdate(
        method=NAME,
        reason=reason,
        temporaries=needed_statics(system, list(noise.values())),
        assignments=assignments,
        coefficients=coefficients,
    )


def _build_product(system, linear, noise, reason):
    product, coefficients = make_product(linear, _differs(linear, system), _exponentiate)
    return StepUpdate(
        method=NAME,
        reason=reason,
        temporaries=needed_statics(system, [*product.inputs, *noise.values()]),
        assignments=assign_outputs(linear, noise),
        coefficients=coefficients,
        product=product,
    )


def _differs(linear, system):
    """Whether the matrix is not the same for all neurons."""
    entries = (entry for row in linear.matrix for entry in row if entry != ZERO)
    return not all(is_constant(entry, system) for entry in entries)


def _unknowns(system):
    return [item.name for item in system.differentials] + list(system.noises)


def _coefficient_obstacle(system, item, affine, changing):
    for name, coefficient in affine.coefficients.items():
        if name in system.noises:
            continue
        used = set(names_in(coefficient))
        if varies(coefficient):
            return f"a coefficient of d{item.name}/dt looks values up"
        if "t" in used:
            return f"a coefficient of d{item.name}/dt depends on the time t"
        if used & changing:
            name = sorted(used & changing)[0]
            return f"spikes or resets change {name}, a coefficient of d{item.name}/dt"
    return ""


def is_large(system):
    """Whether the step of a linear system is a product of a matrix instead of single terms."""
    return find_pattern(read_linear(system)).sum() > MAX_TERMS


def read_linear(system):
    """The matrix and the vector of a linear system, a `LinearSystem`."""
    variables = tuple(item.name for item in system.differentials)
    rows, drive = [], []
    for item in split_drifts(system):
        affine = decompose_affine(system.inline_statics(item.drift), variables)
        rows.append(tuple(affine.coefficients.get(name, ZERO) for name in variables))
        drive.append(affine.rest)
    return LinearSystem(variables, tuple(rows), tuple(drive))


def find_pattern(linear):
    """Which variables each variable depends on after a finite time: the pattern of exp(M dt).

    Returns
    -------
    bool[k, k]
    """
    size = len(linear.variables)
    pattern = np.eye(size, dtype=bool)
    for row, column in np.ndindex(size, size):
        pattern[row, column] |= not is_number(linear.matrix[row][column], 0.0)
    for middle in range(size):
        pattern |= pattern[:, [middle]] & pattern[[middle], :]
    return pattern


def is_constant(expression, system):
    """Whether an expression has the same value for all neurons and at all times."""
    return not varies(expression) and not any(
        name in system.variables for name in names_in(expression)
    )


def _flow(linear, pattern, constant, row):
    """Right-hand side of one row of ``A X + F b``."""
    names = linear.variables
    terms = [
        multiply(Name(_flow_name(names[row], names[column])), Name(names[column]))
        for column in np.flatnonzero(pattern[row])
    ]
    terms += [
        multiply(Name(_drive_name(names[row], names[column])), linear.drive[column])
        for column in np.flatnonzero(pattern[row])
        if not constant[column]
    ]
    if _has_offset(linear, pattern, constant, row):
        terms.append(Name(_offset_name(names[row])))
    return add(*terms)


def _has_offset(linear, pattern, constant, row):
    return any(
        constant[column] and not is_number(linear.drive[column], 0.0)
        for column in np.flatnonzero(pattern[row])
    )


def _coefficients(system, linear, pattern, constant):
    names = linear.variables
    entries = [(row, column) for row, column in np.ndindex(pattern.shape) if pattern[row, column]]
    flows = {_flow_name(names[r], names[c]): (r, c) for r, c in entries}
    drives = {_drive_name(names[r], names[c]): (r, c) for r, c in entries if not constant[c]}
    offsets = {
        _offset_name(names[row]): row
        for row in range(len(names))
        if _has_offset(linear, pattern, constant, row)
    }

    def compute(values):
        flow, drive = _exponentiate(linear, values)
        offset = _offset(linear, constant, drive, values)
        return (
            {name: flow[..., r, c] for name, (r, c) in flows.items()}
            | {name: drive[..., r, c] for name, (r, c) in drives.items()}
            | {name: offset[..., row] for name, row in offsets.items()}
        )

    return Coefficients((*flows, *drives, *offsets), _differs(linear, system), compute)


def _exponentiate(linear, values):
    """Flow ``A`` and drive ``F`` of one step, each float64[..., k, k]."""
    size = len(linear.variables)
    entries = [evaluate(entry, values) for row in linear.matrix for entry in row]
    matrix = np.stack(np.broadcast_arrays(*map(np.asarray, entries)), axis=-1)
    augmented = np.zeros((*matrix.shape[:-1], 2 * size, 2 * size))
    augmented[..., :size, :size] = matrix.reshape(*matrix.shape[:-1], size, size)
    augmented[..., :size, size:] = np.eye(size)
    exponential = exponentiate(augmented * values["dt"])
    return exponential[..., :size, :size], exponential[..., :size, size:]


def _offset(linear, constant, drive, values):
    """Contribution float64[..., k] of those drives that are the same for all neurons."""
    vector = np.array(
        [
            evaluate(term, values) if is_constant else 0.0
            for term, is_constant in zip(linear.drive, constant, strict=True)
        ]
    )
    return drive @ vector


def _flow_name(row, column):
    return f"flow_{row}_{column}"


def _drive_name(row, column):
    return f"drive_{row}_{column}"


def _offset_name(row):
    return f"offset_{row}"
