"""What the log is told of a run: what takes part, when it begins, and what it took."""

import logging
from contextlib import contextmanager, nullcontext
from time import perf_counter

from brian_nb.units import ALL_UNITS

_logger = logging.getLogger(__name__)
_SECOND = ALL_UNITS["second"]
_SILENT = nullcontext()


def note_run(network, simulation, n_steps):
    """Context of a run; it costs less than a microsecond where nobody asked for its messages.

    Parameters
    ----------
    network : Network
    simulation : Simulation
    n_steps : int
    """
    if not _logger.isEnabledFor(logging.INFO):
        return _SILENT
    return _tell_of_run(len(network), simulation, n_steps)


def note_objects(network):
    """Tell what takes part, and what of it Python does at every step."""
    for item in (*network.groups, *network.monitors):
        for part in item.python_parts:
            _logger.info("%s of %s runs in Python at every step", part, item.describe())
    if _logger.isEnabledFor(logging.DEBUG):
        for item in network.objects:
            _logger.debug("%s takes part: %r", item.label or type(item).__name__, item)


@contextmanager
def _tell_of_run(n_neurons, simulation, n_steps):
    timebase, begin = simulation.timebase, perf_counter()
    first = timebase.step
    _logger.info(
        "a run begins at t = %s: %d steps of %s, %d neurons, threads: %d",
        *(_write(timebase.t), n_steps, _write(timebase.dt), n_neurons, simulation.n_threads),
    )
    outcome = "breaks off"
    try:
        yield
        outcome = "ends"
    finally:
        _logger.info(
            "the run %s at t = %s, after %d steps in %.3f s",
            *(outcome, _write(timebase.t), timebase.step - first, perf_counter() - begin),
        )
        _logger.debug("a segment has about %d steps now", simulation.pace.steps)


def _write(seconds):
    return repr(seconds * _SECOND)
