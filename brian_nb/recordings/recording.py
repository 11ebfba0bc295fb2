"""What all recordings share: part of what they hold may still wait in a buffer."""

from contextlib import nullcontext

from brian_nb.recordings.guarded import Guarded


class Recording(Guarded):
    """Something that was recorded; a copy has all data, and no network that goes on with it.

    Attributes
    ----------
    buffer : object or None
        Where the newest records wait: ``pull()`` hands them over, ``drop()`` forgets them.
    record_bytes : int
        Memory that one record takes; 0 where more records take no more memory.
    is_prompt : bool
        Whether it wants its records at the end of each segment, rather than when somebody reads.
    """

    buffer = None
    record_bytes = 0
    is_prompt = False

    def pull(self):
        """Take over what waits in the buffer."""
        if self.buffer is not None:
            self.buffer.pull()

    def drop(self):
        """Forget what waits in the buffer."""
        if self.buffer is not None:
            self.buffer.drop()

    def held(self):
        """Context in which no time loop changes the sums that it makes in place."""
        return nullcontext() if self.buffer is None else self.buffer.lock

    def __getstate__(self):
        self.pull()
        state = super().__getstate__()
        state.pop("buffer", None)
        return state
