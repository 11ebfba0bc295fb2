"""What shows values outside a panel is told, now and then, that a live run changes them."""

from time import perf_counter

from brian_nb.widgets.changes import announce_values, list_watched

INTERVAL = 0.4
"""Seconds between two refreshments of handles."""

SHARE = 20
"""How many times longer than a refreshment takes the run goes on before the next one."""


class Announcer:
    """A listener of a live run that brings the handles of its objects up to date."""

    def __init__(self):
        self._due = 0.0

    def __call__(self, session, is_final):
        begin = perf_counter()
        if not is_final and begin < self._due:
            return
        for item in list_watched(session.network):
            announce_values(item)
        end = perf_counter()
        self._due = end + max(INTERVAL, SHARE * (end - begin))
