"""A group defined anew takes the place of the old one in everything that refers to it."""

from dataclasses import dataclass

from brian_nb.network.connection import Connection
from brian_nb.network.group import NeuronGroup
from brian_nb.network.monitors import Monitor, StateMonitor
from brian_nb.network.network import Network
from brian_nb.network.scope import reachable_in
from brian_nb.network.setters import Input
from brian_nb.network.subgroup import Subgroup

MAX_CONTAINER = 10_000
"""Longer lists are taken for data, and not searched for groups."""

_ENDS = ("source", "target")


@dataclass(frozen=True)
class Replacement:
    """What became of the objects that referred to a group.

    Parameters
    ----------
    moved : tuple of str
        Names of those that refer to the new group now.
    stale : tuple of (str, str)
        Names of those that could not follow, each with the reason.
    group : str
        What the group is called.
    """

    moved: tuple = ()
    stale: tuple = ()
    group: str = "the group"

    @property
    def message(self):
        """What the user has to do, "" where there is nothing."""
        if not self.stale:
            return ""
        names = _join_names(name for name, _ in self.stale)
        reasons = "; ".join(dict.fromkeys(reason for _, reason in self.stale))
        verb = "belongs" if len(self.stale) == 1 else "belong"
        cells = "the cell that makes it" if len(self.stale) == 1 else "the cells that make them"
        return f"{names} still {verb} to {self.group} as it was before: {reasons}. Re-run {cells}."


def replace_group(old, new, namespace):
    """Put a group in the place of another one, for all that can be reached by name.

    Names, lists and dictionaries take the new group. Connections, monitors and subgroups follow if
    the new group has what they need: the same number of neurons, the variable that they use, a
    threshold where spikes are meant. The others keep the old group, which can no longer be run.

    Parameters
    ----------
    old, new : NeuronGroup
    namespace : dict
        Changed in place.

    Returns
    -------
    Replacement
    """
    users = reachable_in(namespace, (Connection, Monitor, Subgroup)) | _list_links(namespace)
    moved, stale = [], []
    for item, name in users.items():
        if _refers_to(item, old):
            obstacle = _find_obstacle(item, old, new)
            stale.append((name, obstacle)) if obstacle else moved.append((name, item))
    for _, item in moved:
        _move(item, old, new)
    _replace_values(namespace, old, new)
    for network in reachable_in(namespace, Network):
        network.replace(old, new)
    replacement = Replacement(tuple(name for name, _ in moved), tuple(stale), old.describe())
    old.retire(replacement.message or "it was defined anew, and this network has the old one")
    return replacement


def _list_links(namespace):
    """What lets variables of groups follow other groups, each with the name of the variable."""
    groups = reachable_in(namespace, NeuronGroup)
    return {
        item: f"{item.variable} of {name}"
        for group, name in groups.items()
        for item in group.attached
        if item.source is not None
    }


def _refers_to(item, group):
    return any(part.owner is group for part in _parts(item).values())


def _parts(item):
    """Groups or subgroups that an object refers to, by the attribute that holds them."""
    if isinstance(item, Subgroup):
        return {"": item}
    if isinstance(item, Input):
        return {"source": item.source}  # what is given to the old group goes with it
    return {end: getattr(item, end) for end in _ENDS if hasattr(item, end)}


def _find_obstacle(item, old, new):
    """Why an object cannot take the new group, or ""."""
    if old.size != new.size:
        return f"it had {old.size} neurons and has {new.size} now"
    used = [part for part in _parts(item).values() if part.owner is old]
    reads_only = isinstance(item, (Input, StateMonitor, Subgroup))
    needs_spikes = not reads_only and item.source in used
    if needs_spikes and not new.describe_model().fires:
        return "it has no threshold any more"
    variables, others = _list_variables(item, used, new)
    return _find_variable_obstacle(variables, others, old, new)


def _list_variables(item, used, new):
    """Variables of a group that an object needs, and names it could do with besides."""
    statics = {static.name for static in new.system.statics}
    if isinstance(item, Monitor):
        return item.variables, statics
    if isinstance(item, Input):
        return (getattr(item, "source_variable", item.variable),), statics
    written = (item.variable,) if isinstance(item, Connection) and item.target in used else ()
    return written, set()


def _find_variable_obstacle(variables, others, old, new):
    """Why not all variables can be used as before, where `others` can be used besides."""
    for variable in variables:
        if variable not in others | set(new.system.variables):
            return f"it has no variable {variable} any more"
        if old.system.dimension_of(variable) != new.system.dimension_of(variable):
            return f"{variable} has another unit now"
    return ""


def _move(item, old, new):
    for end, part in _parts(item).items():
        if part is old:
            setattr(item, end, new)
        elif part.owner is old:
            part.__dict__["owner"] = new


def _replace_values(namespace, old, new):
    """Put the new group under all names and into all lists and dictionaries, history left out."""
    for name, value in list(namespace.items()):
        if name.startswith("_") or name == "Out":
            continue
        if value is old:
            namespace[name] = new
        elif isinstance(value, list) and _holds(value, old):
            value[:] = [new if item is old else item for item in value]
        elif isinstance(value, dict) and _holds(value.values(), old):
            value.update({key: new for key, item in value.items() if item is old})


def _holds(values, item):
    return len(values) <= MAX_CONTAINER and any(value is item for value in values)


def _join_names(names):
    *first, last = [f"`{name}`" for name in names]
    return f"{', '.join(first)} and {last}" if first else last
