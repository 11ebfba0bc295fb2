"""The one live handle of an object: a widget whose traits are the object's values."""

import weakref

from ipywidgets import HTMLMath, VBox
from traitlets import Float

from brian_nb.errors import UnknownNameError
from brian_nb.network.base import NetworkObject
from brian_nb.network.monitors import Monitor, MultiStateMonitor
from brian_nb.network.quantities import to_si
from brian_nb.units import format_quantity
from brian_nb.widgets.changes import find_driver, submit_change, watch_values
from brian_nb.widgets.headline import write_headline
from brian_nb.widgets.knobs import Knob
from brian_nb.widgets.monitor_handle import MonitorHandle
from brian_nb.widgets.parameters import list_parameters
from brian_nb.widgets.theme import make_style
from brian_nb.widgets.thread_mark import ThreadMark

_handles = weakref.WeakKeyDictionary()
_ROUNDING = 1e-11


def handle(item):
    """The live handle of an object: always the same one for the same object.

    It shows what the object is, and sliders for what can be turned. For each of these it has a
    float trait in display units, named as in the equations, which can be observed and linked, in
    the kernel (`traitlets.link`) or in the page (`ipywidgets.jslink`).

    Parameters
    ----------
    item : NeuronGroup, PoissonGroup, Subgroup, Connection or monitor

    Returns
    -------
    Handle or MonitorHandle

    Raises
    ------
    TypeError
        The object is of another kind.

    Examples
    --------
    >>> h = handle(G)                         # doctest: +SKIP
    >>> h.set(El=-52*mV)                      # doctest: +SKIP
    >>> h.El, h.units['El']                   # doctest: +SKIP
    (-52.0, 'mV')
    """
    if not isinstance(item, NetworkObject):
        raise TypeError(f"a handle needs a group, a connection or a monitor, not {item!r}")
    if item not in _handles:
        is_monitor = isinstance(item, (Monitor, MultiStateMonitor))
        _handles[item] = (MonitorHandle if is_monitor else Handle)(item)
    found = _handles[item]
    found.refresh()
    return found


class Handle(VBox):
    """Description and sliders of a group or a connection.

    Attributes
    ----------
    parameters : dict of str to Parameter
        By the name of their trait. A value that is named like a property of all widgets, such as
        `layout`, has a trait with an underscore behind its name.
    knobs : dict of str to Knob
    units : dict of str to str
    """

    def __init__(self, item):
        super().__init__()
        self._of = weakref.ref(item)
        self._refreshing = ThreadMark()  # what is done there is no wish of a user's
        self._text = HTMLMath()
        self.parameters, self.knobs, self.units = {}, {}, {}
        self.add_class("brian-nb-handle")
        self._take_parameters()
        watch_values(item, self)

    @property
    def item(self):
        """The object, or None when nobody else keeps it any more."""
        return self._of()

    def set(self, **values):
        """Set values, with units.

        Raises
        ------
        UnknownNameError
            There is nothing of a name to set.
        DimensionMismatchError
            A value has the wrong unit.
        """
        checked = {}
        for name, value in values.items():
            parameter = self._find(name)
            si = to_si(value, parameter.dimension, f"{name} of {self.item.describe()}")
            checked[name] = parameter.to_display(si)
        for name, shown in checked.items():
            self.set_trait(name, shown)

    def refresh(self):
        """Show what the object's values are now."""
        item = self.item
        if item is None:
            return
        if {p.name for p in list_parameters(item)} != {p.name for p in self.parameters.values()}:
            self._take_parameters()
        self._text.value = write_headline(item)
        driver = find_driver(item)
        with self._refreshing():
            for name, parameter in self.parameters.items():
                shown = parameter.to_display(parameter.read(item))
                if driver is None or not driver.changes.holds(item, parameter.name):
                    self.set_trait(name, shown)
                self.knobs[name].note.value = _write_spread(parameter, item)

    def make_knob(self, name, description=None, limits=None):
        """A further slider for one of the values.

        Parameters
        ----------
        name : str
        description : str, optional
        limits : Limits, optional
            In display units.
        """
        parameter = self._find(name)
        knob = Knob(
            description or parameter.name,
            parameter.unit_name,
            getattr(self, name),
            limits or parameter.limits,
        )
        knob.bind(self, name)
        return knob

    def _find(self, name):
        if name not in self.parameters:
            raise UnknownNameError(
                f"{self.item.describe()} has nothing to turn that is named {name!r}",
                hint=f"there is {', '.join(self.parameters) or 'nothing'}",
            )
        return self.parameters[name]

    def _take_parameters(self):
        item = self.item
        self.parameters = {_name_trait(p.name): p for p in list_parameters(item)}
        self.units = {name: p.unit_name for name, p in self.parameters.items()}
        fresh = {
            name: Float(parameter.to_display(parameter.read(item))).tag(sync=True)
            for name, parameter in self.parameters.items()
            if not self.has_trait(name)
        }
        self.add_traits(**fresh)
        self.observe(self._on_turn, list(fresh)) if fresh else None
        self.knobs = {name: self.make_knob(name) for name in self.parameters}
        self.children = [make_style(), self._text, *self.knobs.values()]

    def _on_turn(self, change):
        item, parameter = self.item, self.parameters.get(change.name)
        if item is None or parameter is None or self._refreshing.is_here:
            return
        value = parameter.to_si(change.new)
        driver = find_driver(item)
        waits = driver is not None and driver.changes.holds(item, parameter.name)
        is_news = abs(value - parameter.read(item)) > _ROUNDING * abs(value)
        if waits or is_news or parameter.spread(item):
            submit_change(item, parameter, value)
            self.knobs[change.name].note.value = ""


def _name_trait(name):
    return f"{name}_" if hasattr(VBox, name) else name


def _write_spread(parameter, item):
    spread = parameter.spread(item)
    if spread is None:
        return ""
    low, high = (format_quantity(value, parameter.dimension) for value in spread)
    return f"now {low} to {high}; a turn sets all"
