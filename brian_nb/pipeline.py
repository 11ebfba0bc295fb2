"""The flow from a network model to a simulation that is ready to run."""

import logging
from dataclasses import dataclass

from brian_nb.codegen import Program, emit_program
from brian_nb.engine import Simulation, find_fixed_integers
from brian_nb.engine.interrupt import do_aside
from brian_nb.kernels import compile_kernel, compile_reference
from brian_nb.model import NetworkModel
from brian_nb.numerics import choose_update

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Build:
    """Every form that a network takes on its way, kept for inspection."""

    model: NetworkModel
    updates: tuple
    program: Program
    kernel: object


def build_network(model, storage, n_threads=1, reference=False):
    """Turn a model into compiled code.

    Parameters
    ----------
    model : NetworkModel
    storage : Storage
        The state of its objects, for sizes that the code may know.
    n_threads : int
        Threads that will share a run.
    reference : bool
        Run the generated source as plain Python instead of compiling it.
    """
    updates = choose_updates(model)  # equations -> step of each population
    program = emit_program(model, updates)  # steps -> readable source of one time loop
    _logger.debug("the time loop has %d lines of source", program.source.count("\n"))
    compile_source = compile_reference if reference else compile_kernel
    fixed = find_fixed_integers(program, storage) if n_threads == 1 else {}
    source = program.source_for(n_threads, fixed)
    kernel = do_aside(lambda: compile_source(source))  # source -> code
    return Build(model, updates, program, kernel)


def choose_updates(model):
    """Choose the integrator of every population."""
    updates = tuple(
        choose_update(population, model.written_variables(index))
        for index, population in enumerate(model.populations)
    )
    for population, update in zip(model.populations, updates, strict=True):
        if update.method:
            _logger.info(
                "%s is integrated by %s: %s", population.name, update.method, update.reason
            )
        else:
            _logger.debug("%s is not integrated: %s", population.name, update.reason)
    return updates


def start_simulation(build, storage, seed, n_threads=1, stage=0):
    """Bind compiled code to the state of its objects."""
    return Simulation(
        build.model, build.updates, build.program, build.kernel, storage, seed, n_threads, stage
    )
