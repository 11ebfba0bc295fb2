"""Changes of many synapses, brought into rows block by block, so that intermediates stay small."""

from itertools import pairwise

import numpy as np

from brian_nb.engine.rows import Pairs, Rows, apply_at_once, are_apart, stack_rows

SYNAPSES_AT_ONCE = 1 << 20
"""Synapses of a block: keys, orders and flags of a pair take some 100 bytes."""


def apply_changes(present, changes, n_target):
    """Bring changes into rows; see `rows.apply_at_once`, which this gives the result of."""
    if not len(present.targets) and are_apart(changes):
        return stack_rows(present, sorted(changes, key=lambda rows: rows.first))
    bounds = _find_bounds(present, changes)
    if len(bounds) <= 2:
        return apply_at_once(present, changes, n_target)
    blocks = []
    for first, last in pairwise(bounds):
        own = [part for item in changes if (part := _cut(item, first, last)) is not None]
        rows = _cut(present, first, last)
        changed = apply_at_once(rows, own, n_target) if own else rows
        blocks.append(Rows(first, changed.starts, changed.targets, changed.weights, changed.delays))
    filled = [block for block in blocks if len(block.targets)]
    return stack_rows(present, filled or blocks[:1])


def _find_bounds(present, changes):
    """Sources at which blocks begin, and the end of the last one."""
    counts = np.diff(present.starts)
    for item in changes:
        if isinstance(item, Rows):
            counts[item.first : item.first + item.n_rows] += np.diff(item.starts)
        else:
            counts += np.bincount(item.pre, minlength=len(counts))
    ends = np.cumsum(counts)
    n_blocks = int(ends[-1]) // SYNAPSES_AT_ONCE + 1 if len(ends) else 1
    inner = np.searchsorted(ends, np.arange(1, n_blocks) * SYNAPSES_AT_ONCE, side="right")
    return np.unique([0, *inner, present.n_rows]).tolist()


def _cut(change, first, last):
    """The part of a change of the sources ``first .. last - 1``, counted from `first`, or None."""
    return (_cut_rows if isinstance(change, Rows) else _cut_pairs)(change, first, last)


def _cut_rows(rows, first, last):
    low = min(max(first - rows.first, 0), rows.n_rows)
    high = min(max(last - rows.first, 0), rows.n_rows)
    if low == high:
        return None
    own = slice(int(rows.starts[low]), int(rows.starts[high]))
    return Rows(
        rows.first + low - first,
        rows.starts[low : high + 1] - rows.starts[low],
        rows.targets[own],
        _select(rows.weights, own),
        _select(rows.delays, own),
    )


def _cut_pairs(pairs, first, last):
    own = np.flatnonzero((pairs.pre >= first) & (pairs.pre < last))
    if not len(own):
        return None
    values = _select(pairs.weights, own), _select(pairs.delays, own)
    return Pairs(pairs.pre[own] - first, pairs.post[own], *values, pairs.removed)


def _select(values, own):
    return values if values is None or np.ndim(values) == 0 else values[own]
