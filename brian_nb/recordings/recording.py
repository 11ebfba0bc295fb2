"""What all recordings share: part of what they hold may still wait in a buffer."""


class Recording:
    """Something that was recorded.

    Attributes
    ----------
    buffer : object or None
        Where the newest records wait: ``pull()`` hands them over, ``drop()`` forgets them.
    """

    buffer = None

    def pull(self):
        """Take over what waits in the buffer."""
        if self.buffer is not None:
            self.buffer.pull()

    def drop(self):
        """Forget what waits in the buffer."""
        if self.buffer is not None:
            self.buffer.drop()
