"""A description of the machine and its tools that names no host, user or path."""

import os
import platform
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version


def describe_machine(environments):
    """Pairs of a label and a value, for a table.

    Parameters
    ----------
    environments : sequence of bench.engines.environment.Environment
        Simulators with packages of their own.
    """
    return [
        ("processor", _read_field("/proc/cpuinfo", "model name") or platform.machine()),
        ("vector units", _vector_units()),
        ("processors usable", str(len(os.sched_getaffinity(0)))),
        ("memory", _memory()),
        ("system", f"{platform.system()} {platform.machine()}"),
        ("Python", platform.python_version()),
        ("NumPy, Numba, llvmlite", ", ".join(map(_version, ("numpy", "numba", "llvmlite")))),
        ("compiler", _compiler()),
        *((item.title, item.version) for item in environments),
    ]


def describe_load():
    """Processes that wanted to run during the last minute, before the first measurement."""
    return f"{os.getloadavg()[0]:.1f}"


def _read_field(path, name):
    with open(path) as lines:
        for line in lines:
            key, _, value = line.partition(":")
            if key.strip() == name:
                return value.strip()
    return ""


def _vector_units():
    flags = _read_field("/proc/cpuinfo", "flags").split()
    return ", ".join(flag for flag in ("avx512f", "avx512dq", "avx2", "fma") if flag in flags)


def _memory():
    kilobytes = int(_read_field("/proc/meminfo", "MemTotal").split()[0])
    return f"{kilobytes / 2**20:.0f} GiB"


def _version(package):
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def _compiler():
    if shutil.which("g++") is None:
        return "none"
    said = subprocess.run(["g++", "--version"], capture_output=True, text=True).stdout
    return said.splitlines()[0]
