"""Code of a kernel -> a function that ctypes can call.

LLVM is imported only for object code that `elf` cannot lay out: on other
systems and processors than Linux on x86-64.
"""

import ctypes
import itertools
import os
import threading

from brian_nb.kernels.image import is_image, load_image, read_image

ENTRY = "brian_nb_advance"
"""The symbol that a kernel's object code exports."""

ENTRY_TYPE = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64)
"""``int64 advance(table, thread, n_threads)``; ctypes releases the GIL around the call."""

YIELD = "brian_nb_yield"
"""The symbol that object code may import: lets another thread run."""

CODE_MODEL = "jitdefault" if os.name == "nt" else "small"
"""How object code reaches its constants. Where they lie within 2 GB, an instruction names its
constant; where they may lie anywhere, another one has to load the address first (COBAHH: a tenth
more instructions). `elf`, and LLVM's linker for ELF and Mach-O, lay code and constants together."""

OUTSIDE = ("acos", "asin", "atan", "fmod", "memcpy", "memmove", "memset")
"""Functions of the C library that object code may call, besides."""

_lock = threading.Lock()
_numbers = itertools.count()
_linker = None


class LoadedCode:
    """Machine code in memory; it lives as long as this object.

    Parameters
    ----------
    address : int
        Of a function of type `ENTRY_TYPE`.
    owner : object
        Keeps the memory of the code; None where nothing frees it.
    """

    def __init__(self, address, owner):
        self.call = ENTRY_TYPE(address)
        self._owner = owner


def link_kernel(code):
    """Bring a kernel's object code into the form that is kept and loaded.

    Parameters
    ----------
    code : bytes
        As `compile.emit_object` made it, for this CPU.

    Returns
    -------
    bytes
        An image; or the object code itself, if it cannot be made into one or calls other functions
        than these.
    """
    from brian_nb.kernels.elf import link_object  # not needed by a warm start

    image = link_object(code, ENTRY)
    return image.to_bytes() if image and set(image.imports) <= {YIELD, *OUTSIDE} else code


def load_kernel(code):
    """Bring a kernel into this process.

    Parameters
    ----------
    code : bytes
        From `link_kernel`.

    Returns
    -------
    LoadedCode

    Raises
    ------
    RuntimeError
        The linker refuses the code.
    OSError
        There is no memory for the code, or the system does not let it be run.
    """
    if is_image(code):
        image = read_image(code)
        addresses = {name: _find_address(name) for name in image.imports}
        return LoadedCode(load_image(image, addresses), None)
    owner = load_object(code, [ENTRY])
    return LoadedCode(owner[ENTRY], owner)


def load_object(code, exports):
    """Link object code into this process.

    Parameters
    ----------
    code : bytes
    exports : sequence of str
        Symbols whose addresses are wanted.

    Returns
    -------
    llvmlite.binding.ResourceTracker
        Symbol -> address; the code lives as long as this object.
    """
    from llvmlite import binding

    library = binding.JITLibraryBuilder().add_object_img(code).add_current_process()
    library.import_symbol(YIELD, _find_yield())
    for symbol in exports:
        library.export_symbol(symbol)
    with _lock:
        return library.link(_get_linker(), f"kernel_{next(_numbers)}")


def describe_machine():
    """Name, CPU and features of this machine: what object code depends on.

    LLVM keeps to half of the 512-bit registers on Intel's processors, since the first of them
    slowed down under full use. Those with AVX-512 VBMI2 (Ice Lake and later) do not: on them
    the update of COBAHH takes 0.7 times as long with whole registers.

    Returns
    -------
    tuple of str
        Triple, CPU name, features.
    """
    from llvmlite import binding

    features = binding.get_host_cpu_features()
    text = features.flatten()
    if features.get("avx512vbmi2"):
        text += ",-prefer-256-bit"
    return binding.get_process_triple(), binding.get_host_cpu_name(), text


def count_register_lanes():
    """How many float64 a vector register of this CPU holds, of those that are worth using.

    Returns
    -------
    int
    """
    _, _, features = describe_machine()
    found = features.split(",")
    if "-prefer-256-bit" in found:
        return 8
    return 4 if "+avx" in found else 2


def make_target_machine():
    """LLVM's description of this CPU, for a just-in-time compiler.

    Returns
    -------
    llvmlite.binding.TargetMachine
    """
    from llvmlite import binding

    from brian_nb.kernels.flags import LLVM_OPTIMISATION

    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    # without it the `pause` of the barrier ends the process
    binding.initialize_native_asmparser()
    triple, cpu, features = describe_machine()
    return binding.Target.from_triple(triple).create_target_machine(
        cpu=cpu,
        features=features,
        opt=LLVM_OPTIMISATION,
        reloc="pic",
        jit=True,
        codemodel=CODE_MODEL,
    )


def _get_linker():
    global _linker
    from llvmlite import binding

    if _linker is None:
        _linker = binding.create_lljit_compiler(make_target_machine())
    return _linker


def _find_address(name):
    """Address of one of the functions that object code may call."""
    if name == YIELD:
        return _find_yield()
    return ctypes.cast(getattr(ctypes.CDLL(None), name), ctypes.c_void_p).value


def _find_yield():
    """Address of the system's function that gives the processor to another thread."""
    try:
        function = ctypes.CDLL(None).sched_yield
    except (TypeError, OSError, AttributeError):
        function = ctypes.WinDLL("kernel32").SwitchToThread
    return ctypes.cast(function, ctypes.c_void_p).value
