"""From the names of a ``live`` call to the sliders that it means."""

from dataclasses import dataclass
from difflib import get_close_matches

from brian_nb.errors import UnknownNameError
from brian_nb.network.base import NetworkObject
from brian_nb.widgets.handle import Handle, handle
from brian_nb.widgets.limits import Limits


@dataclass(frozen=True)
class Turn:
    """One slider: its name, the values that it turns together, and its range.

    Parameters
    ----------
    name : str
    targets : tuple of (Handle, str)
        Handles with the names of their traits; all of one unit.
    limits : Limits, optional
    """

    name: str
    targets: tuple
    limits: Limits | None = None

    def make_knob(self):
        """The slider, bound to all its targets."""
        (first, trait), *others = self.targets
        knob = first.make_knob(trait, self.name, self.limits)
        for other, other_trait in others:
            knob.bind(other, other_trait)
        return knob


def choose_turns(network, wanted=None, namespace=None):
    """Find what sliders turn.

    Parameters
    ----------
    network : Network
    wanted : None, str, list or dict
        None means all values. A name is that of a constant or parameter of any group, that of a
        connection, or that of the caller's quantity that a connection took its weight from. An
        entry may be a pair ``(object, name)``. The values of a dictionary are pairs
        ``(low, high)`` in the unit that the slider shows.
    namespace : mapping
        The caller's names.

    Returns
    -------
    list of Turn

    Raises
    ------
    UnknownNameError
        A name stands for nothing that can be turned.
    """
    handles = [found for found in map(handle, network.objects) if isinstance(found, Handle)]
    if wanted is None:
        return _list_all(handles)
    if isinstance(wanted, str):
        wanted = [wanted]
    ranges = wanted if isinstance(wanted, dict) else dict.fromkeys(wanted)
    return [_find(handles, entry, ends, namespace or {}) for entry, ends in ranges.items()]


def _list_all(handles):
    """All values; a constant that several groups share with one value gets one slider."""
    turns = {}
    for found in handles:
        for trait, parameter in found.parameters.items():
            name = _name_of(found, parameter.name)
            key = (name, parameter.dimension, getattr(found, trait))
            turns.setdefault(key, []).append((found, trait))
    names = [name for name, _, _ in turns]
    return [
        Turn(name if names.count(name) == 1 else _qualify(targets[0], name), tuple(targets))
        for (name, _, _), targets in turns.items()
    ]


def _find(handles, entry, ends, namespace):
    if isinstance(entry, str):
        name, targets = entry, _find_by_name(handles, entry, namespace)
    else:
        item, trait = entry
        name = f"{_label(item)} {trait}".strip()
        targets = [(handle(item), trait)]
    first, trait = targets[0]
    parameter = first._find(trait)
    limits = None
    if ends is not None:
        low, high = (_in_unit(end, parameter) for end in ends)
        limits = Limits(low, high, (high - low) / 200)
    return Turn(name, tuple(targets), limits)


def _find_by_name(handles, name, namespace):
    targets = [
        (found, trait)
        for found in handles
        for trait, parameter in found.parameters.items()
        if name in (parameter.name, _name_of(found, parameter.name))
    ]
    targets = targets or [
        (found, next(iter(found.parameters))) for found in handles if found.item.label == name
    ]
    targets = targets or _find_by_value(handles, namespace.get(name))
    if not targets:
        raise _unknown(handles, name)
    return targets


def _find_by_value(handles, value):
    """Connections whose weight is a quantity that the caller has a name for."""
    if value is None or not hasattr(value, "dimension"):
        return []
    return [
        (found, "weight")
        for found in handles
        if "weight" in found.parameters
        and found.parameters["weight"].dimension == value.dimension
        and found.item.weight == value
    ]


def _unknown(handles, name):
    known = {p.name for found in handles for p in found.parameters.values()}
    known |= {found.item.label for found in handles if found.parameters and found.item.label}
    close = get_close_matches(name, known)
    hint = (
        f"did you mean {' or '.join(close)}?" if close else f"there is {', '.join(sorted(known))}"
    )
    return UnknownNameError(f"there is nothing to turn that is named {name!r}", hint=hint)


def _name_of(found, name):
    """How a value is called among those of a whole network: connections are named, too."""
    if name in ("weight", "weight_scale", "delay"):
        return f"{_label(found.item)} {name}"
    return name


def _qualify(target, name):
    found, _ = target
    label = _label(found.item)
    return name if name.startswith(label) else f"{label} {name}"


def _label(item):
    if not isinstance(item, NetworkObject):
        raise UnknownNameError(f"{item!r} is no object of a network")
    if item.label:
        return item.label
    variable = getattr(item, "variable", "")
    return f"{type(item).__name__.lower()} {variable}".strip()


def _in_unit(end, parameter):
    return parameter.to_display(end) if hasattr(end, "dimension") else float(end)
