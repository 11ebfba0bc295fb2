"""A run that goes on in the background while the notebook stays free."""

import threading
from math import isnan
from time import perf_counter

import numpy as np

from brian_nb.engine import run_segments
from brian_nb.errors import ModelError
from brian_nb.network.quantities import to_si
from brian_nb.units import ALL_UNITS, get_dimension
from brian_nb.widgets.changes import Changes, announce_values, find_drivers, set_driver
from brian_nb.widgets.journal import Event, Journal, name_objects, rewind
from brian_nb.widgets.memory import OWN_BYTES, USER_BYTES, bound_recording
from brian_nb.widgets.pacing import LivePace, Metronome
from brian_nb.widgets.parameters import Constant, SynapseParameter, list_parameters
from brian_nb.widgets.shutdown import stop_at_exit

IDLE, RUNNING, PAUSED, STOPPED, FAILED = "idle", "running", "paused", "stopped", "failed"

DEFAULT_SPEED = 0.2
"""Biological seconds in a second: spikes can be followed by eye."""

ENDLESS = 1 << 60
BOUND_PERIOD = 512
"""Segments between two looks at the size of recordings."""

JOIN_TIMEOUT = 10.0
_SECOND = ALL_UNITS["second"]
_TIME = get_dimension(_SECOND)


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
    journal : Journal or None
        None until the run has begun.
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
        self.journal = self.error = self.display_error = None
        self.changes = Changes()
        self.keep_bytes = keep_bytes
        self._own = tuple(own_monitors)
        self._duration = duration
        self.pace = LivePace(network.clock.timebase.dt, _read_speed(speed), _read_time(segment))
        self._count_steps()
        self._simulation = self._thread = self._left_at = None
        self._state = IDLE
        self._working = self._ending = False
        self._resting = True
        self._segments = 0
        self._known, self._labels, self._listeners = {}, {}, []
        self._boundary = threading.RLock()
        self._turn = threading.Condition()
        self._metronome = Metronome()
        self._claim()
        stop_at_exit(self)

    # -- what is going on ------------------------------------------------------------------

    @property
    def state(self):
        """One of 'idle', 'running', 'paused', 'stopped', 'failed'."""
        return self._state

    @property
    def is_active(self):
        """Whether its thread lives: the run is on, or paused."""
        return self._working

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
        self.pace.speed = _read_speed(speed)
        self._metronome.restart()
        self._wake()

    @property
    def segment(self):
        """Biological length of a segment, or None where it adapts to 10 ms of wall time."""
        return None if self.pace.segment is None else self.pace.segment * _SECOND

    @segment.setter
    def segment(self, segment):
        self.pace.segment = _read_time(segment)

    @property
    def total_steps(self):
        """Steps of a run of the session's duration."""
        return self._count_steps()

    def add_listener(self, listener):
        """Call ``listener(session, is_final)`` from the thread of the run, after each segment.

        It is called with ``is_final=True`` when the run comes to rest. A listener that fails is
        dropped, and its error kept as `display_error`; the run goes on.
        """
        self._listeners.append(listener)

    # -- control ---------------------------------------------------------------------------

    def play(self):
        """Begin, or go on."""
        self._claim()
        self._metronome.restart()
        self.pace.allowance = None
        self._go()

    def pause(self):
        """Rest after the present segment, until `play` or `step`."""
        with self._turn:
            if self._state == RUNNING:
                self._state = PAUSED
                self.pace.allowance = None
                self._turn.notify_all()

    def step(self, n_steps=None):
        """Do some steps, then rest.

        Parameters
        ----------
        n_steps : int, optional
            One segment if omitted.
        """
        self._claim()
        with self._turn:
            self.pace.allowance = int(n_steps or self.pace.segment_steps)
        self._go()

    def stop(self):
        """End the run after the present segment, and wait for that; what is recorded is kept."""
        with self._turn:
            self._ending = True
            self._turn.notify_all()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(JOIN_TIMEOUT)

    def reset(self):
        """Return to the state in which the run began, and forget what was recorded since."""
        self.stop()
        with self._boundary:
            self.changes.take()
            if self.journal is not None:
                rewind(self.network, self.journal)
            for monitor in self.network.monitors:
                monitor.clear_recordings()
            self.journal = self.error = None
            self._known = {}
            self._state = IDLE
        for item in self.network.objects:
            announce_values(item)
        self._tell(is_final=True)

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
            goal = timebase.step + timebase.steps_in(_read_time(duration))
        with self._turn:
            return self._turn.wait_for(lambda: self._resting or timebase.step >= goal, timeout)

    def put(self, item, parameter, value):
        """Change a value, in SI units, at the next boundary; at once while nothing runs."""
        self.changes.put(item, parameter, value)
        if self._state != RUNNING:
            with self._boundary:
                self._apply_changes()

    # -- in the thread of the run ----------------------------------------------------------

    def advance(self, n_steps):
        """One segment: changes are applied before it, never within; a batch run goes first."""
        with self._boundary, self.network.clock.timebase.running():
            if self.network.clock.timebase.step != self._left_at:
                self._begin()
            self._notice_changes()
            self._apply_changes()
            self._simulation.advance(n_steps)
            self._left_at = self._simulation.timebase.step
            self._segments += 1
            if self._segments % BOUND_PERIOD == 0:
                self._bound_recordings()

    def _go(self):
        if not self._working:
            self._begin()
        with self._turn:
            self._state = RUNNING
            self._ending = self._resting = False
            self.error = None
            self._turn.notify_all()
            if not self._working:
                self._working = True
                self._thread = threading.Thread(
                    target=self._work, name="brian_nb live", daemon=True
                )
                self._thread.start()

    def _work(self):
        outcome = STOPPED
        try:
            n_steps = self._count_steps()
            run_segments(self, n_steps, self._await_turn, self._after, self.pace)
        except Exception as error:  # noqa: BLE001 - whatever it is, the panel shows it
            self.error = error
            outcome = FAILED
        self._come_to_rest(outcome)

    def _begin(self):
        """Compile; start a journal, a new one where something else has moved the network.

        A first run is prepared in the thread that asks for it: what the network draws from NumPy's
        global generator must not depend on what other cells draw meanwhile.
        """
        with self._boundary:
            self._simulation = self.network.prepare()
            timebase = self._simulation.timebase
            self.pace.dt = timebase.dt
            self._labels = {item: label for label, item in name_objects(self.network).items()}
            if self.journal is None or timebase.step != self._left_at:
                self.journal = Journal(self._simulation.take_snapshot())
                self._left_at = timebase.step
                self._remember_values()

    def _await_turn(self):
        """Hold the thread while the run is paused or ahead of its speed; False ends the run."""
        while not self._ending:
            with self._turn:
                if self._state == RUNNING and self.pace.allowance != 0:
                    delay = self._metronome.delay(perf_counter(), float(self.t), self.pace.speed)
                    if delay == 0 or self.pace.allowance:
                        return True
                    self._turn.wait(delay)
                    continue
                self._state = PAUSED
            self._rest()
            with self._turn:
                self._turn.wait_for(lambda: self._ending or self._state == RUNNING)
        return False

    def _after(self, done):
        with self._turn:
            self._turn.notify_all()
        self._tell()

    def _come_to_rest(self, outcome):
        with self._turn:
            self._state = outcome
            self._working = self._ending = False
        with self._boundary:
            self._apply_changes()
        self._rest()

    def _rest(self):
        self._tell(is_final=True)
        with self._turn:
            self._resting = self._state != RUNNING
            self._turn.notify_all()

    def _tell(self, is_final=False):
        for listener in list(self._listeners):
            try:
                listener(self, is_final)
            except Exception as error:  # noqa: BLE001 - a display must not end a run
                self._listeners.remove(listener)
                self.display_error = error

    # -- between segments ------------------------------------------------------------------

    def _apply_changes(self):
        for item, parameter, value in self.changes.take():
            old = parameter.copy(item)
            if np.array_equal(old, value):
                continue
            parameter.write(item, value)
            self._write_down(item, parameter, old, value)

    def _notice_changes(self):
        """Write down what a cell has changed on the objects themselves, past the session."""
        for (item, _), (parameter, old) in list(self._known.items()):
            new = parameter.read(item)
            if new != old and not (isnan(new) and isnan(old)):
                self._write_down(item, parameter, old, new)
                announce_values(item)

    def _write_down(self, item, parameter, old, new):
        if (item, parameter.name) in self._known:
            self._known[item, parameter.name] = parameter, new
        if self.journal is not None:
            step = self.network.clock.timebase.step
            self.journal.add(Event(step, self._labels[item], parameter.name, old, new))

    def _remember_values(self):
        """Values that are noticed when a cell changes them: all that are one number."""
        self._known = {
            (item, parameter.name): (parameter, parameter.read(item))
            for item in self.network.objects
            for parameter in list_parameters(item)
            if isinstance(parameter, (Constant, SynapseParameter))
        }

    def _bound_recordings(self):
        for monitor in self.network.monitors:
            is_own = monitor in self._own
            bound_recording(monitor.recording, OWN_BYTES if is_own else self.keep_bytes)

    # -- details ---------------------------------------------------------------------------

    def _count_steps(self):
        if self._duration is None:
            return ENDLESS
        return self.network.clock.timebase.steps_in(_read_time(self._duration))

    def _claim(self):
        """Become the one that runs these objects and moves their clock."""
        for driver in find_drivers(self.network):
            if driver is not self and driver.is_active:
                raise ModelError(
                    f"a live run of {_describe_shared(self.network, driver.network)} is going on "
                    f"already, {driver.state} at t = {driver.t!r}",
                    hint="stop that one first, with its stop button or its `stop()`; networks "
                    "that shall run side by side need clocks of their own",
                )
        for item in (*self.network.objects, self.network.clock):
            set_driver(item, self)

    def _wake(self):
        with self._turn:
            self._turn.notify_all()


def _describe_shared(network, other):
    shared = [item.describe() for item in network.objects if item in other.objects]
    return ", ".join(shared[:3]) or "a network with the same clock"


def _read_time(time):
    return None if time is None else float(to_si(time, _TIME, "a time of a live run"))


def _read_speed(speed):
    if speed == "max":
        return None
    try:
        value = float(speed)
    except (TypeError, ValueError):
        value = 0.0
    if not value > 0:
        raise ModelError(
            f"the speed of a live run cannot be {speed!r}",
            hint="give biological seconds in a second of wall time, such as 0.1, or 'max'",
        )
    return value
