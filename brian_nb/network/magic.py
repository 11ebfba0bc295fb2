"""Functions that act on all objects that the caller can reach by name."""

from brian_nb.errors import ModelError
from brian_nb.network.base import NetworkObject
from brian_nb.network.network import Network
from brian_nb.network.scope import find_reachable
from brian_nb.units import ALL_UNITS

_SECOND = ALL_UNITS["second"]
_networks = {}
"""The last magic network, by its objects: a second run goes on with the same one."""


def MagicNetwork(verbose=False, level=0):  # noqa: N802 - the manual's name
    """A network of all groups, connections and monitors that the caller can reach by name.

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
    found = find_reachable(NetworkObject, level)
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
    """End the run that is going on, after the present segment."""
    for network in list(_networks.values()):
        network.stop()


def _remembered(objects):
    """The network made earlier of the same objects, so that its compiled code serves again."""
    key = tuple(sorted(item.serial for item in objects))
    if key not in _networks:
        network = Network(objects)
        _networks.clear()
        _networks[key] = network
    return _networks[key]
