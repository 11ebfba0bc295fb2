"""What object code must be compiled anew for: another processor, or another set of its features."""

import platform
import sys
from pathlib import Path

_LIST = Path("/proc/cpuinfo")
_FIELDS = ("vendor_id", "cpu family", "model", "model name", "stepping", "flags")
_FIRST_BYTES = 16384
"""Enough for the first processor; the list of a large machine takes milliseconds."""


def describe_processor():
    """Text that differs where LLVM would write other code.

    LLVM reads the features from the processor. Linux shows them too, those that it or a virtual
    machine forbids left out, and there is no need to load LLVM for it.

    Returns
    -------
    str
    """
    if sys.platform == "linux" and platform.machine() == "x86_64":
        try:
            with _LIST.open("rb") as file:
                return pick_fields(file.read(_FIRST_BYTES).decode(errors="replace"))
        except (OSError, ValueError):
            pass
    from brian_nb.kernels.load import describe_machine

    return "\n".join(describe_machine())


def pick_fields(text):
    """The lines of the first processor that tell what it can do.

    Raises
    ------
    ValueError
        One of them is missing, or cut off.
    """
    lines = text.partition("\n\n")[0].split("\n")
    fields = dict(map(str.strip, line.split(":", 1)) for line in lines if ":" in line)
    if "\n\n" not in text or not all(name in fields for name in _FIELDS):
        raise ValueError("the list of processors has another form")
    return "\n".join(f"{name}: {fields[name]}" for name in _FIELDS)
