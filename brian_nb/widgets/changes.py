"""Values that wait for the end of a segment, and their way to whoever runs the object."""

import weakref

_drivers = weakref.WeakKeyDictionary()
"""Object or clock to a weak reference to the session that runs it."""

_watchers = weakref.WeakKeyDictionary()
"""Object to what shows its values."""


class Changes:
    """New values by object and name; the last one put for a name wins.

    Any thread may put; whoever drives the run takes them between segments. Each step is one
    operation on a plain dictionary, so that no lock is needed.
    """

    def __init__(self):
        self._waiting = {}

    def put(self, item, parameter, value):
        """Let a value in SI units wait."""
        self._waiting[item, parameter.name] = parameter, value

    def holds(self, item, name):
        """Whether a value of that name waits."""
        return (item, name) in self._waiting

    def __len__(self):
        return len(self._waiting)

    def take(self):
        """Take out all ``(item, parameter, value)`` that wait, first put first."""
        taken = []
        for key in list(self._waiting):
            parameter, value = self._waiting.pop(key)
            taken.append((key[0], parameter, value))
        return taken


def set_driver(item, session):
    """Let a session apply the changes of an object from now on."""
    _drivers[item] = weakref.ref(session)


def find_driver(item):
    """The session that applies the changes of an object, or None."""
    driver = _drivers.get(item)
    return driver() if driver else None


def list_driven(network):
    """What only one session at a time can have to do with: objects and their clocks."""
    clocks = {item.clock for item in network.objects if hasattr(item, "clock")}
    return [*network.objects, *(clocks or {network.clock})]


def find_drivers(network):
    """Sessions that have to do with a network: through its objects or through their clocks."""
    drivers = map(find_driver, list_driven(network))
    return {driver for driver in drivers if driver is not None}


def submit_change(item, parameter, value):
    """Bring a new value to its object: through its session, or at once if it has none.

    Parameters
    ----------
    item : NetworkObject
    parameter : Parameter
    value : float
        In SI units.
    """
    session = find_driver(item)
    if session is None:
        parameter.write(item, value)
    else:
        session.put(item, parameter, value)


def watch_values(item, watcher):
    """Let ``watcher.refresh()`` be called when values of an object were changed elsewhere."""
    _watchers.setdefault(item, weakref.WeakSet()).add(watcher)


def announce_values(item):
    """Tell what shows an object's values that they are not what it was told last."""
    for watcher in list(_watchers.get(item, ())):
        watcher.refresh()


def list_watched(network):
    """Objects of a network whose values something shows, parts of groups among them."""
    known = set(network.objects)
    watched = [found for reference in _watchers.keyrefs() if (found := reference()) is not None]
    return [item for item in watched if item in known or getattr(item, "owner", None) in known]
