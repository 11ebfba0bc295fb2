"""One live run for each object and each clock."""

from brian_nb.errors import ModelError
from brian_nb.widgets.changes import find_drivers, list_driven, set_driver


def claim(session):
    """Let a session be the one that runs its network's objects and moves their clocks.

    Raises
    ------
    ModelError
        Another session that is active does so.
    """
    network = session.network
    for driver in find_drivers(network):
        if driver is not session and driver.is_active:
            raise ModelError(
                f"a live run of {_describe_shared(network, driver.network)} is going on "
                f"already, {driver.state} at t = {driver.t!r}",
                hint="stop that one first, with its stop button or its `stop()`; networks "
                "that shall run side by side need clocks of their own",
            )
    for item in list_driven(network):
        set_driver(item, session)


def _describe_shared(network, other):
    shared = [item.describe() for item in network.objects if item in other.objects]
    return ", ".join(shared[:3]) or "a network with the same clock"
