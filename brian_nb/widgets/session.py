"""A run that goes on in the background while the notebook stays free."""

import logging
import threading
from time import perf_counter

from brian_nb.engine import run_segments
from brian_nb.units import ALL_UNITS
from brian_nb.widgets.announcer import Announcer
from brian_nb.widgets.claim import claim
from brian_nb.widgets.journal import rewind
from brian_nb.widgets.ledger import Ledger
from brian_nb.widgets.listeners import Listeners
from brian_nb.widgets.memory import USER_BYTES, Keeper
from brian_nb.widgets.pacing import LivePace, read_speed, read_time
from brian_nb.widgets.run_state import FAILED, IDLE, RUNNING, STOPPED, RunState
from brian_nb.widgets.shutdown import stop_at_exit

DEFAULT_SPEED = 0.2
"""Biological seconds in a second: spikes can be followed by eye."""

ENDLESS = 1 << 60
JOIN_TIMEOUT = 10.0
_SECOND = ALL_UNITS["second"]
_logger = logging.getLogger(__name__)


class LiveSession:
    """Runs one network in a daemon thread, segment by segment.

    Values put from any thread are applied between segments and written into the journal. A state
    is one of 'idle' (not begun), 'running', 'paused', 'stopped' and 'failed'; from all of them
    `play` goes on.

    Parameters
    ----------
    network : Network
    duration : Quantity, second, optional
        Biological time of a run; endless if omitted.
    speed : float or 'max'
        Biological seconds in a second of wall time.
    segment : Quantity, second, optional
        Biological length of a segment; about 10 ms of wall time if omitted.
    own_monitors : sequence of monitors
        Monitors that nobody but the session's figures reads: little of them is kept.
    keep_bytes : int
        Size up to which each other monitor is kept whole; beyond it the oldest part is forgotten.

    Attributes
    ----------
    error : Exception or None
        Why the run failed.

    Raises
    ------
    ModelError
        Another session runs the same objects, or moves the same clock.
    """

    def __init__(
        self,
        network,
        duration=None,
        speed=DEFAULT_SPEED,
        segment=None,
        own_monitors=(),
        keep_bytes=USER_BYTES,
    ):
        self.network = network
        self.error = None
        self._duration = None if duration is None else read_time(duration) * _SECOND
        self.pace = LivePace(network.clock.timebase.dt, read_speed(speed), read_time(segment))
        self._simulation = self._thread = self._left_at = None
        self._state = RunState()
        self._ledger = Ledger(network)
        self._listeners = Listeners(Announcer())
        self._keeper = Keeper(own_monitors, keep_bytes)
        self._boundary = threading.RLock()
        claim(self)
        stop_at_exit(self)

    # -- what is going on ------------------------------------------------------------------

    @property
    def state(self):
        """One of 'idle', 'running', 'paused', 'stopped', 'failed'."""
        return self._state.name

    @property
    def is_active(self):
        """Whether its thread lives: the run is on, or paused."""
        return self._state.is_active

    @property
    def journal(self):
        """What was changed when, a `Journal`; None until the run has begun."""
        return self._ledger.journal

    @property
    def changes(self):
        """Values that wait for the end of the present segment."""
        return self._ledger.changes

    @property
    def display_error(self):
        """Why a listener was dropped, or None."""
        return self._listeners.error

    @property
    def t(self):
        """Biological time at which the next step starts, second."""
        return self.network.clock.timebase.t * _SECOND

    @property
    def step_count(self):
        """Steps done since the start of the journal."""
        timebase = self.network.clock.timebase
        return 0 if self.journal is None else timebase.step - self.journal.start.step

    @property
    def duration(self):
        """Biological time of a run, or None for one without an end."""
        return self._duration

    @property
    def speed(self):
        """Biological seconds in a second of wall time, or 'max'."""
        return "max" if self.pace.speed is None else self.pace.speed

    @speed.setter
    def speed(self, speed):
        self.pace.change_speed(read_speed(speed))
        self._state.wake()

    @property
    def segment(self):
        """Biological length of a segment, or None where it adapts to 10 ms of wall time."""
        return None if self.pace.segment is None else self.pace.segment * _SECOND

    @segment.setter
    def segment(self, segment):
        self.pace.segment = read_time(segment)

    @property
    def total_steps(self):
        """Steps of a run of the session's duration; very many without one."""
        if self._duration is None:
            return ENDLESS
        return self.network.clock.timebase.steps_in(float(self._duration))

    def add_listener(self, listener):
        """Call ``listener(session, is_final)`` from the thread of the run, after each segment.

        It is called with ``is_final=True`` when the run comes to rest. A listener that fails is
        dropped, and its error kept as `display_error`; the run goes on.
        """
        self._listeners.add(listener)

    # -- control ---------------------------------------------------------------------------

    def play(self):
        """Begin, or go on."""
        claim(self)
        self.pace.restart()
        self._go()

    def pause(self):
        """Rest after the present segment, until `play` or `step`."""
        self._state.pause()

    def step(self, n_steps=None):
        """Do some steps, then rest.

        Parameters
        ----------
        n_steps : int, optional
            One segment if omitted.
        """
        claim(self)
        self.pace.restart(int(n_steps or self.pace.segment_steps))
        self._go()

    def stop(self):
        """End the run after the present segment, and wait for that; what is recorded is kept."""
        self._state.end()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(JOIN_TIMEOUT)

    def reset(self):
        """Return to the state in which the run began, and forget what was recorded since."""
        self.stop()
        with self._boundary:
            if self.journal is not None:
                rewind(self.network, self.journal)
            for monitor in self.network.monitors:
                monitor.clear_recordings()
            self._ledger.forget()
            self.error = None
            self._state.name = IDLE
        self._listeners.tell(self, is_final=True)

    def wait(self, duration=None, timeout=None):
        """Wait, while the run goes on, for a biological duration, or until it comes to rest.

        Parameters
        ----------
        duration : Quantity, second, optional
            From now on; without one, until the run rests.
        timeout : float, second, optional
            Wall time after which to give up.

        Returns
        -------
        bool
            False if the time was up before.
        """
        timebase = self.network.clock.timebase
        goal = ENDLESS
        if duration is not None:
            goal = timebase.step + timebase.steps_in(read_time(duration))
        return self._state.wait(lambda: timebase.step >= goal, timeout)

    def put(self, item, parameter, value):
        """Change a value, in SI units, at the next boundary; at once while nothing runs."""
        self.changes.put(item, parameter, value)
        if self.state != RUNNING:
            with self._boundary:
                self._ledger.apply_changes()

    # -- in the thread of the run ----------------------------------------------------------

    def advance(self, n_steps):
        """One segment: changes are applied before it, never within; a batch run goes first."""
        with self._boundary, self.network.clock.timebase.running():
            if self.network.clock.timebase.step != self._left_at:
                self._begin()
            self._ledger.notice_changes()
            self._ledger.apply_changes()
            self._simulation.advance(n_steps)
            self._left_at = self._simulation.timebase.step
            self._keeper.look(self.network.monitors)

    def _go(self):
        if not self.is_active:
            self._begin()
        self.network.is_stopped = False
        self.error = None
        self._state.run(self._start_thread)

    def _start_thread(self):
        self._thread = threading.Thread(target=self._work, name="brian_nb live", daemon=True)
        self._thread.start()

    def _work(self):
        outcome, begin = STOPPED, perf_counter()
        _logger.info("a live run begins at t = %r", self.t)
        try:
            run_segments(self, self.total_steps, self._await_turn, self._after, self.pace)
        except Exception as error:  # noqa: BLE001 - whatever it is, the panel shows it
            self.error = error
            outcome = FAILED
        took = perf_counter() - begin
        _logger.info("the live run has %s at t = %r, after %.3f s", outcome, self.t, took)
        self._state.end_thread(outcome)
        with self._boundary:
            self._ledger.notice_changes()
            self._ledger.apply_changes()
        self._rest()

    def _begin(self):
        """Compile; start a journal, a new one where something else has moved the network.

        A first run is prepared in the thread that asks for it: what the network draws from NumPy's
        global generator must not depend on what other cells draw meanwhile.
        """
        with self._boundary:
            self._simulation = self.network.bring_in_line()
            timebase = self._simulation.timebase
            self.pace.dt = timebase.dt
            self._ledger.open(self._simulation, goes_on=timebase.step == self._left_at)
            self._left_at = timebase.step

    def _await_turn(self):
        if self.network.is_stopped:  # by `stop()`, in an operation or in a cell
            return False
        return self._state.await_turn(
            lambda: self.pace.find_delay(perf_counter(), float(self.t)), self._rest
        )

    def _after(self, done):
        self._state.wake()
        self._listeners.tell(self)

    def _rest(self):
        self._listeners.tell(self, is_final=True)
        self._state.mark_rest()
