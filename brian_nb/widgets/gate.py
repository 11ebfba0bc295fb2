"""When the page may be sent another frame: not too often, and not before it took the last ones."""

from ipywidgets import IntText, jsdlink

MIN_INTERVAL = 0.07
"""Seconds: segments of 10 ms make this 12 to 14 frames a second."""

MAX_UNANSWERED = 2
"""Frames on their way: one that travels, one that is drawn."""

PATIENCE = 1.0
"""Seconds after which a frame is sent although the page has not answered: it may be gone, or the
kernel may be busy with a cell and not listen. Without a page the run goes on all the same."""


class FrameGate:
    """Counts frames sent and frames that the page has taken.

    The answer needs no code of our own in the browser: a link between two numbers that lives in
    the page copies the number of the last frame and sends it back. Messages keep their order, so
    the copy comes back only after the frames before it were taken.
    """

    def __init__(self):
        self.sent = IntText(0)
        self.answered = IntText(0)
        self._link = jsdlink((self.sent, "value"), (self.answered, "value"))
        self._last = -PATIENCE

    @property
    def n_unanswered(self):
        """Frames sent that the page has not confirmed."""
        return self.sent.value - self.answered.value

    def is_open(self, now):
        """Whether a frame may be sent at a time in seconds."""
        since = now - self._last
        if since < MIN_INTERVAL:
            return False
        return self.n_unanswered < MAX_UNANSWERED or since >= PATIENCE

    def mark_sent(self, now):
        """Count a frame that was sent; to be called behind its last message."""
        self._last = now
        self.sent.value += 1

    def close(self):
        """Take the numbers and their link out of the page."""
        for widget in (self._link, self.sent, self.answered):
            widget.close()
