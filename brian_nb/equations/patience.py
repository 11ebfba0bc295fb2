"""Work that may never come to an end, cut short after a time."""

import ctypes
import threading


class _CutShort(BaseException):
    """Raised in the thread of the work; no `except Exception` catches it."""


def run_for(seconds, work):
    """Do some work in Python code, but not for longer than a time.

    It is done in a thread of its own, in which an exception is raised when the time is over: that
    needs neither a signal nor a process, so it works in notebooks and on every system. Code that is
    not Python's goes on until it returns; nobody waits for it.

    Parameters
    ----------
    seconds : float
    work : callable
        Takes nothing.

    Returns
    -------
    object
        What the work gives; None where it was cut short.

    Raises
    ------
    Exception
        What the work raises.
    """
    results, problems = [], []

    def do_work():
        try:
            results.append(work())
        except _CutShort:
            pass
        except Exception as problem:
            problems.append(problem)

    thread = threading.Thread(target=do_work, name="brian_nb algebra", daemon=True)
    thread.start()
    try:
        thread.join(seconds)
    finally:
        _stop(thread)
    if problems:
        raise problems[0]
    return results[0] if results else None


def _stop(thread):
    """Raise `_CutShort` in a thread until it has ended, for a second at most."""
    for _ in range(20):
        if not thread.is_alive():
            return
        number = ctypes.c_ulong(thread.ident)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(number, ctypes.py_object(_CutShort))
        thread.join(0.05)
