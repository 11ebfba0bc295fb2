"""NEST with its own neuron models, in an environment of its own; one thread, as the others."""

from bench.engines.engine import Engine, find_programs
from bench.engines.environment import Environment
from bench.places import HERE

PROGRAMS = find_programs(HERE / "nest_scripts", ".py")
ENVIRONMENT = Environment("nest", "NEST", HERE / "requirements-nest.txt")


def prepare(names):
    """Give the commands, after making the environment if it does not exist yet."""
    python = ENVIRONMENT.make_python()
    return {name: [str(python), str(PROGRAMS[name])] for name in names}


NEST = Engine("nest", "NEST", PROGRAMS, prepare, rounds=2, warm_up=False)
