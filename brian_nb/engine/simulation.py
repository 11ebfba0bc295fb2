"""A compiled network bound to its state."""

from operator import ge, ne
from threading import get_ident
from time import perf_counter

from brian_nb.engine.binding import Binding
from brian_nb.engine.crew import Crew
from brian_nb.engine.finite import find_bad_state
from brian_nb.engine.fitting import fit_storage
from brian_nb.engine.loop import Pace
from brian_nb.engine.revision import revision
from brian_nb.engine.snapshot import Checkpoint, put_back, take_snapshot
from brian_nb.engine.timebase import TOLERANCE, find_due, find_lead, stops_at
from brian_nb.errors import SimulationError

READERS_WAIT = 0.01
"""Wall time in seconds after which readers in other threads are given what was recorded."""


class Simulation:
    """Runs one network, segment by segment.

    Parameters
    ----------
    model : NetworkModel
    updates : sequence of StepUpdate
    program : Program
    fit_kernel : callable
        ``fit_kernel(storage)`` gives the compiled program, for the sizes that there are now.
    storage : Storage
    seed : int
        63-bit seed of all random draws.
    n_threads : int
        Threads that share each segment; results do not depend on it.
    stage : int
        Where another simulation of the same network has left a step for Python code.

    Attributes
    ----------
    timebase : TimeBase
        The clock with the shortest steps; segments are counted in these.
    """

    def __init__(self, model, updates, program, fit_kernel, storage, seed, n_threads=1, stage=0):
        self.model, self.program, self._fit_kernel = model, program, fit_kernel
        self.storage, self.n_threads = storage, n_threads
        self.pace = Pace()
        self.pace.guess(storage)
        self._crew = Crew(n_threads)
        self._binding = Binding(model, program, updates, storage, seed)
        self._binding.stage = stage
        self._turns = [
            (storage.timebases[call.clock], model.follows_update(call)) for call in model.calls
        ]
        self._checkpoint = self._prepared_for = self._sized_for = None
        self._laid_out_for = []
        self._left_at, self._stops = [], []
        self._lead = self._drained_at = 0.0
        self._caller, self._is_ending = None, False
        self.choose_timebase()
        self._patience = (
            0.0 if any(item.sink.is_prompt for item in storage.probes) else READERS_WAIT
        )

    def advance(self, n_steps):
        """Go on by a number of steps of the fastest clock.

        Changes of constants, parameters, weights and delays made since the last segment act from
        the first of these steps on.

        Raises
        ------
        SimulationError
            A state variable became infinite or undefined. The state is then that of the last step
            at which all was well, and what was recorded up to it is kept.
        """
        stops = self._stops_after(n_steps)
        if self._lead:
            done = stops[self.storage.timebases.index(self.timebase)] - self.timebase.step
            self._lead -= (n_steps - done) * self.timebase.dt
        self._advance_to(stops)

    def advance_clock(self):
        """Go on by the one step that is due first, of whichever clock."""
        stops = self._steps()
        stops[find_due(self.storage.timebases)] += 1
        self._advance_to(stops)

    def end_step(self):
        """Let the segment end after the present step, if Python code has its turn within it.

        Any thread, and the handler of a signal, may call this.
        """
        self._is_ending = True

    def finish_step(self):
        """Do the rest of a step that an error in Python code has cut short."""
        if self._binding.stage:
            self.advance_clock()

    @property
    def stage(self):
        """Where the present step was left for Python code; 0 between steps."""
        return self._binding.stage

    @property
    def is_calling(self):
        """Whether this is asked by Python code that a step calls just now."""
        return self._caller == get_ident()

    def choose_timebase(self):
        """Count segments in the steps of the clock that is the fastest one now."""
        self.timebase = min(self.storage.timebases, key=lambda timebase: timebase.dt)

    def set_duration(self, seconds):
        """Let the clocks know that the run ends in so many seconds, and give its steps."""
        base, timebases = self.timebase, self.storage.timebases
        self._lead = find_lead(timebases, base) if len(timebases) > 1 else 0.0
        end = base.t - self._lead + seconds
        for timebase in timebases:
            timebase.end = end
        for item, probe in zip(self.model.probes, self.storage.probes, strict=True):
            probe.expect(timebases[item.clock])
        return base.steps_in(seconds)

    def drain(self):
        """Hand all that was recorded to the recordings."""
        with self.storage.lock:
            self.storage.drain_probes()

    def take_snapshot(self):
        """Copy the whole state, spikes in flight included."""
        with self.storage.lock:
            return take_snapshot(self.storage, self._binding.stage)

    def put_back(self, snapshot):
        """Return to a snapshot; recordings are not part of it."""
        with self.storage.lock:
            self.drain()
            self._binding.stage = put_back(snapshot, self.storage)

    def close(self):
        """Let the threads go, and hand over what was recorded."""
        self._require_rest()
        self.drain()
        self._crew.close()

    # -- a segment -------------------------------------------------------------------------

    def _advance_to(self, stops):
        if self._caller is not None:
            self._require_rest()
        self._stops, self._is_ending = stops, False
        self._prepare()
        self._advance_once()
        while not self._is_done():
            if self._binding.stage:
                self._call_python()
                self.storage.refresh_tables(only_plain=True)
                self._prepare()
            else:
                self.drain()
            self._advance_once()
        now = perf_counter()
        if now - self._drained_at > self._patience:
            self._drained_at = now
            self.drain()

    def _require_rest(self):
        if self.is_calling:
            raise SimulationError(
                "a function that a run calls cannot run the same network, or begin it anew",
                hint="run another network there, or call the function between two runs",
            )

    def _call_python(self):
        """Let the Python code have its turn for which the step was left."""
        timebase, follows_update = self._turns[self._binding.call]
        timebase.is_updated, self._caller = follows_update, get_ident()
        try:
            self.storage.calls[self._binding.call]()
        finally:
            timebase.is_updated, self._caller = False, None
        if self._is_ending:
            timebases = self.storage.timebases
            latest = min(item.t for item in timebases) + TOLERANCE * self.timebase.dt
            self._stops = [item.step + (item.t <= latest) for item in timebases]

    def _advance_once(self):
        """Run until the segment is done, a buffer is full or empty, or Python code has its turn."""
        self.storage.fill_supplies(self._stops)
        with self.storage.lock:  # nobody empties a buffer between the checkpoint and its use
            self._follow_buffers()
            start = perf_counter()
            self._checkpoint.save(self._binding.stage)
            self.pace.allow_for(perf_counter() - start)
            if not self._run_loop(self._stops):
                self._fail()
            self._left_at[:] = self._steps()

    def _run_loop(self, stops):
        """Run the compiled loop; False where a value is not finite afterwards."""
        self._binding.write_counters(stops)
        n_bad = self._crew.run()
        self._binding.read_counters()
        return n_bad == 0

    def _steps(self):
        return [timebase.step for timebase in self.storage.timebases]

    def _stops_after(self, n_steps):
        if len(self.storage.timebases) == 1:
            return [self.timebase.step + n_steps]
        return stops_at(self.storage.timebases, self.timebase, n_steps, self._lead)

    def _is_done(self):
        return all(map(ge, self._left_at, self._stops))

    # -- before a segment ------------------------------------------------------------------

    def _prepare(self):
        """Bring what the compiled code reads in line with all changes since the last segment."""
        number = revision.number  # read first: another thread may change something meanwhile
        if number == self._prepared_for and self._steps() == self._left_at:
            self._binding.write_coefficients()
            return
        with self.storage.lock, self.storage.wiring_lock:
            have_moved = self._follow_clocks()
            self.storage.settle()
            if self.storage.sizes() != self._sized_for:
                self._bind()
                self._sized_for = self.storage.sizes()
            elif have_moved:
                self._binding.write_sizes()
            self._binding.begin_probes()
            self._binding.write_values()
        self._prepared_for = number

    def _follow_buffers(self):
        """Write into the memory where buffers go on that were full, or that a run has outgrown."""
        layouts = self.storage.layouts()
        if layouts != self._laid_out_for:
            changed = list(map(ne, layouts, self._laid_out_for))
            self._crew.exchange(self._binding.probe_arrays(changed))
            self._binding.write_probe_sizes(changed)
            self._laid_out_for = layouts

    def _follow_clocks(self):
        """Let the populations go on where their clocks are now; whether any had to move."""
        populations = list(zip(self.model.populations, self.storage.populations, strict=True))
        timebases = self.storage.timebases
        moved = [state.go_on_at(timebases[item.clock]) for item, state in populations]
        self._left_at[:] = self._steps()
        for item, state in populations:
            state.stand_at(self._left_at, item.clock, timebases[item.clock].dt)
        return any(moved)

    def _bind(self):
        storage = self.storage
        reads_past = fit_storage(self.model, storage, self.n_threads)
        self._laid_out_for = storage.layouts()
        self._crew.bind(self._fit_kernel(storage), self._binding)
        self._binding.write_sizes()
        reads_past |= bool(storage.calls) or self.model.schedule[0] != "groups"
        self._checkpoint = Checkpoint(storage, self._binding.written_arrays(), reads_past)

    # -- after a value that is not finite --------------------------------------------------

    def _fail(self):
        """Return to the last step at which all values were finite, and say what went wrong."""
        good, whole = 0, self.timebase.step - self._checkpoint.step_of(self.timebase)
        bad = whole + 1  # the stretch may have been left within a step
        while bad - good > 1:
            middle = (good + bad) // 2
            if self._repeat(middle, whole):
                good = middle
            else:
                bad = middle
        self._repeat(bad, whole)
        place = find_bad_state(self.model, self.program.checked, self.storage)
        self._repeat(good, whole)
        self._left_at[:] = self._steps()
        self.drain()
        raise place.to_error(self.storage, self.storage.timebases[place.find_clock(self.model)])

    def _repeat(self, n_steps, whole):
        """Run again from the checkpoint on; whether all values are finite then.

        All that was done is done again where `n_steps` is more than the `whole` steps of it.
        """
        self._binding.stage = self._checkpoint.put_back()
        stops = self._stops if n_steps > whole else self._stops_after(n_steps)
        return n_steps == 0 or self._run_loop(stops)
