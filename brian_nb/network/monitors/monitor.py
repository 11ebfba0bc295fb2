"""What all monitors share: a source, a recording, and the figures that show it during a run."""

from brian_nb.engine import note_change
from brian_nb.errors import ModelError, UnknownNameError
from brian_nb.network.base import NetworkObject
from brian_nb.network.firing import find_variable
from brian_nb.network.neurons import Neurons
from brian_nb.network.numbers import to_index
from brian_nb.network.quantities import to_si
from brian_nb.units import ALL_UNITS, Quantity, get_dimension

_TIME = get_dimension(ALL_UNITS["second"])


class Monitor(NetworkObject):
    """Something that records from a group or subgroup.

    Parameters
    ----------
    source : NeuronGroup or Subgroup

    Attributes
    ----------
    recording : Recording
        What was recorded.
    variables : tuple of str
        Variables of the source that it reads.
    python_parts : list of str
        What of its own Python does at every step.

    Raises
    ------
    ModelError
        The source is no group.
    """

    variables: tuple[str, ...] = ()

    def __init__(self, source):
        super().__init__()
        self.source = check_source(source, type(self).__name__)
        self._live_plots = []

    @property
    def clock(self):
        """The clock in whose steps it records."""
        return self.source.owner.clock

    @property
    def python_parts(self):
        return []

    def list_needed(self):
        return [*super().list_needed(), self.source.owner]

    def list_calls(self):
        return [("end", plot.clock, plot.refresh) for plot in self._live_plots]

    def add_live_plot(self, plot):
        """Let a `LivePlot` be brought up to date while networks with this monitor run."""
        self._live_plots.append(plot)
        note_change()

    def describe(self):
        """How messages name this object."""
        return f"`{self.label}`" if self.label else f"a {type(self).__name__}"

    def clear_recordings(self):
        """Forget all that was recorded."""
        self.recording.clear()

    def reinit(self):
        """Forget all that was recorded."""
        self.clear_recordings()

    def erase(self):
        """Forget all that was recorded, to give the memory back."""
        self.clear_recordings()

    def __getstate__(self):
        return vars(self) | {"_live_plots": []}

    def _require_spikes(self):
        if not self.source.owner.describe_model().fires:
            raise ModelError(
                f"{self.source.describe()} never fires, so there are no spikes to record",
                hint="give the group a threshold",
            )

    def _find_variable(self, name):
        """Name of a variable, a parameter or a static equation given by its name or number."""
        system = self.source.owner.system
        known = [*system.variables, *(item.name for item in system.statics)]
        found = find_variable(system, name) or system.aliases.get(name, name)
        if found not in known:
            raise UnknownNameError(
                f"{self.source.describe()} has no variable {name!r} to record",
                hint=f"its variables are {', '.join(known) or 'none'}",
            )
        return found

    def _find_neuron(self, neuron):
        """Number of a neuron of the source; negative ones count from the end."""
        try:
            return range(self.source.size)[to_index(neuron)]
        except TypeError:
            raise TypeError(f"neurons of {self.describe()} are numbers, not {neuron!r}") from None
        except IndexError:
            raise IndexError(
                f"{self.describe()} records neurons 0 to {self.source.size - 1}, not {neuron}"
            ) from None


def check_source(source, kind):
    """What a monitor of some kind records from, if it is a group or a part of one.

    Raises
    ------
    ModelError
    """
    if not isinstance(source, Neurons):
        raise ModelError(
            f"a {kind} records from a group, and {source!r} is none",
            hint="give it a NeuronGroup or a part of one, such as group[0:10]",
        )
    return source


def plain(name):
    """A property that is the same as another one: recorded arrays are numbers in SI units."""
    return property(lambda self: getattr(self, name), doc=f"The same as `{name}`.")


def read_delay(delay, what):
    """A delay in seconds; a plain 0 is one, too.

    Raises
    ------
    DimensionMismatchError
        It is no time.
    ModelError
        It is negative.
    """
    is_zero = not isinstance(delay, Quantity) and delay == 0
    seconds = 0.0 if is_zero else float(to_si(delay, _TIME, what))
    if seconds < 0:
        raise ModelError(f"{what} cannot be negative, as {delay!r} is")
    return seconds


def read_seconds(value, what):
    """A time in seconds, given as such or as a number of seconds."""
    if isinstance(value, Quantity):
        return float(to_si(value, _TIME, what))
    return float(to_si(value, get_dimension(1.0), what))
