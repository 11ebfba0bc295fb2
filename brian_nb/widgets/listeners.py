"""Those who want to know how a live run gets on."""


class Listeners:
    """Functions that are called from the thread of a run.

    A listener that fails is dropped, and its error kept; the run goes on.

    Parameters
    ----------
    *listeners : callable
        Those that there are from the beginning.

    Attributes
    ----------
    error : Exception or None
        Why the last one was dropped.
    """

    def __init__(self, *listeners):
        self.error = None
        self._listeners = list(listeners)

    def add(self, listener):
        """Call ``listener(session, is_final)`` from now on."""
        self._listeners.append(listener)

    def tell(self, session, is_final=False):
        """Call all; `is_final` says that the run comes to rest."""
        for listener in list(self._listeners):
            try:
                listener(session, is_final)
            except Exception as error:  # noqa: BLE001 - a display must not end a run
                self._listeners.remove(listener)
                self.error = error
