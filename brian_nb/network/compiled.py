"""The compiled code of a network, kept in line with its objects."""

from operator import is_
from weakref import WeakSet

from brian_nb.engine import revision
from brian_nb.engine.interrupt import HeldInterrupts
from brian_nb.errors import ModelError, RunInterrupted
from brian_nb.model import SCHEDULES
from brian_nb.network.collection import Collection
from brian_nb.network.lowering import Lowering
from brian_nb.network.randomness import draw_seed
from brian_nb.network.run_notes import note_objects
from brian_nb.network.scope import label_objects
from brian_nb.network.threads import choose_threads
from brian_nb.pipeline import build_network, start_simulation

started = WeakSet()
"""All networks that have been made ready for a run."""


class CompiledCollection(Collection):
    """Objects with the simulation that runs them.

    It is made when it is first needed, and anew where the objects have changed so that other code
    is needed; the state of the objects outlives it.

    Parameters
    ----------
    *objects : NeuronGroup, Connection or monitor, or lists of them
    threads : int, optional
        See `threads`.
    """

    def __init__(self, *objects, threads=None):
        self._simulation = self._prepared_for = None
        self._stage, self._threads = 0, None
        self._parts = []
        self._followers = []
        self._seed, self._streams = None, {}
        self._is_prepared = self._reference = False
        self._schedule = SCHEDULES["default"]
        self.threads = threads
        super().__init__(*objects)

    @property
    def threads(self):
        """Threads that share the work from the next run on; None lets the network choose."""
        return choose_threads(len(self)) if self._threads is None else self._threads

    @threads.setter
    def threads(self, threads):
        if threads is not None and (threads != int(threads) or threads < 1):
            raise ModelError(f"a run needs at least one thread, not {threads!r}")
        if threads != self._threads:
            self._threads = None if threads is None else int(threads)
            self._discard_simulation()

    def prepare(self):
        """Compile what is needed; the first run begins with it.

        Subclasses may do more here, such as to set values before the first run.
        """
        self.bring_in_line()
        self._is_prepared = True

    def bring_in_line(self):
        """Bring the compiled code in line with the objects.

        Nothing is done where nothing has changed since the last run, or while a run goes on.

        Returns
        -------
        Simulation
        """
        simulation = self._simulation
        if simulation and simulation.is_calling:
            return simulation
        try:
            return self._bring_in_line(simulation)
        except RunInterrupted:
            raise
        except KeyboardInterrupt:
            raise RunInterrupted(
                "the network was not made ready for a run; its state and all recorded data are "
                "kept, and the next run begins with making it ready"
            ) from None

    def _bring_in_line(self, simulation):
        self._refresh()
        number = revision.number  # read first: another thread may change something meanwhile
        if simulation is None:
            self._start()
        elif self._prepared_for == number:
            return simulation
        elif _are_same(self._list_parts(), self._parts):
            simulation.choose_timebase()
        else:
            with HeldInterrupts(simulation) as interrupts:
                simulation.finish_step()
                self._discard_simulation()
            interrupts.raise_held()
            self._start()
        self._prepared_for = number
        return self._simulation

    def _begin_run(self):
        if not self._is_prepared:
            try:
                self.prepare()
            except BaseException:
                self._is_prepared = False  # a subclass may have more to do in it
                raise
            self._is_prepared = True  # also where a subclass has its own `prepare`
        return self.bring_in_line()

    def _refresh(self):
        """Take over what functions and arrays of the user hold now."""
        for group in self._followers:
            group.follow_functions()
        if self._simulation:
            self._simulation.storage.refresh_tables()

    def _list_parts(self):
        """All that the simulation was made from: any other part makes another simulation."""
        self._take_along()
        return [
            *(group.describe_model() for group in self.groups),
            *(item.values for item in self.connections),
            *self.rules,
            *self.monitors,
            *self.setters,
            *(item.clock for item in (*self.groups, *self.monitors, *self.setters)),
            *self.callers,
            *(part for item in self.callers for when in item.list_calls() for part in when[:2]),
            *self._clocks(),
            self._schedule,
        ]

    def _start(self):
        threads = self.threads
        with HeldInterrupts() as interrupts:  # what is cut short in the middle may be of no use
            model, storage = self._lower()
            self.build = build_network(model, storage, threads, self._reference)
            self._simulation = start_simulation(self.build, storage, self._seed, self._stage)
            started.add(self)
        interrupts.raise_held()

    def _lower(self):
        label_objects(self.objects)
        note_objects(self)
        self._parts = self._list_parts()
        if self._seed is None:
            self._seed = draw_seed()
        lowering = Lowering(
            self.groups,
            self.connections,
            self.rules,
            self.monitors,
            self.callers,
            self._clocks(),
            self._schedule,
            self.setters,
            self._streams,
        )
        model, storage = lowering.lower()
        self._streams = lowering.streams
        self._followers = [group for group in self.groups if group.has_watched_values]
        for group in self._followers:
            group.follow_functions()
        return model, storage

    def _discard_simulation(self):
        """Let the simulation go, but for where it stands; another one will take its place."""
        if self._simulation:
            self._stage = self._simulation.stage
            self._simulation.close()
        self._simulation = None

    def __getstate__(self):
        """Copies and pickles take the objects and their state; the code is found again."""
        for monitor in self.monitors:
            monitor.recording.pull()
        left = {"_simulation": None, "_prepared_for": None, "_parts": [], "build": None}
        stage = self._simulation.stage if self._simulation else self._stage
        return vars(self) | left | {"_stage": stage}


def _are_same(parts, others):
    return len(parts) == len(others) and all(map(is_, parts, others))
