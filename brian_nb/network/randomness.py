"""One seed for everything random: NumPy's generator and the draws inside runs."""

import numpy as np


def seed(number=None):
    """Seed all randomness: `rand()` and its like, random connections, and noise inside runs.

    Parameters
    ----------
    number : int, optional
        The same number gives the same network and the same spikes; None takes fresh entropy.
    """
    np.random.seed(number)


def draw_seed():
    """A 63-bit seed taken from NumPy's global generator, so that `numpy.random.seed` governs it."""
    return int(np.random.randint(0, 2**63 - 1, dtype=np.int64))


def draw_generator(number=None):
    """A generator of its own, from a number or from NumPy's global generator."""
    return np.random.default_rng(draw_seed() if number is None else number)
