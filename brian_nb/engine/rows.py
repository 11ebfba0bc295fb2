"""Changes of synapses, collected and then brought into compressed rows at once."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from brian_nb.kernels import allocate


@dataclass(frozen=True)
class Rows:
    """Synapses of consecutive sources, row by row.

    Parameters
    ----------
    first : int
        Source of the first row.
    starts : int64[n_rows + 1]
        Where each row begins among the synapses.
    targets : uint32[n_synapses]
        Ascending in each row.
    weights : float or float64[n_synapses]
    delays : None, float or float64[n_synapses], second
        None where the connection has no delay for each synapse, or none is said.
    """

    first: int
    starts: np.ndarray
    targets: np.ndarray
    weights: object = 0.0
    delays: object = None

    @property
    def n_rows(self):
        return len(self.starts) - 1

    def to_pairs(self):
        """The same synapses as pairs, in ascending order."""
        sources = np.arange(self.first, self.first + self.n_rows)
        pre = np.repeat(sources, np.diff(self.starts))
        return Pairs(pre, self.targets, self.weights, self.delays)


@dataclass(frozen=True)
class Pairs:
    """One change of some synapses.

    Parameters
    ----------
    pre, post : int[n]
        A pair that stands here twice gets what is said last.
    weights : None, float or float64[n]
        Makes synapses where there are none; None leaves weights as they are and makes none.
    delays : None, float or float64[n], second
        None leaves delays as they are; new synapses have none then.
    removed : bool
        Whether the synapses are taken away.
    """

    pre: np.ndarray
    post: np.ndarray
    weights: object = None
    delays: object = None
    removed: bool = False


@dataclass(frozen=True)
class _Wishes:
    """What becomes of pairs, each of them once.

    Parameters
    ----------
    key : int64[n]
        ``pre*n_target + post``, ascending.
    weights : None, float or float64[n]
    sets_weight : bool[n]
    delays : float64[n]
    sets_delay : bool[n]
    removed : bool[n]
        Whether what was there before is taken away first.
    """

    key: np.ndarray
    weights: object
    sets_weight: np.ndarray
    delays: np.ndarray
    sets_delay: np.ndarray
    removed: np.ndarray


def find_places(starts, targets, pre, post):
    """Where pairs stand in compressed rows, by a binary search in all their rows at once.

    Parameters
    ----------
    starts : int64[n_source + 1]
    targets : uint32[n_synapses]
    pre, post : int[n]

    Returns
    -------
    places : int64[n]
        Where the pair is, or where it would have to be put in.
    found : bool[n]
    """
    low, end = starts[pre], starts[np.add(pre, 1)]
    high = end.copy()
    while np.any(low < high):
        middle = (low + high) // 2
        open_ = low < high
        is_less = open_ & (targets[np.minimum(middle, len(targets) - 1)] < post)
        low = np.where(is_less, middle + 1, low)
        high = np.where(open_ & ~is_less, middle, high)
    found = low < end
    found[found] = targets[low[found]] == np.asarray(post)[found]
    return low, found


def apply_at_once(present, changes, n_target):
    """Bring changes into rows.

    Parameters
    ----------
    present : Rows
        All rows of a group.
    changes : list of Rows or Pairs
        In the order in which they were made.
    n_target : int

    Returns
    -------
    Rows
        `delays` is an array where `present` has one. The arrays of `present` stay as they are.
    """
    wishes = _join([_as_pairs(change) for change in changes], n_target)
    pre, post = np.divmod(wishes.key, n_target)
    places, found = find_places(present.starts, present.targets, pre, post)
    gone = found & wishes.removed & ~wishes.sets_weight
    new = ~found & wishes.sets_weight
    edit = _Edit(places, gone, new, found & ~gone)
    weights = _find_shared(present, wishes)
    if weights is None:
        weights = _fill(present.weights, len(present.targets))
        weights = edit.apply(weights, wishes.weights, wishes.sets_weight)
    delays = present.delays
    if delays is not None:
        delays = edit.apply(delays, wishes.delays, wishes.sets_delay | wishes.removed)
    targets = edit.apply(present.targets, post, np.zeros_like(new))
    counts = np.bincount(pre[new], minlength=present.n_rows)
    counts -= np.bincount(pre[gone], minlength=len(counts))
    starts = present.starts + np.concatenate([[0], np.cumsum(counts)])
    return Rows(0, starts, targets, weights, delays)


@dataclass(frozen=True)
class _Edit:
    """Where elements of rows are changed, taken out and put in.

    Parameters
    ----------
    places : int64[n]
        As `find_places` gives them.
    gone, new, stays : bool[n]
        No pair is two of them.
    """

    places: np.ndarray
    gone: np.ndarray
    new: np.ndarray
    stays: np.ndarray

    def apply(self, values, given, changed):
        """Values of all synapses afterwards; `changed` bool[n] says where new ones are given."""
        given = np.broadcast_to(0.0 if given is None else given, self.places.shape)
        changed = self.stays & changed
        gone, new = self.places[self.gone], self.places[self.new]
        if changed.any():
            values = values.copy()
            values[self.places[changed]] = given[changed]
        if len(gone):
            values = np.delete(values, gone)
        if len(new):
            values = np.insert(values, new - np.searchsorted(gone, new), given[self.new])
        return values


def _as_pairs(change):
    return change.to_pairs() if isinstance(change, Rows) else change


def are_apart(changes):
    """Whether changes are rows of different sources, so that nothing has to be sorted."""
    if not all(isinstance(item, Rows) for item in changes):
        return False
    ends = sorted((item.first, item.first + item.n_rows) for item in changes)
    return all(end <= first for (_, end), (first, _) in pairwise(ends))


def stack_rows(present, blocks):
    """Rows of different sources, by ascending sources, under each other."""
    counts = np.zeros(present.n_rows, np.int64)
    for block in blocks:
        counts[block.first : block.first + block.n_rows] = np.diff(block.starts)
    sizes = [len(block.targets) for block in blocks]
    weights = _join_values([block.weights for block in blocks], sizes)
    delays = None
    if present.delays is not None:
        delays = [0.0 if block.delays is None else block.delays for block in blocks]
        delays = _fill(_join_values(delays, sizes), sum(sizes))
    targets = _join_arrays([block.targets for block in blocks])
    return Rows(0, np.concatenate([[0], np.cumsum(counts)]), targets, weights, delays)


def _join_arrays(arrays):
    """Arrays one after the other, where compiled code can use them; one alone is not copied."""
    if len(arrays) == 1:
        return arrays[0]
    joined = allocate(sum(map(len, arrays)), np.result_type(*arrays), zeroed=False)
    return np.concatenate(arrays, out=joined)


def _join_values(values, sizes):
    """Values of several changes one after the other; a number where all have the same."""
    if all(np.ndim(value) == 0 for value in values) and len(set(map(float, values))) == 1:
        return float(values[0])
    return _join_arrays(
        [np.broadcast_to(value, size) for value, size in zip(values, sizes, strict=True)]
    )


def _find_shared(present, wishes):
    """The weight that all synapses share after the changes; None where they differ."""
    known = [present.weights] if len(present.targets) else []
    known += [] if wishes.weights is None else [wishes.weights]
    if any(np.ndim(weight) for weight in known) or len(set(map(float, known))) > 1:
        return None
    return float(known[0]) if known else 0.0


def _join(changes, n_target):
    """The last word on each pair."""
    keys = [np.multiply(item.pre, n_target, dtype=np.int64) + item.post for item in changes]
    key = np.concatenate(keys)
    order = None
    if not np.all(key[1:] > key[:-1]):
        order = np.argsort(key, kind="stable")
        key = key[order]
    first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])[: len(key)])
    flags = [
        _spread(changes, order, lambda item: item.removed),
        _spread(changes, order, lambda item: item.weights is not None),
        _spread(changes, order, lambda item: item.delays is not None),
    ]
    last_removal, last_weight, last_delay = (_find_last(flag, first) for flag in flags)
    sets_weight, sets_delay = last_weight > last_removal, last_delay > last_removal
    sizes = [len(item.pre) for item in changes]
    weights = _pick([item.weights for item in changes], sizes, order, last_weight)
    delays = _pick([item.delays for item in changes], sizes, order, last_delay)
    return _Wishes(
        key[first],
        weights,
        sets_weight,
        np.where(sets_delay, 0.0 if delays is None else delays, 0.0),
        sets_delay,
        last_removal >= 0,
    )


def _spread(changes, order, read):
    """A fact of each change, for each of its pairs in the order of the keys; bool[n]."""
    facts = np.repeat([bool(read(item)) for item in changes], [len(item.pre) for item in changes])
    return facts if order is None else facts[order]


def _find_last(flag, first):
    """Where a flag stands last in each of the stretches that begin at `first`; -1 for nowhere."""
    if not len(first):
        return np.empty(0, np.int64)
    return np.maximum.reduceat(np.where(flag, np.arange(len(flag)), -1), first)


def _pick(values, sizes, order, places):
    """Values of chosen pairs; a number where all changes have the same, None where none has any."""
    said = [value for value in values if value is not None]
    if not said:
        return None
    if all(np.ndim(value) == 0 for value in said) and len(set(map(float, said))) == 1:
        return float(said[0])
    full = _join_values([np.nan if value is None else value for value in values], sizes)
    return (full if order is None else full[order])[places]


def _fill(values, n):
    """A fresh array float64[n] of one or of n values."""
    return np.array(np.broadcast_to(values, n), np.float64)
