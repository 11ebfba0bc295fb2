"""What a live run is doing, agreed between the thread that runs and those who control it."""

import threading

IDLE, RUNNING, PAUSED, STOPPED, FAILED = "idle", "running", "paused", "stopped", "failed"


class RunState:
    """The state of a run, and who waits for whom.

    Attributes
    ----------
    name : str
        One of 'idle' (not begun), 'running', 'paused', 'stopped' and 'failed'.
    is_active : bool
        Whether the thread of the run lives: the run is on, or paused.
    """

    def __init__(self):
        self.name = IDLE
        self.is_active = False
        self._is_ending = False
        self._is_resting = True
        self._turn = threading.Condition()

    # -- for who controls the run ----------------------------------------------------------

    def run(self, start_thread):
        """Let the run go on; a function starts its thread if there is none."""
        with self._turn:
            self.name = RUNNING
            self._is_ending = self._is_resting = False
            self._turn.notify_all()
            if not self.is_active:
                self.is_active = True
                start_thread()

    def pause(self):
        """Let a run that goes on rest after the present segment."""
        with self._turn:
            if self.name == RUNNING:
                self.name = PAUSED
                self._turn.notify_all()

    def end(self):
        """Let the thread of the run end after the present segment."""
        with self._turn:
            self._is_ending = True
            self._turn.notify_all()

    def wait(self, is_reached, timeout=None):
        """Wait until the run rests or a condition holds; False if the time was up before.

        Parameters
        ----------
        is_reached : callable
            Gives the condition; it is asked after each segment.
        timeout : float or None, second
        """
        with self._turn:
            return self._turn.wait_for(lambda: self._is_resting or is_reached(), timeout)

    def wake(self):
        """Let all who wait look again."""
        with self._turn:
            self._turn.notify_all()

    # -- for the thread of the run ---------------------------------------------------------

    def await_turn(self, find_delay, rest):
        """Hold the thread while the run is paused or ahead of its time; False ends the run.

        Parameters
        ----------
        find_delay : callable
            Seconds until the next segment is due, or None where the run is to rest.
        rest : callable
            Called when the run comes to rest; it has to call `mark_rest`.
        """
        while not self._is_ending:
            with self._turn:
                delay = find_delay() if self.name == RUNNING else None
                if delay == 0:
                    return True
                if delay is not None:
                    self._turn.wait(delay)
                    continue
                self.name = PAUSED
            rest()
            with self._turn:
                self._turn.wait_for(lambda: self._is_ending or self.name == RUNNING)
        return False

    def end_thread(self, outcome):
        """Say how the run ended, 'stopped' or 'failed'; a later `run` needs another thread."""
        with self._turn:
            self.name = outcome
            self.is_active = self._is_ending = False

    def mark_rest(self):
        """Tell who waits that the run rests, unless it was let go on meanwhile."""
        with self._turn:
            self._is_resting = self.name != RUNNING
            self._turn.notify_all()
