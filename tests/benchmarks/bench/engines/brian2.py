"""Brian 2 as a runtime and as C++ as a whole, in an environment with the older NumPy it needs."""

from bench.engines.engine import Engine, find_programs
from bench.engines.environment import Environment
from bench.places import HERE

PROGRAMS = find_programs(HERE / "brian2_scripts", ".py")
LOOP_PROGRAMS = {name: path for name, path in PROGRAMS.items() if "run_timed" in path.read_text()}
ENVIRONMENT = Environment("brian2", "Brian 2", HERE / "requirements-brian2.txt")


def prepare(names):
    """Give the commands, after making the environment if it does not exist yet."""
    python = ENVIRONMENT.make_python()
    return {name: [str(python), str(PROGRAMS[name])] for name in names}


def prepare_standalone(names):
    return {name: ["env", "BENCH_STANDALONE=1", *words] for name, words in prepare(names).items()}


BRIAN2 = Engine("brian2", "Brian 2, Cython", PROGRAMS, prepare, ("CYTHON_CACHE_DIR",))
STANDALONE = Engine(
    "standalone", "Brian 2, standalone", LOOP_PROGRAMS, prepare_standalone, rounds=2, warm_up=False
)
