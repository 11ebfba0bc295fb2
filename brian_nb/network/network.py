"""Networks: objects collected, lowered to a model, and run."""

from brian_nb.engine import note_change, run_segments
from brian_nb.engine.interrupt import HeldInterrupts
from brian_nb.errors import ModelError, RunInterrupted
from brian_nb.model import SCHEDULES
from brian_nb.network.compiled import CompiledCollection, started
from brian_nb.network.quantities import to_si
from brian_nb.network.randomness import draw_seed
from brian_nb.network.report import report_run
from brian_nb.network.run_notes import note_run
from brian_nb.network.schedule import read_schedule
from brian_nb.units import ALL_UNITS, get_dimension

_SECOND = ALL_UNITS["second"]
_TIME = get_dimension(_SECOND)


class Network(CompiledCollection):
    """Objects that are run together.

    Parameters
    ----------
    *objects : NeuronGroup, Connection or monitor, or lists of them
        Groups that a connection or a monitor refers to are taken along.
    threads : int, optional
        Threads that share the work; the spikes do not depend on it. If omitted, one for each
        131,072 neurons, as processors allow: a single one up to 262,143 neurons.

    Attributes
    ----------
    objects, groups, connections, rules, monitors, setters, callers
        See `Collection`.
    is_stopped : bool
        Whether `stop` has been called since the last run began.
    """

    def __init__(self, *objects, threads=None):
        self.is_stopped = False
        super().__init__(*objects, threads=threads)

    def extend(self, *objects):
        """Another network of the same and further objects, which draws the same random numbers."""
        if self._seed is None:
            self._seed = draw_seed()
        other = Network(self.objects, *objects, threads=self._threads)
        other._seed, other._schedule = self._seed, self._schedule
        other._streams = dict(self._streams)
        return other

    # -- running ---------------------------------------------------------------------------

    def run(self, duration, report=None, report_period=10 * _SECOND, threads=None):
        """Run for a duration.

        Parameters
        ----------
        duration : Quantity, second
        report : None, 'text', 'stdout', 'stderr', 'graphical', stream, callable or ProgressReporter
            How to report progress (see `ProgressReporter`); a function gets the elapsed seconds
            and the share done, which is 1.0 at the end of the run and only then.
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
        RunInterrupted
            The run was interrupted; it ended after a whole step, and what was recorded is kept.
        """
        seconds = float(to_si(duration, _TIME, "the duration of a run"))
        if not seconds >= 0:
            raise ModelError(f"a run cannot last {duration!r}")
        if threads is not None:
            self.threads = threads
        simulation = self._begin_run()
        self.is_stopped = False
        n_steps = simulation.set_duration(seconds)
        with HeldInterrupts(simulation) as interrupts, simulation.timebase.running():
            with note_run(self, simulation, n_steps):
                if n_steps <= simulation.pace.steps and report is None:
                    simulation.advance(n_steps)
                else:
                    with report_run(report, float(report_period), n_steps) as progress:
                        self._run_segments(simulation, n_steps, interrupts, progress)
        self._raise_interrupt(interrupts)

    def _run_segments(self, simulation, n_steps, interrupts, progress):
        run_segments(
            simulation, n_steps, lambda: not (self.is_stopped or interrupts.came), progress
        )
        self._raise_interrupt(interrupts)

    def _raise_interrupt(self, interrupts):
        if interrupts.came:
            raise RunInterrupted(
                f"the run stopped at t = {self.clock.t!r}; all recorded data is kept"
            )

    def stop(self):
        """End the run that is going on: after the present step when called from within it.

        From another thread, it ends after the present segment.
        """
        self.is_stopped = True
        if self._simulation:
            self._simulation.end_step()

    def reinit(self):
        """Set time to zero and forget recordings and spikes in flight; values of variables stay."""
        self._discard_simulation()
        self._seed, self._streams, self._stage = None, {}, 0
        for clock in self._clocks():
            clock.reinit()
        for item in self.objects:
            item.reinit()

    # -- steps -----------------------------------------------------------------------------

    def update(self):
        """Do the step that is due first, of the clock it belongs to."""
        simulation = self._begin_run()
        with HeldInterrupts(simulation) as interrupts, simulation.timebase.running():
            simulation.advance_clock()
        self._raise_interrupt(interrupts)

    def update_schedule_standard(self):
        """Let a step go from groups to connections and then to resets, as it does by default."""
        self._set_schedule(SCHEDULES["default"])

    def update_schedule_groups_resets_connections(self):
        """Let a step reset the neurons that fired before connections deliver the spikes."""
        self._set_schedule(SCHEDULES["groups_resets_connections"])

    def set_update_schedule(self, schedule):
        """Choose the order of the works of a step.

        Parameters
        ----------
        schedule : sequence of str
            "groups", "connections" and "resets" in any order; places of operations and monitors,
            such as "before_groups", may stand between them and stay with their work.

        Raises
        ------
        ModelError
            A work is missing, or there is no such place.
        """
        self._set_schedule(read_schedule(schedule))

    def _set_schedule(self, schedule):
        self._schedule = schedule
        note_change()

    # -- whole states ----------------------------------------------------------------------

    def store(self):
        """Copy the whole state: variables, weights, time, random numbers, spikes in flight."""
        return self.bring_in_line().take_snapshot()

    def restore(self, snapshot):
        """Return to a stored state; what monitors have recorded stays."""
        self.bring_in_line().put_back(snapshot)

    def __repr__(self):
        return f"<Network of {len(self)} neurons, {len(self.objects)} objects>"


def stop_all():
    """End all runs that are going on, see `Network.stop`."""
    for network in list(started):
        network.stop()
