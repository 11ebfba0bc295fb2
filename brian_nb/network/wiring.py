"""Which pairs of neurons are connected: regular and random choices, as compressed rows."""

import random
from contextlib import contextmanager

import numpy as np

from brian_nb.engine import Rows
from brian_nb.kernels import allocate

MAX_SHARE = 0.5
"""Beyond this share of the sources it is quicker to draw those that are left out."""
LEAST_SEARCHED = 1 / 3
"""From this probability on, NumPy searches for the next success instead of computing where."""
MOST_DRAWS = 1 << 18
"""Random numbers held at a time; those of all synapses would take six times the memory of these."""


def make_full_rows(n_source, n_target):
    """All pairs."""
    targets = allocate(n_source * n_target, np.uint32, zeroed=False)
    targets.reshape(n_source, n_target)[:] = np.arange(n_target)
    return Rows(0, np.arange(n_source + 1) * n_target, targets)


def make_equal_rows(n):
    """Pairs of equal numbers."""
    return Rows(0, np.arange(n + 1), np.arange(n, dtype=np.uint32))


def draw_rows(n_source, n_target, probability, generator):
    """Every pair with a probability, by the distances between successes.

    Parameters
    ----------
    n_source, n_target : int
    probability : float
    generator : numpy.random.Generator

    Returns
    -------
    Rows
    """
    counts, n = np.zeros(n_source, np.int64), 0
    targets = allocate(_expect(n_source * n_target, probability), np.uint32, zeroed=False)
    for places in _draw_places(n_source * n_target, probability, generator):
        pre, post = np.divmod(places, n_target)
        first, last = pre[0], pre[-1]
        counts[first : last + 1] += np.bincount(pre - first)
        if n + len(post) > len(targets):
            longer = allocate(len(targets) + MOST_DRAWS, np.uint32, zeroed=False)
            longer[:n] = targets[:n]
            targets = longer
        targets[n : n + len(post)] = post
        n += len(post)
    return Rows(0, np.concatenate(([0], np.cumsum(counts))), targets[:n])


def draw_fixed_rows(n_source, n_target, probability, generator):
    """The same number of sources for every target, ``round(probability*n_source)``, all different.

    Returns
    -------
    Rows
    """
    n_each = round(probability * n_source)
    columns = allocate((n_target, n_each), np.uint32, zeroed=False)
    n_at_once = max(1, MOST_DRAWS // max(1, n_each))
    for first in range(0, n_target, n_at_once):
        own = columns[first : first + n_at_once]
        own[:] = _draw_sources(n_source, len(own), n_each, generator)
    return _transpose(columns, n_source, n_at_once)


def rows_of_matrix(matrix):
    """The entries of a matrix that are not zero; of a sparse one, all that are stored.

    Parameters
    ----------
    matrix : array_like or sparse matrix [n_source, n_target]

    Returns
    -------
    Rows
        With the entries as weights.
    """
    if hasattr(matrix, "tocsr"):
        rows = matrix.tocsr(copy=True)
        rows.sum_duplicates()
        return Rows(
            0, rows.indptr.astype(np.int64), rows.indices.astype(np.uint32), rows.data * 1.0
        )
    dense = np.asarray(matrix, np.float64)
    pre, targets = np.nonzero(dense)
    starts = np.searchsorted(pre, np.arange(len(dense) + 1))
    return Rows(0, starts, targets.astype(np.uint32), dense[pre, targets])


@contextmanager
def seeded(seed):
    """Within the block all random numbers come from a seed of their own; None changes nothing."""
    if seed is None:
        yield
        return
    states = np.random.get_state(), random.getstate()
    np.random.seed(seed)
    random.seed(seed)
    try:
        yield
    finally:
        np.random.set_state(states[0])
        random.setstate(states[1])


def _draw_places(n_pairs, probability, generator):
    """Numbers of the pairs chosen, ascending, piece by piece."""
    last = -1
    while probability > 0 and last < n_pairs - 1:
        expected = (n_pairs - 1 - last) * probability
        n_draws = min(MOST_DRAWS, int(expected + 5 * np.sqrt(expected) + 16))
        places = last + np.cumsum(_draw_distances(n_draws, probability, generator, n_pairs))
        last = int(places[-1])
        n_found = np.searchsorted(places, n_pairs)
        if n_found:
            yield places[:n_found]


def _expect(n_pairs, probability):
    """Room for the successes among so many pairs, which is almost never too small."""
    expected = n_pairs * probability
    return int(expected + 6 * np.sqrt(expected) + 16)


def _draw_distances(n_draws, probability, generator, n_pairs):
    """Distances from one success to the next, int64[n_draws]; what is beyond all pairs is cut off.

    The same numbers as those of `Generator.geometric`, which computes the logarithm anew for each.
    """
    if probability >= LEAST_SEARCHED:
        return generator.geometric(probability, n_draws)
    distances = generator.standard_exponential(n_draws)
    distances /= -np.log1p(-probability)
    np.minimum(distances, n_pairs + 1, out=distances)
    return np.ceil(distances, out=distances).astype(np.int64)


def _draw_sources(n_source, n_target, n_each, generator):
    """Distinct sources of some targets, ascending for each, int64[n_target, n_each]."""
    if n_each <= MAX_SHARE * n_source:
        keys = _draw_columns(n_source, n_target, n_each, generator)
    else:
        left_out = _draw_columns(n_source, n_target, n_source - n_each, generator)
        chosen = np.ones((n_target, n_source), bool)
        chosen.ravel()[left_out] = False
        keys = np.flatnonzero(chosen)
    return (keys % n_source).reshape(n_target, n_each)


def _transpose(columns, n_source, n_at_once):
    """Rows from the sources of each target, uint32[n_target, n_each], some targets at a time."""
    n_target, n_each = columns.shape
    pieces = [slice(first, first + n_at_once) for first in range(0, n_target, n_at_once)]
    counts = np.zeros(n_source, np.int64)
    for piece in pieces:
        counts += np.bincount(columns[piece].ravel(), minlength=n_source)
    starts = np.concatenate(([0], np.cumsum(counts)))
    targets, ends = allocate(n_target * n_each, np.uint32, zeroed=False), starts[:-1].copy()
    for piece in pieces:
        post = np.arange(n_target)[piece]
        keys = np.sort((columns[piece] * np.int64(n_target) + post[:, np.newaxis]).ravel())
        pre, post = np.divmod(keys, n_target)
        found = np.bincount(pre, minlength=n_source)
        targets[(ends - np.cumsum(found) + found)[pre] + np.arange(len(pre))] = post
        ends += found
    return Rows(0, starts, targets)


def _draw_columns(n_source, n_target, n_each, generator):
    """Distinct sources for each target, as ascending ``post*n_source + pre``.

    What was drawn twice is drawn again. No source is treated differently from another one, so all
    sets of sources are equally likely.
    """
    bounds = np.arange(n_target + 1) * n_source
    keys = np.empty(0, np.int64)
    while len(keys) < n_target * n_each:
        missing = n_each - np.diff(np.searchsorted(keys, bounds))
        post = np.repeat(np.arange(n_target), missing)
        drawn = np.sort(post * n_source + generator.integers(n_source, size=len(post)))
        places = np.searchsorted(keys, drawn)
        is_new = np.append(True, drawn[1:] != drawn[:-1])
        is_new &= np.append(keys, -1)[places] != drawn
        keys = np.insert(keys, places[is_new], drawn[is_new])
    return keys
