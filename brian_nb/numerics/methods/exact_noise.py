"""Exact step of a linear system with additive noise: mean and covariance are those of the process.

Over a step, ``dX = (M X + b) dt + G dW`` adds normal numbers with the covariance
``S = integral of exp(M s) G G' exp(M' s) over the step``. Each variable that noise reaches takes
the sum of as many independent numbers as it has predecessors among these, by a triangular root
of ``S``, which is computed outside the time loop.

Sources: Gillespie 1996, Phys. Rev. E 54:2084 (the update of an Ornstein-Uhlenbeck process);
Van Loan 1978, IEEE Trans. Autom. Control 23:395 (the integral as part of a matrix exponential).
"""

from dataclasses import dataclass, replace

import numpy as np

from brian_nb.equations.expressions import Expression, Name, evaluate, names_in, varies
from brian_nb.numerics.drift import split_drifts
from brian_nb.numerics.exponential import exponentiate
from brian_nb.numerics.methods import exact
from brian_nb.numerics.terms import ZERO, add, is_number, multiply
from brian_nb.numerics.update import Coefficients

NAME = "exact_noise"
ORDER = np.inf


@dataclass(frozen=True)
class NoisySystem:
    """A linear system, the amplitudes of its noises, and the variables that these reach.

    Parameters
    ----------
    linear : LinearSystem
    amplitudes : tuple of tuple of Expression
        One row for each variable, one column for each noise.
    reached : tuple of int
        Positions of variables.
    """

    linear: exact.LinearSystem
    amplitudes: tuple[tuple[Expression, ...], ...]
    reached: tuple[int, ...]


def find_obstacle(system, changing=frozenset()):
    """Say why the noise of a linear system cannot be added exactly; "" where it can.

    Parameters
    ----------
    system : EquationSystem
    changing : set of str
        Parameters that change within a step.
    """
    if exact.is_large(system):
        return "it has too many variables"
    moving = {item.name for item in system.differentials} | {"t"}
    for row in split_drifts(system):
        for _, amplitude in row.noise:
            found = system.inline_statics(amplitude)
            used = sorted(set(names_in(found)) & (moving | changing))
            if used:
                return f"the noise of d{row.variable}/dt depends on {used[0]}"
            if varies(found):
                return f"the noise of d{row.variable}/dt looks values up"
    return ""


def build_update(system, reason):
    """Give the exact step of a linear system with additive noise (see `find_obstacle`)."""
    noisy = _read_noise(system)
    names = [noisy.linear.variables[place] for place in noisy.reached]
    draws = [f"normal {number}" for number in range(len(names))]
    update = exact.build_update(system, reason, with_noise=False)
    if not names:
        return replace(update, method=NAME, noises=())
    added = {
        name: add(*(multiply(Name(_spread_name(name, k)), Name(draws[k])) for k in range(row + 1)))
        for row, name in enumerate(names)
    }
    return replace(
        update,
        method=NAME,
        assignments=tuple(
            (name, add(value, added.get(name, ZERO))) for name, value in update.assignments
        ),
        coefficients=_add_spreads(update.coefficients, noisy, names, system),
        noises=tuple(draws),
    )


def find_covariance(matrix, noise, duration):
    """Covariance of what noise adds to a linear system.

    Parameters
    ----------
    matrix : float64[..., k, k]
        ``M``, 1/second.
    noise : float64[..., k, k]
        ``G G'``.
    duration : float, second

    Returns
    -------
    float64[..., k, k]

    Notes
    -----
    The exponential holds ``exp(-M t)``, which overflows where decays are fast. So the integral is
    taken over a part of the duration and doubled: ``S(2t) = S(t) + exp(M t) S(t) exp(M' t)``.
    """
    size = matrix.shape[-1]
    largest = np.max(np.abs(matrix), initial=0.0) * size * duration
    n_doublings = int(np.ceil(np.log2(largest))) if 1 < largest < np.inf else 0
    block = np.zeros((*matrix.shape[:-2], 2 * size, 2 * size))
    block[..., :size, :size], block[..., :size, size:] = -matrix, noise
    block[..., size:, size:] = np.swapaxes(matrix, -1, -2)
    exponential = exponentiate(block * (duration / 2**n_doublings))
    flow = np.swapaxes(exponential[..., size:, size:], -1, -2)
    found = flow @ exponential[..., :size, size:]
    for _ in range(n_doublings):
        found = found + flow @ found @ np.swapaxes(flow, -1, -2)
        flow = flow @ flow
    return found


