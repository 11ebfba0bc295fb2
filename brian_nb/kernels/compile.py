"""Generated source -> a kernel: text, typed by Numba, optimised by LLVM, loaded as object code.

Numba is only the front end (Python text to LLVM's intermediate form). The optimiser and the
code generator are called through llvmlite, so that a fresh kernel and one from the disk take
the same way through `load`.
"""

import itertools
import logging
import threading
import warnings
from time import perf_counter

from brian_nb.kernels.cache import find_directory, find_object, make_key, store_object
from brian_nb.kernels.kernel import Kernel
from brian_nb.kernels.load import (
    ENTRY,
    LoadedCode,
    link_kernel,
    load_kernel,
    load_object,
    make_target_machine,
)
from brian_nb.kernels.naming import rename
from brian_nb.kernels.source import define_advance

_logger = logging.getLogger(__name__)
_lock = threading.RLock()
_loaded = {}
_vocabulary = {}


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


def warm_compiler():
    """Import Numba and let it fill its tables, so that the first kernel need not wait for that.

    Does nothing but take time: half a second, a third of what a first kernel takes. A kernel of
    more statements would not prepare more.
    """
    emit_object("def advance(A, thread, n_threads):\n    return A[0] * 0 + thread\n")


def emit_object(source):
    """Object code of a kernel for this CPU; it exports `load.ENTRY`.

    Returns
    -------
    bytes
    """
    with _lock:
        machine = make_target_machine()
        return machine.emit_object(_optimise(_lower(source), machine))


def emit_assembly(source):
    """Assembly of a kernel for this CPU, to see whether its loops became vector instructions.

    Returns
    -------
    str
    """
    with _lock:
        machine = make_target_machine()
        return machine.emit_assembly(_optimise(_lower(source), machine))


def _compile_once(source, key):
    with _lock:
        if source not in _loaded:
            _loaded[source] = Kernel(source, _compile_and_store(source, key))


def _compile_and_store(source, key):
    try:
        code = link_kernel(emit_object(source))
    except (AttributeError, ImportError, TypeError) as problem:
        return _compile_plainly(source, problem)
    store_object(key, code)
    return load_kernel(code)


def _lower(source):
    """Python text to an LLVM module that is not optimised yet and exports only the entry.

    Uses parts of Numba that are not its public face; see `_compile_plainly`.
    """
    from llvmlite import binding
    from numba.core import compiler, registry

    from brian_nb.kernels.flags import NUMBA_OPTIONS
    from brian_nb.kernels.library import emit_library

    target = registry.cpu_target
    flags = compiler.Flags()
    target.options.parse_as_flags(flags, dict(NUMBA_OPTIONS))
    flags.no_cpython_wrapper = flags.no_cfunc_wrapper = flags.no_compile = True
    flags.no_rewrites = True  # they look for array expressions, which kernels do not have
    function, signature = _define(source)
    compiled = compiler.compile_extra(
        *(target.typing_context, target.target_context, function),
        *(signature.args, signature.return_type, flags, {}),
    )
    module = compiled.library._final_module
    for library in compiled.library._linking_libraries:
        module.link_in(library._get_module_for_linking(), preserve=True)
    name = compiled.fndesc.llvm_func_name
    for text in (_entry_text(name), emit_library(_find_library_names(module))):
        module.link_in(binding.parse_assembly(text))
    _hide_all_but_entry(module)
    return module


def _compile_plainly(source, problem):
    """Compile by Numba's public `cfunc`: slower kernels, nothing on the disk, but they run.

    Raises
    ------
    Exception
        What Numba says of the source, if it was not Numba that changed.
    """
    import numba
    from llvmlite import binding

    from brian_nb.kernels.flags import NUMBA_OPTIONS
    from brian_nb.kernels.library import FUNCTIONS, PREFIX, emit_library

    symbols = [PREFIX + name for name in FUNCTIONS]
    machine = make_target_machine()
    module = _optimise(binding.parse_assembly(emit_library(FUNCTIONS)), machine)
    library = load_object(machine.emit_object(module), symbols)
    for symbol in symbols:
        binding.add_symbol(symbol, library[symbol])
    function, signature = _define(source)
    compiled = numba.cfunc(signature, **NUMBA_OPTIONS)(function)
    warnings.warn(
        f"this Numba is unknown ({problem}): kernels are slower and not kept on disk",
        stacklevel=5,
    )
    return LoadedCode(compiled.address, (compiled, library))


def _define(source):
    """The Python function of a source, and its Numba signature."""
    from numba import types

    from brian_nb.kernels.pointers import TABLE
    from brian_nb.kernels.vocabulary import build_vocabulary

    if not _vocabulary:
        _vocabulary.update(build_vocabulary())
    signature = types.int64(TABLE, types.int64, types.int64)
    return define_advance(source, _vocabulary), signature


def _entry_text(name):
    """LLVM text of the C function around Numba's: result and exception go through pointers.

    No name of the vocabulary raises, so the code of a failure is not looked at.
    """
    return f"""
declare i32 @"{name}"(ptr, ptr, ptr, i64, i64)
define i64 @{ENTRY}(ptr %table, i64 %thread, i64 %n_threads) {{
  %result = alloca i64
  %exception = alloca ptr
  call i32 @"{name}"(ptr %result, ptr %exception, ptr %table, i64 %thread, i64 %n_threads)
  %status = load i64, ptr %result
  ret i64 %status
}}
"""


def _find_library_names(module):
    """Names of the vocabulary that a module calls and does not define."""
    from brian_nb.kernels.library import PREFIX

    names = (item.name for item in module.functions if item.is_declaration)
    return [name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX)]


def _hide_all_but_entry(module):
    for symbol in itertools.chain(module.functions, module.global_variables):
        if not symbol.is_declaration and symbol.name != ENTRY:
            symbol.linkage = "internal"


def _optimise(module, machine):
    from llvmlite import binding

    from brian_nb.kernels.flags import LLVM_OPTIMISATION

    module.triple, module.data_layout = machine.triple, str(machine.target_data)
    options = binding.create_pipeline_tuning_options(speed_level=LLVM_OPTIMISATION)
    options.loop_vectorization = options.slp_vectorization = True
    builder = binding.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)
    return module
