"""brian_nb, with scripts as a user writes them; once more with the names imported one by one."""

import sys

from bench.engines.engine import Engine, find_programs
from bench.places import HERE

FOLDER = HERE / "brian_nb_scripts"
PROGRAMS = find_programs(FOLDER, ".py")
EXPLICIT_PROGRAMS = find_programs(FOLDER / "explicit", ".py")
CACHE_VARIABLES = ("BRIAN_NB_CACHE", "NUMBA_CACHE_DIR", "XDG_CACHE_HOME")


def prepare(names):
    return {name: [sys.executable, str(PROGRAMS[name])] for name in names}


def prepare_explicit(names):
    return {name: [sys.executable, str(EXPLICIT_PROGRAMS[name])] for name in names}


OURS = Engine("brian_nb", "brian_nb", PROGRAMS, prepare, CACHE_VARIABLES)
OURS_EXPLICIT = Engine(
    "brian_nb_explicit",
    "brian_nb, names imported one by one",
    EXPLICIT_PROGRAMS,
    prepare_explicit,
    CACHE_VARIABLES,
)
