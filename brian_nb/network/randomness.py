"""One seed for everything random: NumPy's generator and the draws inside runs."""

import numpy as np

from brian_nb.equations.expressions import FUNCTIONS, Call, Name
from brian_nb.equations.walking import rebuild, walk


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


def draw_numbers(expression, size):
    """Draw the ``rand()`` and ``randn()`` of an expression from NumPy's global generator.

    Parameters
    ----------
    expression : Expression
    size : int
        Numbers of each draw, one for each neuron.

    Returns
    -------
    Expression
        With a name in the place of each draw.
    dict of str to float64[size]
        The numbers by these names.
    """
    drawn = {}
    if not any(map(_is_draw, walk(expression))):
        return expression, drawn

    def draw(item):
        if not _is_draw(item):
            return item
        name = f"{item.function}() number {len(drawn)}"
        drawn[name] = getattr(np.random, item.function)(size)
        return Name(name)

    return rebuild(expression, draw), drawn


def _is_draw(item):
    return type(item) is Call and not item.external and FUNCTIONS[item.function].is_random
