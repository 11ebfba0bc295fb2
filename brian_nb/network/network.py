"""Networks: objects collected, lowered to a model, and run."""

from operator import is_

from brian_nb.engine import Storage, run_segments
from brian_nb.engine.interrupt import HeldInterrupts
from brian_nb.errors import ModelError
from brian_nb.model import NetworkModel
from brian_nb.network.base import NetworkObject
from brian_nb.network.clock import defaultclock
from brian_nb.network.connection import Connection
from brian_nb.network.group import NeuronGroup
from brian_nb.network.monitors import Monitor
from brian_nb.network.quantities import to_si
from brian_nb.network.randomness import draw_seed
from brian_nb.network.report import make_report
from brian_nb.network.scope import label_objects
from brian_nb.pipeline import build_network, start_simulation
from brian_nb.units import ALL_UNITS, get_dimension

_SECOND = ALL_UNITS["second"]
_TIME = get_dimension(_SECOND)


class Network:
    """Objects that are run together.

    Parameters
    ----------
    *objects : NeuronGroup, Connection or monitor, or lists of them
        Groups that a connection or a monitor refers to are taken along.
    threads : int
        Threads that share the work; the spikes do not depend on it.

    Attributes
    ----------
    objects : list
        In the order in which they were made.
    groups, connections, monitors : list
        The objects of each kind.
    """

    def __init__(self, *objects, threads=1):
        self.objects = []
        self.threads = threads
        self._simulation = None
        self._parts = []
        self._seed = None
        self._stopped = False
        self._reference = False
        self.add(*objects)

    # -- objects ---------------------------------------------------------------------------

    def add(self, *objects):
        """Add objects, or lists of them."""
        for item in objects:
            if isinstance(item, (list, tuple, set)):
                self.add(*item)
            elif isinstance(item, NetworkObject):
                self._add_with_groups(item)
            else:
                raise ModelError(f"a network holds groups, connections and monitors, not {item!r}")
        self.objects.sort(key=lambda item: item.serial)
        self.groups = [item for item in self.objects if isinstance(item, NeuronGroup)]
        self.connections = [item for item in self.objects if isinstance(item, Connection)]
        self.monitors = [item for item in self.objects if isinstance(item, Monitor)]

    def __call__(self, item):
        """Add one object and give it back."""
        self.add(item)
        return item

    def __len__(self):
        """Number of neurons."""
        return sum(group.size for group in self.groups)

    @property
    def clock(self):
        """The clock of the groups."""
        clock = self.groups[0].clock if self.groups else defaultclock
        if any(group.clock is not clock for group in self.groups):
            raise ModelError(
                "the groups of this network have different clocks",
                hint="give all groups the same clock, or none",
            )
        return clock

    def _add_with_groups(self, item):
        parts = [getattr(item, role).owner for role in ("source", "target") if hasattr(item, role)]
        if not parts:
            parts = [item.owner] if hasattr(item, "owner") else []
            item = parts[0] if parts else item
        for part in (*parts, item):
            if part not in self.objects:
                self.objects.append(part)

    def replace(self, old, new):
        """Put another group in the place of one; all that refers to it has to follow."""
        if old in self.objects:
            self.objects[self.objects.index(old)] = new
            self.add()

    # -- running ---------------------------------------------------------------------------

    def run(self, duration, report=None, report_period=10 * _SECOND, threads=None):
        """Run for a duration.

        Parameters
        ----------
        duration : Quantity, second
        report : None, 'text', 'stdout', 'stderr' or callable
            How to report progress; a function gets the elapsed seconds and the share done.
        report_period : Quantity, second
            How often to report.
        threads : int, optional
            Threads that share the work from now on.

        Raises
        ------
        DimensionMismatchError
            The duration is no time.
        SimulationError
            A state variable became infinite or undefined; what was recorded is kept.
        KeyboardInterrupt
            The run was interrupted; it ended after a whole step, and what was recorded is kept.
        """
        seconds = float(to_si(duration, _TIME, "the duration of a run"))
        if not seconds >= 0:
            raise ModelError(f"a run cannot last {duration!r}")
        if threads is not None:
            self._set_threads(threads)
        simulation = self.prepare()
        self._stopped = False
        n_steps = simulation.timebase.steps_in(seconds)
        progress = make_report(report, float(report_period), n_steps)
        with HeldInterrupts() as interrupts, simulation.timebase.running():
            run_segments(
                simulation, n_steps, lambda: not (self._stopped or interrupts.came), progress
            )
        if interrupts.came:
            raise KeyboardInterrupt(
                f"the run stopped at t = {self.clock.t!r}; all recorded data is kept"
            )

    def prepare(self):
        """Bring the compiled code in line with the objects, and give the simulation.

        Nothing is done where nothing has changed since the last run.
        """
        if self._simulation is None or not _are_same(self._list_parts(), self._parts):
            self._start()
        return self._simulation

    def _list_parts(self):
        """All that the simulation was made from: any other part makes another simulation."""
        return [
            *(group.describe_model() for group in self.groups),
            *(item.values for item in self.connections),
            *self.monitors,
            self.clock,
        ]

    def _start(self):
        label_objects(self.objects)
        self._parts = self._list_parts()
        groups, connections = self.groups, self.connections
        places = {group: place for place, group in enumerate(groups)}
        if self._seed is None:
            self._seed = draw_seed()
        probes = [item.make_probe(places[item.source.owner]) for item in self.monitors]
        model = NetworkModel(
            tuple(group.describe_model() for group in groups),
            tuple(
                item.describe_model(places[item.source.owner], places[item.target.owner])
                for item in connections
            ),
            tuple(probe for probe, _ in probes),
        )
        storage = Storage(
            [group.values for group in groups],
            [item.values for item in connections],
            [buffer for _, buffer in probes],
        )
        self.build = build_network(model, self._reference)
        if self._simulation:
            self._simulation.close()
        self._simulation = start_simulation(
            self.build, storage, self.clock.timebase, self._seed, self.threads
        )

    def _set_threads(self, threads):
        if threads != int(threads) or threads < 1:
            raise ModelError(f"a run needs at least one thread, not {threads!r}")
        if threads != self.threads:
            self.threads = int(threads)
            self._simulation = None

    def stop(self):
        """End the run that is going on, after the present segment."""
        self._stopped = True

    def reinit(self):
        """Set time to zero and forget recordings and spikes in flight; values of variables stay."""
        self.clock.reinit()
        self._seed = None
        self._simulation = None
        for group in self.groups:
            group.values.forget_spikes()
        for monitor in self.monitors:
            monitor.clear_recordings()

    # -- whole states ----------------------------------------------------------------------

    def store(self):
        """Copy the whole state: variables, weights, time, random numbers, spikes in flight."""
        return self.prepare().take_snapshot()

    def restore(self, snapshot):
        """Return to a stored state; what monitors have recorded stays."""
        self.prepare().put_back(snapshot)

    def __repr__(self):
        return f"<Network of {len(self)} neurons, {len(self.objects)} objects>"


def _are_same(parts, others):
    return len(parts) == len(others) and all(map(is_, parts, others))
