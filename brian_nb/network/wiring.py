"""Synapses under construction: blocks of pairs that become compressed rows."""

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Wiring:
    """Synapses of one connection, added block by block.

    Parameters
    ----------
    n_source, n_target : int
        Sizes of the two groups.
    """

    n_source: int
    n_target: int
    _blocks: list = field(default_factory=list)

    def add(self, pre, post, weight):
        """Add synapses.

        Parameters
        ----------
        pre, post : int[n]
            Numbers within the two groups; a pair that is there already gets the new weight.
        weight : float or float64[n]
        """
        self._blocks.append((np.asarray(pre, np.int64), np.asarray(post, np.int64), weight))

    def set_all(self, weight):
        """Give all synapses the same weight."""
        self._blocks = [(pre, post, weight) for pre, post, _ in self._blocks]

    def set_weights(self, weights):
        """Give the synapses that the last `compress` gave other weights, in the same order."""
        pre, post, _ = self._blocks[0]
        self._blocks = [(pre, post, weights[: len(pre)].copy()), *self._blocks[1:]]

    def compress(self):
        """Join all blocks.

        Returns
        -------
        rows : int64[n_source + 1]
        targets : int64[n_synapses]
            Ascending in each row.
        weights : float or float64[n_synapses]
            One number where all blocks had the same.
        """
        keys = [pre * self.n_target + post for pre, post, _ in self._blocks]
        key = np.concatenate([np.empty(0, np.int64), *keys])
        weights = self._join_weights(keys)
        ascending = bool(np.all(key[1:] > key[:-1]))
        if not ascending:
            key, last = _last_of_each(key)
            weights = weights if np.ndim(weights) == 0 else weights[last]
        pre, targets = np.divmod(key, self.n_target)
        rows = np.searchsorted(pre, np.arange(self.n_source + 1))
        self._blocks = [(pre, targets, weights)]
        return rows, targets, weights

    def _join_weights(self, keys):
        weights = [weight for _, _, weight in self._blocks]
        if all(np.ndim(weight) == 0 for weight in weights) and len(set(map(float, weights))) <= 1:
            return float(weights[0]) if weights else 0.0
        full = [
            np.broadcast_to(weight, key.shape) for weight, key in zip(weights, keys, strict=True)
        ]
        return np.concatenate(full)


def _last_of_each(key):
    """Sorted distinct keys, and where each one stands last."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    is_last = np.append(ordered[1:] != ordered[:-1], True)
    return ordered[is_last], order[is_last]


def draw_pairs(n_source, n_target, probability, generator):
    """Every pair with a probability, by the distances between successes.

    Returns
    -------
    pre, post : int64[n]
        In ascending order of pre, then post.
    """
    n_pairs = n_source * n_target
    if probability <= 0 or n_pairs == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    found = []
    last = -1
    while last < n_pairs:
        expected = (n_pairs - 1 - last) * probability
        n_draws = int(expected + 5 * np.sqrt(expected) + 16)
        places = last + np.cumsum(generator.geometric(probability, n_draws))
        found.append(places)
        last = int(places[-1])
    places = np.concatenate(found)
    return np.divmod(places[places < n_pairs], n_target)


def draw_fixed_pairs(n_source, n_target, probability, generator):
    """The same number of sources for every target, drawn without repetition.

    Returns
    -------
    pre, post : int64[n_target * round(probability * n_source)]
    """
    n_each = round(probability * n_source)
    pre = [generator.choice(n_source, n_each, replace=False) for _ in range(n_target)]
    post = np.repeat(np.arange(n_target), n_each)
    return np.concatenate([np.empty(0, np.int64), *pre]), post
