"""What a thread does by itself, told apart from what a user does at the same time."""

from contextlib import contextmanager
from threading import get_ident


class ThreadMark:
    """The threads that are within a part of the code just now.

    A cell and a live run may be there at the same time; each is asked about itself alone.
    """

    def __init__(self):
        self._threads = set()

    @contextmanager
    def __call__(self):
        """Context of the part; a thread does not enter it twice."""
        self._threads.add(get_ident())
        try:
            yield
        finally:
            self._threads.discard(get_ident())

    @property
    def is_here(self):
        """Whether the thread that asks is within it."""
        return get_ident() in self._threads
