"""The objects of a network, by their kinds."""

from brian_nb.engine import note_change
from brian_nb.errors import ModelError
from brian_nb.network.base import NetworkObject
from brian_nb.network.clock import get_default_clock
from brian_nb.network.connection import Connection
from brian_nb.network.group import NeuronGroup
from brian_nb.network.monitors import Monitor
from brian_nb.network.setters import VariableSetter
from brian_nb.network.subgroup import Subgroup
from brian_nb.network.synaptic_rules import SynapticRule
from brian_nb.network.traces import Traces


class Collection:
    """Objects with all that they need to work, such as the groups of a connection.

    Parameters
    ----------
    *objects : NeuronGroup, Connection or monitor, or lists of them

    Attributes
    ----------
    objects : list
        In the order in which they were made.
    groups, connections, rules, monitors, setters, callers : list
        The objects of each kind; rules are those at synapses, setters give variables their values,
        callers have Python code called in steps.
    """

    def __init__(self, *objects):
        self.objects = []
        self._known = set()
        self.add(*objects)

    def add(self, *objects):
        """Add objects, or lists of them."""
        for item in objects:
            if isinstance(item, (list, tuple, set)):
                self.add(*item)
            elif isinstance(item, NetworkObject):
                self._add_with_needed(item)
            elif hasattr(item, "contained_objects"):
                self.add(*item.contained_objects)
            else:
                raise ModelError(
                    f"a network holds groups, connections, monitors and operations, not {item!r}"
                )
        self.objects.sort(key=lambda item: item.serial)
        self.groups = [item for item in self.objects if isinstance(item, NeuronGroup)]
        self.connections = [item for item in self.objects if isinstance(item, Connection)]
        self.rules = [item for item in self.objects if isinstance(item, SynapticRule)]
        self.monitors = [item for item in self.objects if isinstance(item, Monitor)]
        note_change()

    @property
    def setters(self):
        """Objects that give variables their values in every step."""
        return [item for item in self._list_all() if isinstance(item, VariableSetter)]

    @property
    def callers(self):
        """Objects that have Python code called in steps; monitors may become such later."""
        return [item for item in self._list_all() if item.list_calls()]

    def _list_all(self):
        """The objects and what is attached to groups, in the order in which they were made."""
        attached = [item for group in self.groups for item in getattr(group, "attached", ())]
        free = [item for item in self.objects if not getattr(item, "is_attached", False)]
        return sorted({*free, *attached}, key=lambda item: item.serial)

    def __call__(self, obj):
        """Add one object and give it back."""
        self.add(obj)
        return obj

    def __len__(self):
        """Number of neurons."""
        return sum(group.size for group in self.groups if not isinstance(group, Traces))

    @property
    def clock(self):
        """The clock with the shortest steps; segments are counted in these."""
        return min(self._clocks(), key=lambda clock: clock.timebase.dt)

    def _add_with_needed(self, item):
        if item in self._known:
            return
        self._known.add(item)
        if not isinstance(item, Subgroup):
            self.objects.append(item)
        self.add(*item.list_needed())

    def replace(self, old, new):
        """Put another group in the place of one; all that refers to it has to follow."""
        if old in self.objects:
            self.objects[self.objects.index(old)] = new
            self._known = self._known - {old} | {new}
            self.add()

    def _clocks(self):
        """The clocks of all objects, in the order in which they get their turn."""
        clocks = {item.clock for item in (*self.groups, *self.monitors, *self.setters)}
        clocks |= {clock for item in self.callers for _, clock, _ in item.list_calls()}
        return sorted(clocks or {get_default_clock()}, key=lambda clock: clock.rank)

    def _take_along(self):
        """Add what inputs need that were given to groups since these were added."""
        needed = [part for item in self._list_all() for part in item.list_needed()]
        missing = [item for item in needed if item not in self._known]
        if missing:
            self.add(missing)
