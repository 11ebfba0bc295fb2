"""Object code on disk: what one process compiled, the next one only loads.

A file is named by everything its content depends on: the source, this package's own text, the
version of llvmlite, and the CPU. It begins with a digest of the rest, so that a file
cut short or damaged is compiled anew instead of being run. Files are filled under another name
and moved into place: two processes may compile the same kernel at once, and either file is
right. A directory that cannot be written costs the time of the compiler, nothing else. Above a
size that `pruning` sets, files go that were not used for longest.
"""

import contextlib
import functools
import hashlib
import importlib.util
import os
import sys
import threading
import time
from pathlib import Path

from brian_nb.kernels.pruning import mark_used, prune

VARIABLE = "BRIAN_NB_CACHE"
"""Environment variable with the directory of the cache."""

_DIGEST_BYTES = 32
_SUFFIX, _FILLING = ".o", ".filling-"


def make_key(source):
    """Name of the object code of a source on this machine with these versions.

    Parameters
    ----------
    source : str

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    return _digest(_describe_compiler().encode() + b"\0" + source.encode()).hex()


def find_object(key):
    """Read object code from the disk.

    Returns
    -------
    bytes or None
        None if there is no file of that name, or a damaged one.
    """
    path = _path_of(key)
    try:
        content = path.read_bytes()
    except OSError:
        return None
    digest, code = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
    if _digest(code) != digest:
        return None
    mark_used(path)
    return code


def store_object(key, code):
    """Write object code to the disk, in one move; a failure of the disk is no failure here.

    The first time in a process it is also seen to that the directory does not grow too large.

    Parameters
    ----------
    key : str
        From `make_key`.
    code : bytes
    """
    path = _path_of(key)
    unique = f"{os.getpid()}-{threading.get_ident()}-{time.monotonic_ns()}"
    filling = path.with_name(_FILLING + unique)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with filling.open("xb") as file:
            file.write(_digest(code) + code)
        os.replace(filling, path)
    except OSError:
        with contextlib.suppress(OSError):
            filling.unlink()
        return
    _prune_once(path.parent)


def find_directory():
    """Directory of the cache: ``$BRIAN_NB_CACHE``, else the platform's place for caches.

    Returns
    -------
    pathlib.Path
        It need not exist.
    """
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "~/AppData/Local")
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(os.path.expanduser(base)) / "brian_nb" / "kernels"


def _path_of(key):
    return find_directory() / f"{key}{_SUFFIX}"


@functools.cache
def _prune_once(directory):
    """Keep a directory small; once in a process is enough."""
    prune(directory, _SUFFIX, _FILLING)


def _digest(content):
    return hashlib.sha256(content).digest()


@functools.cache
def _describe_compiler():
    """Everything besides the source that object code depends on."""
    from brian_nb.kernels.processor import describe_processor

    own_text = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.py")))
    parts = (own_text, _read_version("llvmlite"))
    return "\n".join([describe_processor(), sys.version, *(_digest(part).hex() for part in parts)])


def _read_version(package):
    """The file in which a package keeps its version, without importing the package.

    `importlib.metadata` would take 24 ms of a warm start.
    """
    spec = importlib.util.find_spec(package)
    return (Path(spec.origin).parent / "_version.py").read_bytes() if spec else b""
