"""A directory of object code is kept below a size: what was not used for longest goes first."""

import contextlib
import os
import time

MOST_BYTES = 256 * 2**20
"""Room for some ten thousand kernels."""

_SHARE_LEFT = 0.75
"""Of `MOST_BYTES`, once something goes: so it is not for each new file that all are looked at."""

_ABANDONED_AFTER = 3600.0
"""Seconds. A file that is being filled for longer belongs to a process that was killed."""

_MARKED_AFTER = 86400.0
"""Seconds. How exact the time of the last use is; a mark for each use would be a write for each."""


def mark_used(path):
    """Note in the time of a file that it is in use; where that is forbidden, it is not."""
    with contextlib.suppress(OSError):
        if time.time() - path.stat().st_mtime > _MARKED_AFTER:
            os.utime(path)


def prune(directory, suffix, filling):
    """Remove what is too much, if anything is.

    Other processes may use the directory, and prune it, at the same time: who has opened a file
    reads it to its end, who finds none compiles.

    Parameters
    ----------
    directory : pathlib.Path
    suffix : str
        Of files that are complete.
    filling : str
        Begins the names of files that are not.
    """
    kept, now = [], time.time()
    for entry in _list_entries(directory):
        with contextlib.suppress(OSError):
            status = entry.stat()
            if entry.name.startswith(filling) and now - status.st_mtime > _ABANDONED_AFTER:
                os.unlink(entry.path)
            elif entry.name.endswith(suffix):
                kept.append((status.st_mtime, status.st_size, entry.path))
    _remove_oldest(kept)


def _list_entries(directory):
    try:
        with os.scandir(directory) as entries:
            return list(entries)
    except OSError:
        return []


def _remove_oldest(files):
    """Remove files, given as time, size and path, until the rest is small enough."""
    total = sum(size for _, size, _ in files)
    if total <= MOST_BYTES:
        return
    for _, size, path in sorted(files):
        if total <= _SHARE_LEFT * MOST_BYTES:
            return
        with contextlib.suppress(OSError):
            os.unlink(path)
        total -= size
