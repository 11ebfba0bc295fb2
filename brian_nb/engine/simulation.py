"""A compiled network bound to its state."""

from concurrent.futures import ThreadPoolExecutor
from operator import ge
from time import perf_counter

from brian_nb.engine.binding import Binding
from brian_nb.engine.finite import find_bad_state
from brian_nb.engine.loop import Pace
from brian_nb.engine.revision import revision
from brian_nb.engine.rules import fit_factors, fit_rules
from brian_nb.engine.snapshot import Checkpoint, put_back, take_snapshot
from brian_nb.engine.timebase import stops_at

READERS_WAIT = 0.01
"""Wall time in seconds after which readers in other threads are given what was recorded."""


class Simulation:
    """Runs one network, segment by segment.

    Parameters
    ----------
    model : NetworkModel
    updates : sequence of StepUpdate
    program : Program
    kernel : Kernel
        The compiled program.
    storage : Storage
    seed : int
        63-bit seed of all random draws.
    n_threads : int
        Threads that share each segment; results do not depend on it.

    Attributes
    ----------
    timebase : TimeBase
        The clock with the shortest steps; segments are counted in these.
    """

    def __init__(self, model, updates, program, kernel, storage, seed, n_threads=1):
        self.model, self.program, self.kernel = model, program, kernel
        self.storage, self.n_threads = storage, n_threads
        self.timebase = min(storage.timebases, key=lambda timebase: timebase.dt)
        self.pace = Pace()
        self._binding = Binding(model, program, updates, storage, seed)
        self._pool = ThreadPoolExecutor(n_threads - 1) if n_threads > 1 else None
        self._bound = self._checkpoint = None
        self._prepared_for = self._left_at = self._sized_for = None
        self._stops = []
        self._drained_at = 0.0

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
        self._advance_to(self._stops_after(n_steps))

    def advance_clock(self):
        """Go on by the one step that is due first, of whichever clock."""
        due = min(self.storage.timebases, key=lambda timebase: timebase.t)
        self._advance_to([item.step + (item is due) for item in self.storage.timebases])

    def _advance_to(self, stops):
        self._stops = stops
        self._prepare()
        self._advance_once()
        while not self._is_done():
            if self._binding.stage:
                self.storage.calls[self._binding.call]()
                self._prepare()
            else:
                self.drain()
            self._advance_once()
        now = perf_counter()
        if now - self._drained_at > READERS_WAIT:
            self._drained_at = now
            self.drain()

    def end_step(self):
        """Let the segment end after the present step; for Python code that is called within it."""
        self._stops = [
            min(stop, step)
            for stop, step in zip(
                self._stops, stops_at(self.storage.timebases, self.timebase, 1), strict=True
            )
        ]

    def set_duration(self, seconds):
        """Let the clocks know that the run ends in so many seconds, and give its steps."""
        for timebase in self.storage.timebases:
            timebase.end = timebase.t + seconds
        return self.timebase.steps_in(seconds)

    def drain(self):
        """Hand all that was recorded to the recordings."""
        with self.storage.lock:
            self.storage.drain_probes()

    def take_snapshot(self):
        """Copy the whole state, spikes in flight included."""
        return take_snapshot(self.storage, self._binding.stage)

    def put_back(self, snapshot):
        """Return to a snapshot; recordings are not part of it."""
        self.drain()
        self._binding.stage = put_back(snapshot, self.storage)

    def close(self):
        """Let the threads go, and hand over what was recorded."""
        self.drain()
        if self._pool:
            self._pool.shutdown()

    def _steps(self):
        return [timebase.step for timebase in self.storage.timebases]

    def _stops_after(self, n_steps):
        if len(self.storage.timebases) == 1:
            return [self.timebase.step + n_steps]
        return stops_at(self.storage.timebases, self.timebase, n_steps)

    def _is_done(self):
        return not self._binding.stage and all(map(ge, self._left_at, self._stops))

    def _prepare(self):
        """Bring what the compiled code reads in line with all changes since the last segment."""
        if revision.number == self._prepared_for and self._steps() == self._left_at:
            self._binding.write_coefficients()
            return
        with self.storage.wiring_lock:
            self.storage.settle()
            if self.storage.sizes() != self._sized_for:
                self._bind()
                self._sized_for = self.storage.sizes()
        self._binding.begin_probes()
        self._binding.write_values()
        self._prepared_for = revision.number

    def _bind(self):
        storage = self.storage
        longest = [0] * len(storage.populations)
        for item, synapses in zip(self.model.synapses, storage.synapses, strict=True):
            clock = storage.timebases[self.model.clock_of(item)]
            longest[item.source] = max(longest[item.source], clock.steps_in(synapses.delay))
            if item.delayed:
                arrival_clock = storage.timebases[self.model.populations[item.target].clock]
                synapses.fit_delays(arrival_clock.dt, self.n_threads)
        for population, steps in fit_rules(self.model, storage):
            longest[population] = max(longest[population], steps)
        for item, state, delay in zip(
            self.model.populations, storage.populations, longest, strict=True
        ):
            state.fit_ring(delay, self.n_threads, storage.timebases[item.clock].step)
        fit_factors(self.model, storage)
        self._bound = [self.kernel(self._binding.arrays()) for _ in range(self.n_threads)]
        self._binding.write_sizes()
        reads_past = any(longest) or bool(storage.calls)
        self._checkpoint = Checkpoint(storage, self._binding.written_arrays(), reads_past)

    def _advance_once(self):
        """Run until the segment is done, a buffer is full or Python code has its turn."""
        self._checkpoint.save(self._binding.stage)
        if not self._call(self._stops):
            self._fail()
        self._left_at = self._steps()

    def _call(self, stops):
        """Run the compiled loop; False where a value is not finite afterwards."""
        with self.storage.lock:
            self._binding.write_counters(stops)
            n_bad = self._bound[0](0, 1) if self._pool is None else self._call_threads()
            self._binding.read_counters()
        return n_bad == 0

    def _call_threads(self):
        others = [
            self._pool.submit(bound, thread, self.n_threads)
            for thread, bound in enumerate(self._bound[1:], start=1)
        ]
        return self._bound[0](0, self.n_threads) + sum(other.result() for other in others)

    def _fail(self):
        """Return to the last step at which all values were finite, and say what went wrong."""
        good, bad = self._checkpoint.step_of(self.timebase), self.timebase.step
        while bad - good > 1:
            middle = (good + bad) // 2
            if self._repeat_to(middle):
                good = middle
            else:
                bad = middle
        self._repeat_to(bad)
        place = find_bad_state(self.model, self.storage)
        self._repeat_to(good)
        self.drain()
        raise place.to_error(self.storage, self.timebase)

    def _repeat_to(self, stop):
        """Run from the checkpoint to a step; whether all values are finite there."""
        self._binding.stage = self._checkpoint.put_back()
        n_steps = stop - self.timebase.step
        return n_steps == 0 or self._call(self._stops_after(n_steps))
