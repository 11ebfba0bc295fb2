"""A compiled network bound to its state."""

from concurrent.futures import ThreadPoolExecutor

from brian_nb.engine.binding import Binding
from brian_nb.engine.finite import find_bad_state
from brian_nb.engine.loop import Pace
from brian_nb.engine.snapshot import Checkpoint, put_back, take_snapshot


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
    timebase : TimeBase
    seed : int
        63-bit seed of all random draws.
    n_threads : int
        Threads that share each segment; results do not depend on it.
    """

    def __init__(self, model, updates, program, kernel, storage, timebase, seed, n_threads=1):
        self.model, self.program, self.kernel = model, program, kernel
        self.storage, self.timebase, self.n_threads = storage, timebase, n_threads
        self.pace = Pace()
        self._binding = Binding(program, updates, storage, timebase, seed)
        self._pool = ThreadPoolExecutor(n_threads - 1) if n_threads > 1 else None
        self._bound = self._checkpoint = self._sized_for = None

    def advance(self, n_steps):
        """Go on by a number of steps.

        Changes of constants, parameters, weights and delays made since the last segment act from
        the first of these steps on.

        Raises
        ------
        SimulationError
            A state variable became infinite or undefined. The state is then that of the last step
            at which all was well, and what was recorded up to it is kept.
        """
        stop = self.timebase.step + n_steps
        self._prepare()
        while self.timebase.step < stop:
            self._advance_to(min(stop, self.storage.room_until(self.timebase.step)))

    def take_snapshot(self):
        """Copy the whole state, spikes in flight included."""
        return take_snapshot(self.storage, self.timebase)

    def put_back(self, snapshot):
        """Return to a snapshot; recordings are not part of it."""
        put_back(snapshot, self.storage, self.timebase)
        self._bound = None

    def close(self):
        """Let the threads go."""
        if self._pool:
            self._pool.shutdown()

    def _prepare(self):
        sizes = self.storage.sizes(self.timebase)
        if self._bound is None or sizes != self._sized_for:
            self._sized_for = sizes
            self._bind()
        self.storage.begin_probes(self.timebase.step)
        self._binding.write_values()

    def _bind(self):
        longest = [0] * len(self.storage.populations)
        for item, synapses in zip(self.model.synapses, self.storage.synapses, strict=True):
            delay = self.timebase.steps_in(synapses.delay)
            longest[item.source] = max(longest[item.source], delay)
        for population, delay in zip(self.storage.populations, longest, strict=True):
            population.fit_ring(delay, self.n_threads, self.timebase.step)
        self._bound = [self.kernel(self._binding.arrays()) for _ in range(self.n_threads)]
        self._binding.write_sizes()
        self._checkpoint = Checkpoint(self.storage, self.timebase, delayed=any(longest))

    def _advance_to(self, stop):
        self._checkpoint.save()
        if not self._call(stop):
            self._fail()
        self.storage.drain_probes(self.timebase)

    def _call(self, stop):
        """Run the compiled loop; False where a value is not finite afterwards."""
        self._binding.write_counters(stop)
        others = [
            self._pool.submit(bound, thread, self.n_threads)
            for thread, bound in enumerate(self._bound[1:], start=1)
        ]
        n_bad = self._bound[0](0, self.n_threads)
        n_bad += sum(other.result() for other in others)
        self._binding.read_counters()
        return n_bad == 0

    def _fail(self):
        """Return to the last step at which all values were finite, and say what went wrong."""
        good, bad = self._checkpoint.step, self.timebase.step
        while bad - good > 1:
            middle = (good + bad) // 2
            if self._repeat_to(middle):
                good = middle
            else:
                bad = middle
        self._repeat_to(bad)
        place = find_bad_state(self.model, self.storage)
        self._repeat_to(good)
        self.storage.drain_probes(self.timebase)
        raise place.to_error(self.storage, self.timebase)

    def _repeat_to(self, stop):
        """Run from the checkpoint to a step; whether all values are finite there."""
        self._checkpoint.put_back()
        return stop == self.timebase.step or self._call(stop)
