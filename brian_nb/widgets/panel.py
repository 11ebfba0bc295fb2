"""The live panel: controls, figures and sliders of one session."""

from collections import deque
from time import perf_counter

from ipywidgets import HTML, FloatProgress, HBox, Label, Layout, VBox

from brian_nb.units import ALL_UNITS
from brian_nb.widgets.failure import error_to_html
from brian_nb.widgets.gate import FrameGate
from brian_nb.widgets.readout import write_rate, write_speed, write_time
from brian_nb.widgets.theme import make_style
from brian_nb.widgets.toolbar import ADAPTS, Toolbar

_SECOND = ALL_UNITS["second"]

READOUT_INTERVAL = 0.12
"""Seconds between two writings of the numbers."""

RATE_SPAN = 0.1
"""Seconds of biological time over which spikes are counted for the readout."""


class LivePanel(VBox):
    """What `live` gives: a widget that shows a run and controls it.

    Parameters
    ----------
    session : LiveSession
    figures : sequence of Raster, Traces and Rates
    spike_monitors : sequence of SpikeMonitor
        For the number of spikes per second.
    turns : sequence of Turn
        One slider each.
    window : float, second

    Attributes
    ----------
    session : LiveSession
    sliders : dict of str to ipywidgets.FloatSlider
        In display units.
    n_frames : int
        Frames drawn so far.
    """

    def __init__(self, session, figures, spike_monitors, turns, window):
        self.session, self.figures = session, tuple(figures)
        self.n_frames = 0
        self._monitors = tuple(spike_monitors)
        self._gate = FrameGate()
        self._counts = deque(maxlen=256)
        self._wall = deque(maxlen=32)
        self._written = 0.0
        segment = None if session.segment is None else float(session.segment)
        self.toolbar = Toolbar(session.speed, segment, window, session.pace.dt)
        self._time, self._rate, self._progress = _make_readouts(session)
        self._message = HTML()
        knobs = {turn.name: turn.make_knob() for turn in turns}
        self.sliders = {name: knob.slider for name, knob in knobs.items()}
        super().__init__(self._lay_out(list(knobs.values())))
        self.add_class("brian-nb-panel")
        self._connect()

    # -- control ---------------------------------------------------------------------------

    def play(self):
        """Begin, or go on."""
        self._do(self.session.play)

    def pause(self):
        """Rest after the present segment."""
        self._do(self.session.pause)

    def step(self):
        """Run one segment, then rest."""
        self._do(self.session.step)

    def stop(self):
        """End the run; what is recorded is kept."""
        self._do(self.session.stop)

    def reset(self):
        """Return to the state in which the run began."""
        self._do(self.session.reset)

    def close(self):
        """Stop the run and take the panel out of the page."""
        self.session.stop()
        self._gate.close()
        super().close()

    @property
    def window(self):
        """Biological time that the figures show, in seconds."""
        return self.toolbar.window.value

    # -- showing, mostly from the thread of the run ----------------------------------------

    def _show_status(self, session, is_final):
        now = perf_counter()
        t = float(session.t)
        n_spikes = sum(monitor.nspikes for monitor in self._monitors)
        if self._counts and t < self._counts[-1][0]:
            self._counts.clear()
            self._wall.clear()
        self._counts.append((t, n_spikes))
        if not is_final and now - self._written < READOUT_INTERVAL:
            return
        self._written = now
        self._wall.append((now, t))
        self._write_numbers(session, t)
        if is_final:
            self._wall.clear()
            self.toolbar.show_state(session.state)
            self._message.value = error_to_html(session.error) if session.error else ""

    def _write_numbers(self, session, t):
        text = f"{session.state} · t = {write_time(t)}"
        (begin, t_begin), (end, t_end) = self._wall[0], self._wall[-1]
        if session.state == "running" and end > begin:
            text += f" · {write_speed((t_end - t_begin) / (end - begin))}"
        self._time.value = text
        since, first = self._find_count(t - RATE_SPAN)
        n_neurons = sum(monitor.source.size for monitor in self._monitors)
        self._rate.value = write_rate(self._counts[-1][1] - first, t - since, n_neurons)
        if self._progress is not None:
            share = session.step_count / max(1, session.total_steps)
            self._progress.value = min(1.0, share)

    def _find_count(self, t):
        """The last noted time and count that is not after a time, else the first one."""
        for noted in reversed(self._counts):
            if noted[0] <= t + 1e-12:
                return noted
        return self._counts[0]

    def _draw_frame(self, session, is_final):
        now = perf_counter()
        if not (is_final or self._gate.is_open(now)):
            return
        try:
            self.draw()
        except Exception as error:
            self._message.value = error_to_html(error)
            raise
        self._gate.mark_sent(now)

    def draw(self):
        """Draw all figures once."""
        t = float(self.session.t)
        for figure in self.figures:
            figure.draw(t, self.window)
        self.n_frames += 1

    # -- putting it together ---------------------------------------------------------------

    def _lay_out(self, knobs):
        status = [self._time, self._rate]
        if self._progress is not None:
            status.insert(1, self._progress)
        views = VBox(
            [view.figure for view in self.figures],
            layout=Layout(flex="2 1 480px", min_width="440px", overflow="hidden"),
        )
        column = VBox(knobs, layout=Layout(flex="1 1 330px", min_width="320px"))
        return [
            make_style(),
            self.toolbar,
            HBox(status, layout=Layout(flex_flow="row wrap", align_items="center")),
            self._message,
            HBox([views, column] if knobs else [views], layout=Layout(flex_flow="row wrap")),
        ]

    def _connect(self):
        for name, button in self.toolbar.buttons.items():
            button.on_click(lambda _, name=name: getattr(self, name)())
        self.toolbar.speed.observe(self._set_speed, "value")
        self.toolbar.segment.observe(self._set_segment, "value")
        self.toolbar.window.observe(self._redraw_at_rest, "value")
        self.session.add_listener(self._show_status)
        self.session.add_listener(self._draw_frame)
        self._show_status(self.session, is_final=True)
        self.draw()

    def _do(self, act):
        self._message.value = ""
        try:
            act()
        except Exception as error:  # noqa: BLE001 - a click has no cell to show it in
            self._message.value = error_to_html(error)
        self.toolbar.show_state(self.session.state)

    def _set_speed(self, change):
        self._wall.clear()
        self.session.speed = change.new

    def _set_segment(self, change):
        self.session.segment = None if change.new == ADAPTS else change.new * _SECOND

    def _redraw_at_rest(self, change):
        if self.session.state != "running":
            self.draw()


def _make_readouts(session):
    time, rate = Label(), Label()
    time.add_class("brian-nb-status")
    rate.add_class("brian-nb-status")
    rate.add_class("brian-nb-rate")
    progress = None
    if session.duration is not None:
        progress = FloatProgress(min=0.0, max=1.0, layout=Layout(width="160px"))
    return time, rate, progress
