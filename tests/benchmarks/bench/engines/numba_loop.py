"""Hand-written Numba: what a user gets who writes the loop in Python himself."""

import sys

from bench.engines.engine import Engine, find_programs
from bench.places import HERE

PROGRAMS = find_programs(HERE / "numba_loop", ".py")


def prepare(names):
    return {name: [sys.executable, str(PROGRAMS[name])] for name in names}


NUMBA_LOOP = Engine("numba", "Numba by hand", PROGRAMS, prepare, ("NUMBA_CACHE_DIR",))
