"""What all recordings share: part of what they hold may still wait in a buffer."""

from brian_nb.engine.copying import Remade


class Recording(Remade):
    """Something that was recorded.

    Attributes
    ----------
    buffer : object or None
        Where the newest records wait: ``pull()`` hands them over, ``drop()`` forgets them.
    record_bytes : int
        Memory that one record takes; 0 where more records take no more memory.
    """

    buffer = None
    record_bytes = 0

    def __getstate__(self):
        self.pull()
        return super().__getstate__() | {"buffer": None}

    def pull(self):
        """Take over what waits in the buffer."""
        if self.buffer is not None:
            self.buffer.pull()

    def drop(self):
        """Forget what waits in the buffer."""
        if self.buffer is not None:
            self.buffer.drop()
