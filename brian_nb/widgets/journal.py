"""What was changed during a live run, and the same run again without anybody turning anything."""

from dataclasses import dataclass, field

from brian_nb.engine import run_segments
from brian_nb.errors import ModelError
from brian_nb.network.display import make_table
from brian_nb.widgets.parameters import list_parameters
from brian_nb.widgets.readout import write_time


@dataclass(frozen=True)
class Event:
    """One change, made just before a step.

    Parameters
    ----------
    step : int
        The first step that saw the new value.
    label : str
        The object, as `name_objects` calls it.
    name : str
        The parameter.
    old, new : float or float64[n], SI units
        An array where the neurons had different values.
    t : float, second
        Time at which the step starts.
    unit : float
        Unit to show the values in, in SI units; a `Unit` or 1.
    """

    step: int
    label: str
    name: str
    old: object
    new: object
    t: float = 0.0
    unit: float = 1.0

    def describe(self):
        """Time, object, parameter, old and new value, as people write them."""
        return (
            write_time(self.t),
            self.label,
            self.name,
            _write(self.old, self.unit),
            _write(self.new, self.unit),
        )


@dataclass(repr=False)
class Journal:
    """The state a live run began in, and the changes since, in the order of time."""

    start: object
    events: list = field(default_factory=list)

    def add(self, event):
        """Write a change down."""
        self.events.append(event)

    def __len__(self):
        return len(self.events)

    def __iter__(self):
        return iter(list(self.events))

    def __repr__(self):
        if not len(self):
            return "nothing was changed"
        lines = (event.describe() for event in self)
        return "\n".join(
            f"{t}: {name} of {label} from {old} to {new}" for t, label, name, old, new in lines
        )

    def _repr_html_(self):
        if not len(self):
            return f"<p>{self!r}</p>"
        heads = ("Time", "Object", "Value", "Before", "After")
        return make_table(heads, [event.describe() for event in self])


def name_objects(network):
    """A name for each object of a network: its label, else its kind and place.

    Returns
    -------
    dict of str to NetworkObject
    """
    named = {}
    for place, item in enumerate(network.objects):
        plain = item.label or f"{type(item).__name__} {place}"
        named[plain if plain not in named else f"{plain} {place}"] = item
    return named


def rewind(network, journal):
    """Undo all changes and return to the state in which the live run began.

    Values that an object keeps beside its state, such as a delay, are undone one by one.
    """
    for event in reversed(list(journal)):
        apply_event(network, event, event.old)
    network.restore(journal.start)


def replay(network, journal, n_steps):
    """Run a network as it ran live, each change made at the step at which it was made then.

    Recordings are cleared first. The network is the one that ran live, or one that was built in
    the same way and with the same seed.

    Parameters
    ----------
    network : Network
    journal : Journal
    n_steps : int
        Steps in all, counted from the start of the journal.

    Raises
    ------
    ModelError
        The journal names an object or a parameter that the network does not have.
    """
    rewind(network, journal)
    for monitor in network.monitors:
        monitor.clear_recordings()
    simulation = network.bring_in_line()
    last = journal.start.step + n_steps
    for event in journal:
        if event.step >= last:
            break
        _run_to(simulation, event.step)
        apply_event(network, event, event.new)
    _run_to(simulation, last)


def apply_event(network, event, value):
    """Give the parameter of an event a value."""
    item = name_objects(network).get(event.label)
    found = [p for p in list_parameters(item) if p.name == event.name] if item is not None else []
    if not found:
        raise ModelError(
            f"the journal changes {event.name} of {event.label}, which this network does not have",
            hint="replay on the network that ran live, or on one built in the same way",
        )
    found[0].write(item, value)


def _run_to(simulation, step):
    run_segments(simulation, step - simulation.timebase.step)


def _write(value, unit):
    if not isinstance(value, float):
        return "one for each neuron"
    return f"{value / float(unit):.6g} {getattr(unit, 'display', '')}".rstrip()
