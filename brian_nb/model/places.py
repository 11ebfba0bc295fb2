"""Places within a time step, and the orders in which a step may go through them."""

SLOTS = (
    "start",
    "before_groups",
    "after_groups",
    "middle",
    "before_connections",
    "after_connections",
    "before_resets",
    "after_resets",
    "end",
)
"""Places at which a state can be read or Python code called."""

PARTS = ("update", "threshold", "reset")
"""What of the work of a population Python code may do in the place of compiled code."""

_AROUND = {
    "groups": ("before_groups", "groups", "after_groups"),
    "connections": ("before_connections", "connections", "after_connections"),
    "resets": ("before_resets", "resets", "after_resets"),
}

SCHEDULES = {
    "default": ("groups", "connections", "resets"),
    "groups_resets_connections": ("groups", "resets", "connections"),
}
"""Orders of the three works of a step by their names."""


def places_of(schedule):
    """All places of a step in their order; "middle" follows the update of the groups.

    Parameters
    ----------
    schedule : tuple of str
        "groups", "connections" and "resets" in any order.
    """
    places = ["start"]
    for work in schedule:
        places += _AROUND[work]
        if work == "groups":
            places.append("middle")
    return (*places, "end")
