"""Live runs ended in good order when the interpreter ends."""

import atexit
import weakref

_sessions = weakref.WeakSet()


def stop_at_exit(session):
    """Let a session be stopped before the interpreter takes its modules apart."""
    if not _sessions:
        atexit.unregister(_stop_all)
        atexit.register(_stop_all)
    _sessions.add(session)


def _stop_all():
    for session in list(_sessions):
        session.stop()
