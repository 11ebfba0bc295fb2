"""The notebook side: live handles, live runs, and the figures they move.

Takes: network objects and networks.
Gives: `handle`, `live`, `LiveSession`, `replay`, `register_display`.
Must not know: how a step is computed, how a model is parsed.
"""

from brian_nb.widgets.display import register_display, unregister_display
from brian_nb.widgets.handle import handle
from brian_nb.widgets.journal import Event, Journal, replay
from brian_nb.widgets.live import live
from brian_nb.widgets.session import LiveSession

__all__ = [
    "Event",
    "Journal",
    "LiveSession",
    "handle",
    "live",
    "register_display",
    "replay",
    "unregister_display",
]
