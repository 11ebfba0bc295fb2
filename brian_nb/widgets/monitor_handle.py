"""Handle of a monitor: what it has recorded so far, as numbers and as a figure."""

import weakref

from ipywidgets import HTML, VBox

from brian_nb.network.monitors import (
    MultiStateMonitor,
    PopulationRateMonitor,
    SpikeMonitor,
    StateMonitor,
)
from brian_nb.widgets.changes import watch_values
from brian_nb.widgets.headline import write_headline
from brian_nb.widgets.theme import make_style
from brian_nb.widgets.views import Raster, Rates, Traces

WINDOW = 1.0
"""Seconds of biological time that the figure shows at most."""


class MonitorHandle(VBox):
    """Counts and a figure of the last second, as of when it is shown, or of a live run."""

    def __init__(self, monitor):
        super().__init__()
        self._of = weakref.ref(monitor)
        self._text = HTML()
        self.view = _make_view(monitor)
        self.children = [make_style(), self._text, *([self.view.figure] if self.view else [])]
        self.add_class("brian-nb-handle")
        watch_values(monitor, self)

    @property
    def item(self):
        """The monitor, or None when nobody else keeps it any more."""
        return self._of()

    def refresh(self):
        """Show what is recorded now."""
        monitor = self.item
        if monitor is None:
            return
        self._text.value = write_headline(monitor)
        if self.view:
            now = monitor.clock.timebase.t
            self.view.draw(now, min(WINDOW, max(now, 1e-3)))


def _make_view(monitor):
    if isinstance(monitor, SpikeMonitor) and monitor.recording.keep:
        return Raster([monitor])
    if isinstance(monitor, (StateMonitor, MultiStateMonitor)):
        traces = list_traces(monitor)
        return Traces(traces) if traces else None
    if isinstance(monitor, PopulationRateMonitor):
        return Rates([monitor])
    return None


def list_traces(monitor):
    """Monitors whose values one figure can show: they keep some, and have the same unit.

    Parameters
    ----------
    monitor : StateMonitor or MultiStateMonitor

    Returns
    -------
    list of StateMonitor
    """
    system = monitor.source.owner.system
    parts = monitor.monitors.values() if isinstance(monitor, MultiStateMonitor) else [monitor]
    kept = [part for part in parts if hasattr(part.recording, "tail")]
    return [
        part
        for part in kept
        if system.dimension_of(part.variable) == system.dimension_of(kept[0].variable)
    ]
