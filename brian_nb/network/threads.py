"""How many threads share a run, where the user has not said it."""

import os
from pathlib import Path

NEURONS_PER_THREAD = 131_072
"""With twice as many neurons, two threads are 1.7 times as fast as one if each has a processor to
itself, and about as fast on a busy machine. There a step takes at least 30 us more, as both wait at
each meeting: smaller networks would lose much, to gain little elsewhere
(`tests/benchmarks/scaling.py threads`)."""
MOST_THREADS = 8
"""Each thread looks at all spikes, so that many of them would do the same work again and again."""
_QUOTA = Path("/sys/fs/cgroup/cpu.max")


def choose_threads(n_neurons):
    """Threads for a network of so many neurons: one for each 131,072, as processors allow.

    It depends on nothing else, and results depend on no number of threads.

    Parameters
    ----------
    n_neurons : int

    Returns
    -------
    int
    """
    return max(1, min(n_neurons // NEURONS_PER_THREAD, count_processors(), MOST_THREADS))


def count_processors():
    """Processors that this process may use, which its container may limit."""
    if hasattr(os, "sched_getaffinity"):
        n_processors = len(os.sched_getaffinity(0))
    else:
        n_processors = os.cpu_count() or 1
    return max(1, min(n_processors, _read_quota(n_processors)))


def _read_quota(n_processors):
    """Processors that Linux grants to the container, rounded down; all where it has no limit."""
    try:
        quota, period = _QUOTA.read_text().split()
        return n_processors if quota == "max" else int(quota) // int(period)
    except (OSError, ValueError):
        return n_processors
