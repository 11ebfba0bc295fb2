"""Machine code in one piece, which runs from wherever it is put in memory.

Loading one takes a copy and the addresses of the few functions that it calls, and no LLVM: its
library alone would take 45 MB of a process, and a sixth of a warm start.
"""

import ctypes
import mmap
import struct
from dataclasses import dataclass

PAGE = 4096
"""Bytes. Pages may be larger, but not smaller."""

_MAGIC = b"brian_nb image\n\0"
_HEAD = struct.Struct("<16sQQ")


@dataclass(frozen=True)
class Image:
    """Code, constants and a table of addresses.

    Parameters
    ----------
    content : bytes
    entry : int
        Where the function begins, in bytes.
    imports : dict of str to int
        Name of a function outside -> where its address is to be written.
    """

    content: bytes
    entry: int
    imports: dict[str, int]

    def to_bytes(self):
        """The form on the disk."""
        names = "".join(f"{name} {offset}\n" for name, offset in self.imports.items()).encode()
        return _HEAD.pack(_MAGIC, self.entry, len(names)) + names + self.content


def is_image(code):
    """Whether bytes were made by `Image.to_bytes`."""
    return code.startswith(_MAGIC)


def read_image(code):
    """What `Image.to_bytes` has written.

    Returns
    -------
    Image
    """
    _, entry, n_bytes = _HEAD.unpack_from(code)
    begin = _HEAD.size + n_bytes
    lines = code[_HEAD.size : begin].decode().splitlines()
    imports = dict(line.split(" ") for line in lines)
    return Image(code[begin:], entry, {name: int(offset) for name, offset in imports.items()})


def load_image(image, addresses):
    """Put an image into memory of its own, which can be run and no longer written.

    That memory is never given back: kernels stay as long as their process, also while it ends and
    threads still run.

    Parameters
    ----------
    image : Image
    addresses : dict of str to int
        Of the functions that the image calls.

    Returns
    -------
    int
        Address of its entry.

    Raises
    ------
    OSError
        The system gives no memory, or does not let it be run.
    """
    content = bytearray(image.content)
    for name, offset in image.imports.items():
        struct.pack_into("<Q", content, offset, addresses[name])
    system = ctypes.CDLL(None, use_errno=True)
    begin = _reserve(system, len(content))
    ctypes.memmove(begin, bytes(content), len(content))
    system.mprotect.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    if system.mprotect(begin, len(content), mmap.PROT_READ | mmap.PROT_EXEC):
        raise OSError(ctypes.get_errno(), "the system does not let a kernel's code be run")
    return begin + image.entry


def _reserve(system, n_bytes):
    """Address of fresh memory that can be written."""
    kinds = (ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long)
    system.mmap.argtypes, system.mmap.restype = kinds, ctypes.c_void_p
    protection, flags = mmap.PROT_READ | mmap.PROT_WRITE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
    begin = system.mmap(None, n_bytes, protection, flags, -1, 0)
    if begin == ctypes.c_void_p(-1).value:
        raise OSError(ctypes.get_errno(), "there is no memory for a kernel's code")
    return begin
