"""Sliders with a unit, bound to traits of handles."""

from math import ceil, inf, log10
from time import perf_counter

from ipywidgets import FloatSlider, HBox, Label, Layout

from brian_nb.widgets.limits import Limits
from brian_nb.widgets.thread_mark import ThreadMark

_NAME_WIDTH, _UNIT_WIDTH = "88px", "52px"
_MAX_WIDTH = "560px"

ANSWER_TIME = 1.0
"""Seconds within which a page may still answer to the value before the present one."""


class _Slider(FloatSlider):
    """A slider whose page hears of new ends before it hears of a value beyond the old ones.

    In the other order the page cuts the value at its old end, and sends that back.
    """

    def send_state(self, key=None):
        if isinstance(key, set):
            key = sorted(key, key=lambda name: name == "value")
        super().send_state(key)


class Knob(HBox):
    """A slider in display units with its name before it and its unit behind.

    Parameters
    ----------
    description : str
    unit : str
        "" for a plain number.
    value : float
    limits : Limits
    note : str
        Something to know about the value, shown behind the unit.
    """

    def __init__(self, description, unit, value, limits, note=""):
        room = limits.with_room_for(value)
        self.slider = _Slider(
            value=value,
            min=room.low,
            max=room.high,
            step=room.step,
            description=description,
            tooltip=f"{description} in {unit}" if unit else description,
            readout_format=f".{count_decimals(room.step)}f",
            style={"description_width": _NAME_WIDTH},
            layout=Layout(flex="1 1 auto", width="auto", min_width="240px"),
        )
        self._shown = self._left = value
        self._left_at = -inf
        self._showing = ThreadMark()
        self._is_turning = False
        self._targets = []
        self.slider.observe(self._turn, "value")
        self.unit = Label(unit, layout=Layout(width=_UNIT_WIDTH))
        self.note = Label(note)
        children = [self.slider, self.unit, self.note]
        super().__init__(children, layout=Layout(max_width=_MAX_WIDTH))
        self.add_class("brian-nb-knob")

    @property
    def value(self):
        """Value of the slider, in display units."""
        return self.slider.value

    def show(self, value):
        """Move the slider, and make room for a value beyond its ends.

        The page gets all in one message: to new ends alone it answers with the old value.
        """
        if not self._is_turning:
            self._left, self._left_at = self._shown, perf_counter()
        self._shown = value
        room = Limits(self.slider.min, self.slider.max, self.slider.step).with_room_for(value)
        with self._showing(), self.slider.hold_sync():
            self.slider.min, self.slider.max = room.low, room.high
            self.slider.value = value

    def bind(self, handle, name):
        """Turn a trait of a handle; several may be bound, and then turn together."""
        self._targets.append((handle, name))
        handle.observe(lambda change: self.show(change.new), name)

    def _turn(self, change):
        """Pass on what a user did, not what `show` did, nor what the page did by itself.

        Of several values that turn together a cell may have changed one; then the others stay. A
        page moves a value that lies between two steps of its slider to the nearer step and sends
        that back; where another slider with smaller steps turns the same value, they would fight.
        It does so even with a value that a cell has changed meanwhile.
        """
        value = change.new
        if self._showing.is_here or self._is_place_of(value, self._shown):
            return
        if perf_counter() - self._left_at < ANSWER_TIME and self._is_place_of(value, self._left):
            self.show(self._shown)
            return
        self._is_turning = True
        try:
            for handle, name in self._targets:
                handle.set_trait(name, value)
        finally:
            self._is_turning = False

    def _is_place_of(self, value, shown):
        """Whether a value is one that was to be shown, or the place of the slider next to it."""
        step, low = self.slider.step, self.slider.min
        nearest = low + round((shown - low) / step) * step
        return min(abs(value - nearest), abs(value - shown)) < 1e-6 * step


def count_decimals(step):
    """Digits after the point that show a step."""
    return max(0, ceil(-log10(step) - 1e-9))
