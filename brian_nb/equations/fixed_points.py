"""Where nothing changes any more: the zeros of the right-hand sides of a model."""

import numpy as np

from brian_nb.equations.derivatives import differentiate
from brian_nb.equations.expressions import evaluate
from brian_nb.equations.nodes import Number

ACCURACY = 1e-9
"""Last step of the search, relative to the size of a variable or of its largest step."""

ROUNDING = 1e-6
"""Drift that counts as zero, relative to the terms that it is the sum of."""

MAX_STEPS = 400
_GROWTH = (1.2, 4.0)
"""How much the time step of `_follow` grows after a good step."""
_SHRINK, _WORST = 0.25, 10.0
"""What it shrinks to after a bad one, which makes the drift that many times larger."""


def find_fixed_points(system, values, is_near=True):
    """Find a fixed point for each neuron.

    Parameters
    ----------
    system : EquationSystem
    values : mapping of str to float or float64[n]
        Of the constants, the parameters, the time, and where to start for the other variables.
        Noise counts as 0.
    is_near : bool
        Whether to look for the fixed point next to the start, be it stable or not, before the one
        that a neuron left alone would reach. In the other order if False.

    Returns
    -------
    dict of str to float64[n]
        Values of the variables of differential equations.
    bool[n]
        For which neurons a fixed point was found; the values of others mean nothing.

    Source
    ------
    Kelley & Keyes 1998, SIAM J. Numer. Anal. 35:508 (pseudo-transient continuation), for the
    second search; the first is Newton's method.
    """
    names = [item.name for item in system.differentials]
    values = {**values, **dict.fromkeys(system.noises, 0.0)}
    values.setdefault("t", 0.0)
    arrays = np.broadcast_arrays(*(np.atleast_1d(np.float64(item)) for item in values.values()))
    values = dict(zip(values, arrays, strict=True))
    size = arrays[0].size
    if not names:
        return {}, np.ones(size, dtype=bool)
    field = _Field(system, names, values)
    start = np.stack([values[name] for name in names], axis=-1)
    searches = [_descend, _follow] if is_near else [_follow, _descend]
    found, has_converged = start.copy(), np.zeros(size, dtype=bool)
    for search in searches:
        if not has_converged.all():
            with np.errstate(all="ignore"):
                point, is_found = search(field, start)
            fresh = is_found & ~has_converged
            found[fresh], has_converged = point[fresh], has_converged | is_found
    return dict(zip(names, found.T, strict=True)), has_converged


class _Field:
    """The right-hand sides and their derivatives, for all neurons at once."""

    def __init__(self, system, names, values):
        self.names, self.values = names, values
        self.drifts = [system.inline_statics(item.expression) for item in system.differentials]
        self.slopes = [[differentiate(drift, name) for name in names] for drift in self.drifts]

    def __call__(self, point):
        """Drift float64[n, k] at points float64[n, k]."""
        return np.stack([self._evaluate(drift, point) for drift in self.drifts], axis=-1)

    def jacobian(self, point):
        """Derivatives float64[n, k, k] of drift i by variable j."""
        rows = [[self._evaluate(slope, point) for slope in row] for row in self.slopes]
        return np.moveaxis(np.array(rows), -1, 0)

    def _evaluate(self, expression, point):
        if isinstance(expression, Number):
            return np.full(len(point), expression.value)
        state = dict(zip(self.names, point.T, strict=True))
        return np.broadcast_to(evaluate(expression, self.values | state), len(point))


def _descend(field, start):
    """Newton's method: points float64[n, k], and which of them are zeros."""
    point, largest = start.copy(), np.zeros_like(start)
    done = np.zeros(len(start), dtype=bool)
    for _ in range(MAX_STEPS):
        drift, slopes = field(point), field.jacobian(point)
        step = np.where(done[:, None], 0.0, _solve(slopes, -drift))
        largest = np.fmax(largest, np.abs(step))
        done |= _has_arrived(point, step, drift, slopes, largest)
        point = point + step
        if np.all(done | ~np.isfinite(point).all(axis=-1)):
            break
    return point, done


def _follow(field, start):
    """Implicit Euler steps that grow as the drift gets less: the way of a neuron left alone."""
    point, largest = start.copy(), np.zeros_like(start)
    done = np.zeros(len(start), dtype=bool)
    drift, slopes = field(point), field.jacobian(point)
    scale, dt = np.abs(drift), 1.0 / _fastest_rate(slopes)
    for _ in range(MAX_STEPS):
        step = _solve(np.eye(len(field.names)) / dt[:, None, None] - slopes, drift)
        step = np.where(done[:, None], 0.0, step)
        trial = field(point + step)
        scale = np.fmax(scale, np.abs(trial))
        before, after = _size(drift, scale), _size(trial, scale)
        is_good = np.isfinite(trial).all(axis=-1) & (after <= _WORST * before)
        growth = np.clip(before / np.maximum(after, np.finfo(float).tiny), *_GROWTH)
        dt = dt * np.where(is_good, growth, _SHRINK)
        largest = np.where(is_good[:, None], np.fmax(largest, np.abs(step)), largest)
        done |= is_good & _has_arrived(point, step, drift, slopes, largest)
        point = np.where(is_good[:, None], point + step, point)
        drift, slopes = field(point), field.jacobian(point)
        if done.all():
            break
    return point, done


def _has_arrived(point, step, drift, slopes, largest):
    """Whether the next step changes nothing, and the drift is zero as far as can be told."""
    size = np.fmax(np.abs(point), largest)
    is_small = np.abs(step) <= ACCURACY * size
    is_zero = np.abs(drift) <= ROUNDING * np.einsum("nij,nj->ni", np.abs(slopes), size)
    return (is_small & is_zero).all(axis=-1)


def _fastest_rate(slopes):
    """Rate float64[n] of the variable that changes fastest, all others held."""
    rate = np.abs(np.diagonal(slopes, axis1=-2, axis2=-1)).max(axis=-1)
    return np.where((rate > 0) & np.isfinite(rate), rate, 1.0)


def _size(drift, scale):
    """Largest drift of each neuron, relative to the largest that its variable has had."""
    return np.nan_to_num(np.abs(drift) / np.where(scale > 0, scale, 1.0), nan=np.inf).max(axis=-1)


def _solve(matrices, vectors):
    """Solutions float64[n, k]; of equations that have many or none, the shortest best one."""
    usable = np.isfinite(matrices).all(axis=(-2, -1)) & np.isfinite(vectors).all(axis=-1)
    result = np.full_like(vectors, np.nan)
    matrices, vectors = matrices[usable], vectors[usable]
    try:
        result[usable] = np.linalg.solve(matrices, vectors[..., None])[..., 0]
    except np.linalg.LinAlgError:
        rows = _balance(np.abs(matrices).max(axis=-1))
        columns = _balance(np.abs(matrices / rows[..., None]).max(axis=-2))
        balanced = matrices / rows[..., None] / columns[:, None, :]
        inverse = np.linalg.pinv(balanced)
        result[usable] = (inverse @ (vectors / rows)[..., None])[..., 0] / columns
    return result


def _balance(sizes):
    return np.where(sizes > 0, sizes, 1.0)
