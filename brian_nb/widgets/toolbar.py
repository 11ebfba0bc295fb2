"""The controls of a live panel: buttons, speed, length of a segment, length of the window."""

from ipywidgets import Button, Dropdown, HBox, Layout

from brian_nb.errors import ModelError

BUTTONS = (
    ("play", "Play", "play", "Run, or go on"),
    ("pause", "Pause", "pause", "Rest after the present segment"),
    ("step", "Step", "step-forward", "Run one segment, then rest"),
    ("stop", "Stop", "stop", "End the run; what is recorded is kept"),
    ("reset", "Reset", "undo", "Back to the state in which the run began"),
)
"""Name, text, icon and tooltip of each button."""

SPEEDS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
WINDOWS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
SEGMENTS = (1e-3, 5e-3, 20e-3, 100e-3)
ADAPTS = 0.0
"""Stands in the list for a segment whose length follows the wall time it takes."""

_BUTTON = Layout(width="auto", min_width="76px")
_CHOICE = Layout(width="auto")
_STYLE = {"description_width": "initial"}


class Toolbar(HBox):
    """Controls, in the order in which the tab key reaches them.

    Parameters
    ----------
    speed : float or 'max'
    segment : float or None, second
    window : float, second
    dt : float, second

    Attributes
    ----------
    buttons : dict of str to Button
    speed, segment, window : Dropdown
    """

    def __init__(self, speed, segment, window, dt):
        self.buttons = {
            name: Button(description=text, icon=icon, tooltip=tip, layout=_BUTTON)
            for name, text, icon, tip in BUTTONS
        }
        self.speed = _choose("Speed", _list_speeds(speed), speed)
        self.speed.tooltip = "Biological time in a second of wall time"
        self.segment = _choose("Segment", _list_segments(segment, dt), segment or ADAPTS)
        self.segment.tooltip = "Changes take effect at the end of a segment"
        self.window = _choose("Window", _list_windows(window), window)
        self.window.tooltip = "Biological time that the figures show"
        super().__init__(
            [*self.buttons.values(), self.speed, self.segment, self.window],
            layout=Layout(flex_flow="row wrap", align_items="center"),
        )

    def show_state(self, state):
        """Enable what can be done in a state of the run."""
        runs = state == "running"
        enabled = {
            "play": not runs,
            "pause": runs,
            "step": not runs,
            "stop": state in ("running", "paused"),
            "reset": state != "idle",
        }
        for name, button in self.buttons.items():
            if button.disabled == enabled[name]:
                button.disabled = not enabled[name]


def _choose(description, options, value):
    return Dropdown(
        options=options, value=value, description=description, layout=_CHOICE, style=_STYLE
    )


def _list_speeds(own):
    speeds = SPEEDS if own == "max" else sorted({*SPEEDS, own})
    return [*((f"{speed:g}×", speed) for speed in speeds), ("as fast as possible", "max")]


def _list_segments(own, dt):
    lengths = sorted({dt, *(length for length in SEGMENTS if length > dt), own or dt})
    named = [("1 step" if length == dt else _write(length), length) for length in lengths]
    return [("adapts", ADAPTS), *named]


def _list_windows(own):
    if not own > 0:
        raise ModelError(f"the window of a live panel must be positive, not {own} s")
    return [(_write(length), length) for length in sorted({*WINDOWS, own})]


def _write(seconds):
    return f"{seconds:g} s" if seconds >= 1 else f"{seconds * 1e3:g} ms"
