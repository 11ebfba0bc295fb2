"""Functions that act on all objects that the caller can reach by name."""

from functools import wraps
from weakref import WeakKeyDictionary

from brian_nb.errors import ModelError
from brian_nb.network.base import NetworkObject
from brian_nb.network.network import Network, stop_all
from brian_nb.network.scope import caller_frame, collect_objects, find_reachable
from brian_nb.units import ALL_UNITS

_SECOND = ALL_UNITS["second"]
_networks = {}
"""The last magic network, by its objects: a second run goes on with the same one."""

_registered = WeakKeyDictionary()
"""Objects that count as made by other code than made them, with the globals of that code."""


def MagicNetwork(verbose=False, level=0):  # noqa: N802 - the manual's name
    """A network of all groups, connections, monitors and operations that the caller can reach.

    Parameters
    ----------
    verbose : bool
        Print what was found.
    level : int
        How many calls further up to look.

    Raises
    ------
    ModelError
        Nothing was found.
    """
    found = _find_objects(level)
    for item, name in found.items():
        item.label = name
    if not found:
        raise ModelError(
            "there is nothing to run: no group, connection or monitor can be reached by name",
            hint="make a NeuronGroup first, and keep it in a variable, a list or a dictionary",
        )
    if verbose:
        print(*(f"{name}: {item!r}" for item, name in found.items()), sep="\n")
    return _remembered(list(found))


def run(duration, threads=None, report=None, report_period=10 * _SECOND):
    """Run everything that the caller can reach by name (see `Network.run`)."""
    network = MagicNetwork()
    network.run(duration, report=report, report_period=report_period, threads=threads)


def reinit():
    """Set time to zero and forget recordings of everything that the caller can reach by name."""
    MagicNetwork().reinit()


def stop():
    """End any run that is going on: after the present step when called from within it."""
    stop_all()


# -- what counts ---------------------------------------------------------------------------


def forget(*objects):
    """Let `run` and the like pass over objects, or lists of them; they keep their data.

    What a running connection or monitor needs takes part in the run all the same.
    """
    for item in _list_objects(objects):
        item.is_forgotten = True


def recall(*objects):
    """Let `run` and the like see objects again that `forget` or `clear` have hidden."""
    for item in _list_objects(objects):
        item.is_forgotten = False


def clear(erase=True, all=False):  # noqa: A002 - the manual's name
    """Let `run` and the like pass over all objects that there are so far.

    Parameters
    ----------
    erase : bool
        Give the memory of their data back, too; they cannot be used any more.
    all : bool
        Accepted for old scripts.
    """
    objects = {*_find_objects(level=0)}
    for network in _networks.values():
        objects |= set(network.objects)
    for item in objects:
        item.is_forgotten = True
        if erase:
            item.erase()
    _networks.clear()
    _registered.clear()


def magic_register(*objects, level=1):
    """Let objects count as made by the code that called the present function.

    Objects that this code can reach by name count without it.

    Parameters
    ----------
    *objects : objects, or lists of them
    level : int
        How many calls further up the code is that they belong to.
    """
    surroundings = caller_frame(level).f_globals
    for item in _list_objects(objects):
        _registered[item] = surroundings


def magic_return(f):
    """Make a function whose result counts as made by the code that calls it (decorator)."""

    @wraps(f)
    def wrapper(*args, **keywords):
        result = f(*args, **keywords)
        magic_register(*_list_objects([result]), level=0)
        return result

    return wrapper


# -- details -------------------------------------------------------------------------------


def _find_objects(level):
    """All objects that count for the caller, each with its name."""
    surroundings = caller_frame(level).f_globals
    found = find_reachable(NetworkObject, level)
    for item, home in list(_registered.items()):
        if home is surroundings:
            found.setdefault(item, item.label)
    return {item: name for item, name in found.items() if not item.is_forgotten}


def _list_objects(objects):
    return list(collect_objects(objects, NetworkObject))


def _remembered(objects):
    """The network made earlier of the same objects, so that its compiled code serves again."""
    key = frozenset(objects)
    if key not in _networks:
        network = Network(objects)
        _networks.clear()
        _networks[key] = network
    return _networks[key]