def find_root(covariance):
    """Lower triangular ``L`` with ``L L' = S``; `S` may be singular.

    Parameters
    ----------
    covariance : float64[..., k, k]

    Returns
    -------
    float64[..., k, k]
        All NaN where the covariance is not finite.
    """
    if not np.all(np.isfinite(covariance)):
        return np.full_like(covariance, np.nan)
    deviations = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))
    scale = np.where(deviations > 0, deviations, 1.0)  # units may differ by many powers of ten
    scaled = covariance / (scale[..., :, np.newaxis] * scale[..., np.newaxis, :])
    values, vectors = np.linalg.eigh((scaled + np.swapaxes(scaled, -1, -2)) / 2)
    rows = np.sqrt(np.maximum(values, 0.0))[..., np.newaxis] * np.swapaxes(vectors, -1, -2)
    root = np.swapaxes(np.linalg.qr(rows, mode="r"), -1, -2)
    signs = np.where(np.diagonal(root, axis1=-2, axis2=-1) < 0, -1.0, 1.0)
    return scale[..., np.newaxis] * root * signs[..., np.newaxis, :]


def _read_noise(system):
    linear = exact.read_linear(system)
    rows = {item.variable: dict(item.noise) for item in split_drifts(system)}
    amplitudes = tuple(
        tuple(system.inline_statics(rows[name].get(noise, ZERO)) for noise in system.noises)
        for name in linear.variables
    )
    driven = np.array([any(not is_number(item, 0.0) for item in row) for row in amplitudes])
    reached = np.flatnonzero((exact.find_pattern(linear) & driven).any(axis=1))
    return NoisySystem(linear, amplitudes, tuple(reached.tolist()))


def _add_spreads(coefficients, noisy, names, system):
    """The coefficients of the flow together with those of the noise."""
    entries = [item for row in (*noisy.linear.matrix, *noisy.amplitudes) for item in row]
    per_neuron = any(not exact.is_constant(item, system) for item in entries)
    spreads = {
        _spread_name(name, column): (row, column)
        for row, name in enumerate(names)
        for column in range(row + 1)
    }

    def compute(values):
        root = find_root(_find_step_covariance(noisy, values))
        found = {name: root[..., row, column] for name, (row, column) in spreads.items()}
        found |= coefficients.compute(values)
        return dict(zip(found, np.broadcast_arrays(*found.values()), strict=True))

    return Coefficients((*coefficients.names, *spreads), per_neuron, compute)


def _find_step_covariance(noisy, values):
    """Covariance float64[..., r, r] of what a step adds to the variables that noise reaches."""
    matrix = _evaluate(noisy.linear.matrix, values)
    amplitudes = _evaluate(noisy.amplitudes, values)
    noise = amplitudes @ np.swapaxes(amplitudes, -1, -2)
    shape = np.broadcast_shapes(matrix.shape, noise.shape)
    matrix, noise = np.broadcast_to(matrix, shape), np.broadcast_to(noise, shape)
    found = find_covariance(matrix, noise, values["dt"])
    return found[..., noisy.reached, :][..., noisy.reached]


def _evaluate(rows, values):
    """Expressions as an array float64[..., n_rows, n_columns]."""
    entries = [np.asarray(evaluate(item, values), np.float64) for row in rows for item in row]
    stacked = np.stack(np.broadcast_arrays(*entries), axis=-1)
    return stacked.reshape(*stacked.shape[:-1], len(rows), len(rows[0]))


def _spread_name(variable, number):
    return f"spread_{variable}_{number}"
