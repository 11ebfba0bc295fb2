"""Generated source -> a kernel: read by `frontend`, optimised by LLVM, loaded as object code."""

import logging
import os
import threading
from time import perf_counter

from brian_nb.kernels.cache import find_directory, find_object, make_key, store_object
from brian_nb.kernels.kernel import Kernel
from brian_nb.kernels.load import (
    ENTRY,
    count_register_lanes,
    link_kernel,
    load_kernel,
    make_target_machine,
)
from brian_nb.kernels.naming import rename

_logger = logging.getLogger(__name__)
_lock = threading.RLock()
_loaded = {}
if hasattr(os, "register_at_fork"):  # else a child would find the lock taken for ever
    os.register_at_fork(
        before=_lock.acquire, after_in_parent=_lock.release, after_in_child=_lock.release
    )


def compile_kernel(source):
    """Make generated source runnable.

    Parameters
    ----------
    source : str
        Defines ``advance(A, thread, n_threads)`` that returns an int64 status.

    Returns
    -------
    Kernel
        The same one for texts that differ in names and comments only: from this process, the
        disk or the compiler. Threads may call this at once: one compiles, the others wait; from
        the disk nobody waits.
    """
    renamed = rename(source)
    if renamed in _loaded:
        _logger.info("the kernel is one that this process has already")
    else:
        _make_kernel(renamed)
    return _loaded[renamed]


def _make_kernel(source):
    begin, key = perf_counter(), make_key(source)
    code = find_object(key)
    if code is None:
        _compile_once(source, key)
    else:
        _loaded.setdefault(source, Kernel(source, load_kernel(code)))
    how = "compiled" if code is None else "found on the disk"
    _logger.info("a kernel was %s in %.3f s", how, perf_counter() - begin)
    _logger.debug("its object code is %s in %s", key, find_directory())


def emit_object(source):
    """Object code of a kernel for this CPU; it exports `load.ENTRY`.

    Returns
    -------
    bytes
    """
    with _lock:
        machine = make_target_machine()
        return machine.emit_object(_optimise(source, machine))


def emit_assembly(source):
    """Assembly of a kernel for this CPU, to see whether its loops became vector instructions.

    Returns
    -------
    str
    """
    with _lock:
        machine = make_target_machine()
        return machine.emit_assembly(_optimise(source, machine))


def _compile_once(source, key):
    with _lock:
        if source not in _loaded:
            _loaded[source] = Kernel(source, _compile_and_store(source, key))


def _compile_and_store(source, key):
    code = link_kernel(emit_object(source))
    store_object(key, code)
    return load_kernel(code)


def _optimise(source, machine):
    from llvmlite import binding

    from brian_nb.kernels.flags import LLVM_OPTIMISATION
    from brian_nb.kernels.frontend import lower_source

    module = binding.parse_assembly(lower_source(source, ENTRY, count_register_lanes()))
    module.triple, module.data_layout = machine.triple, str(machine.target_data)
    options = binding.create_pipeline_tuning_options(speed_level=LLVM_OPTIMISATION)
    options.loop_vectorization = True
    options.slp_vectorization = False  # packs formulas of one neuron, which then wait for shuffles
    builder = binding.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)
    return module
