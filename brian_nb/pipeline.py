"""The flow from a network model to a simulation that is ready to run."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from brian_nb.codegen import Program, emit_program
from brian_nb.engine import Simulation, find_fixed_integers
from brian_nb.kernels import compile_kernel, compile_reference
from brian_nb.model import NetworkModel
from brian_nb.numerics import choose_update

_logger = logging.getLogger(__name__)


@dataclass
class Build:
    """Every form that a network takes on its way, kept for inspection."""

    model: NetworkModel
    updates: tuple
    program: Program
    n_threads: int
    compile_source: Callable
    fixed: dict | None = None
    kernel: object = None

    def fit_kernel(self, storage):
        """Compile for what the code may know of a state, unless that was done before."""
        fixed = find_fixed_integers(self.program, storage) if self.n_threads == 1 else {}
        if fixed != self.fixed:
            source = self.program.source_for(self.n_threads, fixed)
            self.fixed, self.kernel = fixed, self.compile_source(source)
        return self.kernel


def build_network(model, storage, n_threads=1, reference=False):
    """Turn a model into compiled code.

    Parameters
    ----------
    model : NetworkModel
    storage : Storage
        The state of its objects, for sizes that the code may know.
    n_threads : int
        Threads that will share a run, as far as there are neurons for them.
    reference : bool
        Run the generated source as plain Python instead of compiling it.
    """
    updates = choose_updates(model)  # equations -> step of each population
    program = emit_program(model, updates)  # steps -> readable source of one time loop
    _logger.debug("the time loop has %d lines of source", program.source.count("\n"))
    compile_source = compile_reference if reference else compile_kernel
    n_useful = min(n_threads, max((item.size for item in storage.populations), default=1))
    build = Build(model, updates, program, n_useful, compile_source)
    build.fit_kernel(storage)  # source -> code
    return build


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


def start_simulation(build, storage, seed, stage=0):
    """Bind compiled code to the state of its objects."""
    parts = build.model, build.updates, build.program, build.fit_kernel
    return Simulation(*parts, storage, seed, build.n_threads, stage)
